/**
 * Attributes as a host writes them down: one maker for each type of RFC 7643 §2.3. A field becomes an attribute when it
 * is given its name, and tells the type checker what its values are.
 *
 * @module
 */
import { type Attribute, type AttributeType, defineAttribute } from "./attribute.ts";
import { type StandardSchema, toValidate } from "./standard-schema.ts";

/** One declared attribute; made by `flag`, `text` and their like. */
export interface Field<Value> {
  readonly type: AttributeType;
  readonly options: FieldOptions;
  readonly default: Value | undefined;
  /** The parts of a complex field. */
  readonly fields?: AnyFields;
  readonly validate?: Attribute["validate"];
}

/** Characteristics of RFC 7643 §2.2; what is left out means what that section says. */
export interface FieldOptions {
  readonly description?: string;
  /**
   * Other names that clients may write it by, such as the one that it had before. Where one request has both, the
   * attribute's own name counts.
   */
  readonly aliases?: readonly string[];
  readonly required?: boolean;
  readonly multiValued?: boolean;
  /** Whether letter case matters in comparisons. */
  readonly caseExact?: boolean;
  readonly canonicalValues?: readonly string[];
  readonly mutability?: Attribute["mutability"];
  /** What is returned `never`, or is `writeOnly`, is checked and then forgotten: nothing is kept that nobody can read. */
  readonly returned?: Attribute["returned"];
  /** `server` and `global` alike: once among the resources of the type that one connection has. */
  readonly uniqueness?: Attribute["uniqueness"];
}

export interface ReferenceOptions extends FieldOptions {
  /** Resource type names, `external` or `uri`; `external` without it. */
  readonly referenceTypes?: readonly string[];
}

/** The type of a field: a list when it is multi-valued. */
export type FieldValue<Single, Options extends FieldOptions> = Options extends { readonly multiValued: true }
  ? readonly Single[]
  : Single;

/** The fields of a schema, an extension or a complex field, by name. */
export type FieldsOf<Values extends object> = { readonly [Name in keyof Values]: Field<Values[Name]> };

/** What a resource may say of each field. */
export type FieldValues<Values extends object> = { readonly [Name in keyof Values]?: Values[Name] };

type AnyFields = Readonly<Record<string, Field<unknown>>>;

type Defaulted<Single, Options extends FieldOptions> = Options & {
  /** What `get` answers when the directory says nothing; never stored, never on the wire. */
  readonly default?: FieldValue<Single, Options>;
};

type Validated<Single, Options extends FieldOptions> = Defaulted<Single, Options> & {
  /**
   * A synchronous Standard Schema, such as one of Zod, Valibot or ArkType, that each single value must pass. It judges
   * and does not change: what the client sent is stored. Its messages reach the client.
   */
  readonly validate?: StandardSchema<Single>;
};

/**
 * A Boolean. `"True"` and `"False"` are accepted in any letter case.
 *
 * @param options characteristics, a default, a check of your own
 * @example
 * extension(urn, { isTeamAccount: flag() });
 */
export function flag<const Options extends FieldOptions = FieldOptions>(
  options?: Validated<boolean, Options>,
): Field<FieldValue<boolean, Options>> {
  return toField<FieldValue<boolean, Options>>("boolean", options, false);
}

/**
 * A string, compared without case unless `caseExact`.
 *
 * @param options characteristics, a default, a check of your own
 * @throws TypeError for an asynchronous `validate`
 * @example
 * extension(urn, { badge: text({ description: "The number on the badge." }) });
 */
export function text<const Options extends FieldOptions = FieldOptions>(
  options?: Validated<string, Options>,
): Field<FieldValue<string, Options>> {
  return toField<FieldValue<string, Options>>("string", options, "");
}

/**
 * A whole number within ±(2^53 − 1).
 *
 * @param options characteristics, a default, a check of your own
 * @throws TypeError for an asynchronous `validate`
 * @example
 * extension(urn, { floor: integer() });
 */
export function integer<const Options extends FieldOptions = FieldOptions>(
  options?: Validated<number, Options>,
): Field<FieldValue<number, Options>> {
  return toField<FieldValue<number, Options>>("integer", options, 0);
}

/**
 * A number.
 *
 * @param options characteristics, a default, a check of your own
 * @throws TypeError for an asynchronous `validate`
 * @example
 * extension(urn, { capacity: decimal() });
 */
