/**
 * A host's own attributes, declared once, typed everywhere.
 *
 * @module
 */
import { type Attribute, type AttributeType, defineAttribute } from "./attribute.ts";
import type { Schema } from "./schema.ts";
import type { Urn } from "./urn.ts";

/** A schema extension whose values have known types. `Fields` exists for the type checker only. */
export interface Extension<Fields extends object> {
  readonly urn: Urn;
  readonly schema: Schema;
  readonly required: boolean;
  readonly fields?: Fields;
  /** What a view answers for values that the directory left out; never stored, never on the wire. */
  readonly defaults?: Partial<Fields>;
}

/** One declared attribute of an extension; made by `flag`, `text` and their like. */
export interface Field<Value> {
  readonly type: AttributeType;
  readonly options: FieldOptions;
  readonly default: Value | undefined;
}

export interface FieldOptions {
  readonly description?: string;
  readonly required?: boolean;
  readonly multiValued?: boolean;
  /** Whether letter case matters in comparisons. */
  readonly caseExact?: boolean;
  readonly canonicalValues?: readonly string[];
}

/** The type of a field: a list when it is multi-valued. */
export type FieldValue<Single, Options extends FieldOptions> = Options extends { readonly multiValued: true }
  ? readonly Single[]
  : Single;

type Defaulted<Single, Options extends FieldOptions> = Options & {
  /** What `get` answers when the directory says nothing; never stored, never on the wire. */
  readonly default?: FieldValue<Single, Options>;
};

/**
 * Declares an extension. Its attributes are validated, stored, filtered, listed under `/Schemas`, and typed in
 * `user.get(extension)`.
 *
 * @param urn names the extension on the wire; compared without case
 * @throws TypeError for a URN that is none, and for names that RFC 7643 §2.1 rules out, whitespace above all
 * @example
 * const team = extension("urn:ietf:params:scim:schemas:extension:document360:2.0:User", { isTeamAccount: flag() });
 */
export function extension<Fields extends object>(
  urn: Urn,
  fields: { readonly [Name in keyof Fields]: Field<Fields[Name]> },
  options: { readonly required?: boolean; readonly name?: string; readonly description?: string } = {},
): Extension<Fields> {
  if (!EXTENSION_URN.test(urn)) {
    throw new TypeError(
      `"${urn}" cannot name an extension: write a URN such as "urn:example:staff", in ASCII and without whitespace.`,
    );
  }
  const declared = Object.entries<Field<Fields[keyof Fields]>>(fields);
  return {
    urn,
    required: options.required ?? false,
    schema: {
      id: urn,
      name: options.name ?? `${urn.slice(urn.lastIndexOf(":") + 1)} extension`,
      description: options.description ?? "Attributes of this service.",
      attributes: declared.map(([name, field]) => toAttribute(name, field)),
    },
    defaults: defaultsOf<Fields>(declared),
  };
}

/**
 * A Boolean. `"True"` and `"False"` are accepted in any letter case.
 *
 * @example
 * extension(urn, { isTeamAccount: flag() });
 */
export function flag<const Options extends FieldOptions = FieldOptions>(
  options?: Defaulted<boolean, Options>,
): Field<FieldValue<boolean, Options>> {
  return toField<FieldValue<boolean, Options>>("boolean", options);
}

/**
 * A string, compared without case unless `caseExact`.
 *
 * @example
 * extension(urn, { badge: text({ description: "The number on the badge." }) });
 */
export function text<const Options extends FieldOptions = FieldOptions>(
  options?: Defaulted<string, Options>,
): Field<FieldValue<string, Options>> {
  return toField<FieldValue<string, Options>>("string", options);
}

/**
 * A whole number within ±(2^53 − 1).
 *
 * @example
 * extension(urn, { floor: integer() });
 */
export function integer<const Options extends FieldOptions = FieldOptions>(
  options?: Defaulted<number, Options>,
): Field<FieldValue<number, Options>> {
  return toField<FieldValue<number, Options>>("integer", options);
}

/**
 * A number.
 *
 * @example
 * extension(urn, { capacity: decimal() });
 */
export function decimal<const Options extends FieldOptions = FieldOptions>(
  options?: Defaulted<number, Options>,
): Field<FieldValue<number, Options>> {
  return toField<FieldValue<number, Options>>("decimal", options);
}

/**
 * An instant as RFC 3339 text, kept as the client wrote it.
 *
 * @example
 * extension(urn, { hiredAt: dateTime() });
 */
export function dateTime<const Options extends FieldOptions = FieldOptions>(
  options?: Defaulted<string, Options>,
): Field<FieldValue<string, Options>> {
  return toField<FieldValue<string, Options>>("dateTime", options);
}

/**
 * A URI.
 *
 * @example
 * extension(urn, { homepage: reference() });
 */
export function reference<const Options extends FieldOptions = FieldOptions>(
  options?: Defaulted<string, Options>,
): Field<FieldValue<string, Options>> {
  return toField<FieldValue<string, Options>>("reference", options);
}

const EXTENSION_URN = /^urn:[A-Za-z0-9][A-Za-z0-9-]{0,31}:[A-Za-z0-9()+,.:=@;$_!*'%/?#-]{1,255}$/;

function toField<Value>(
  type: AttributeType,
  { default: byDefault, ...options }: FieldOptions & { readonly default?: Value } = {},
): Field<Value> {
  return { type, options, default: byDefault };
}

function toAttribute(name: string, field: Field<unknown>): Attribute {
  return defineAttribute({
    description: `The ${name} of this service.`,
    ...(field.type === "reference" ? { referenceTypes: ["external"] } : {}),
    ...field.options,
    name,
    type: field.type,
  });
}

function defaultsOf<Fields extends object>(
  declared: readonly (readonly [string, Field<Fields[keyof Fields]>])[],
): Partial<Fields> {
  const given = declared.filter(([, field]) => field.default !== undefined);
  return Object.fromEntries(given.map(([name, field]) => [name, field.default])) as Partial<Fields>;
}