export function decimal<const Options extends FieldOptions = FieldOptions>(
  options?: Validated<number, Options>,
): Field<FieldValue<number, Options>> {
  return toField<FieldValue<number, Options>>("decimal", options, 0);
}

/**
 * An instant as RFC 3339 text, kept as the client wrote it.
 *
 * @param options characteristics, a default, a check of your own
 * @throws TypeError for an asynchronous `validate`
 * @example
 * extension(urn, { hiredAt: dateTime() });
 */
export function dateTime<const Options extends FieldOptions = FieldOptions>(
  options?: Validated<string, Options>,
): Field<FieldValue<string, Options>> {
  return toField<FieldValue<string, Options>>("dateTime", options, "");
}

/**
 * Bytes as base64 text, kept as the client wrote it and compared with case (RFC 7643 §2.3.6).
 *
 * @param options characteristics, a default, a check of your own
 * @throws TypeError for an asynchronous `validate`
 * @example
 * defineSchema("urn:example:Device", "Device", { publicKey: binary() });
 */
export function binary<const Options extends FieldOptions = FieldOptions>(
  options?: Validated<string, Options>,
): Field<FieldValue<string, Options>> {
  return toField<FieldValue<string, Options>>("binary", options, "");
}

/**
 * A URI, compared with case (RFC 7643 §2.3.7). Whether anything is there is not looked up.
 *
 * @param options characteristics, a default, a check of your own
 * @throws TypeError for an asynchronous `validate`
 * @example
 * extension(urn, { homepage: reference() });
 */
export function reference<const Options extends ReferenceOptions = ReferenceOptions>(
  options?: Validated<string, Options>,
): Field<FieldValue<string, Options>> {
  return toField<FieldValue<string, Options>>("reference", options, "");
}

/**
 * Several named values together. Their fields are simple: RFC 7643 §2.3.8 knows one level.
 *
 * @param fields by name
 * @param options characteristics and a default
 * @throws TypeError for a complex field within
 * @example
 * defineSchema("urn:example:Device", "Device", { place: complex({ building: text(), floor: integer() }) });
 */
export function complex<Values extends object, const Options extends FieldOptions = FieldOptions>(
  fields: FieldsOf<Values>,
  options?: Defaulted<FieldValues<Values>, Options>,
): Field<FieldValue<FieldValues<Values>, Options>> {
  const nested = Object.entries<Field<unknown>>(fields).find(([, { type }]) => type === "complex");
  if (nested !== undefined) {
    throw new TypeError(`"${nested[0]}" cannot be complex inside a complex attribute (RFC 7643 section 2.3.8).`);
  }
  return { ...toField<FieldValue<FieldValues<Values>, Options>>("complex", options, undefined), fields };
}

/**
 * The attributes that fields declare, in their order.
 *
 * @throws TypeError for names and characteristics that `defineAttribute` refuses
 */
export function toAttributes(fields: AnyFields): readonly Attribute[] {
  return Object.entries(fields).map(([name, field]) => toAttribute(name, field));
}

function toField<Value>(
  type: AttributeType,
  given: (FieldOptions & { readonly default?: Value; readonly validate?: StandardSchema<never> }) | undefined,
  sample: unknown,
): Field<Value> {
  const { default: byDefault, validate, ...options } = given ?? {};
  refuseUnknown(options);
  return {
    type,
    options,
    default: byDefault,
    ...(validate === undefined ? {} : { validate: toValidate(validate, sample) }),
  };
}

const OPTION_NAMES: ReadonlySet<string> = new Set<keyof ReferenceOptions>([
  "description",
  "aliases",
  "required",
  "multiValued",
  "caseExact",
  "canonicalValues",
  "mutability",
  "returned",
  "uniqueness",
  "referenceTypes",
]);

/** A misspelled characteristic would otherwise be a characteristic that is silently not there. */
function refuseUnknown(options: object): void {
  const unknown = Object.keys(options).find((name) => !OPTION_NAMES.has(name));
  if (unknown === undefined) return;
  throw new TypeError(`"${unknown}" is no option of a field. There are ${[...OPTION_NAMES].join(", ")}.`);
}

function toAttribute(name: string, { type, options, fields, validate }: Field<unknown>): Attribute {
  return defineAttribute({
    description: `The ${name} of this service.`,
    ...(type === "reference" ? { referenceTypes: ["external"] } : {}),
    ...options,
    ...(fields === undefined ? {} : { subAttributes: toAttributes(fields) }),
    ...(validate === undefined ? {} : { validate }),
    name,
    type,
  });
}
