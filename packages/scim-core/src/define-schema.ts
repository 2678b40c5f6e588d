/**
 * Schemas that a host writes down once: for the wire, for storage, and for the type checker.
 *
 * @module
 */
import { type Field, type FieldsOf, type FieldValues, toAttributes } from "./field.ts";
import type { Schema } from "./schema.ts";
import type { Urn } from "./urn.ts";
import type { Attributes } from "./value.ts";

/** A schema whose values have known types. `values` exists for the type checker only. */
export interface DefinedSchema<Values extends object> extends Schema {
  readonly values?: FieldValues<Values>;
  /** What a view answers for values that the directory left out; never stored, never on the wire. */
  readonly defaults?: Partial<Values>;
}

/**
 * What a resource of the schema may say, as TypeScript sees it; of a schema without fields, nothing in particular.
 *
 * @example
 * type Device = SchemaValues<typeof device>; // { readonly serial?: string; … }
 */
export type SchemaValues<Core extends Schema> = "values" extends keyof Core
  ? NonNullable<Core["values" & keyof Core]>
  : Attributes;

/**
 * Declares a schema. Its attributes are validated, stored, filtered, sorted, patched, and listed under `/Schemas`.
 *
 * @param urn names the schema on the wire; compared without case
 * @param name for people and for `/Schemas`
 * @param fields the attributes by name; the names are part of the wire format
 * @throws TypeError for a URN that is none, for names that RFC 7643 §2.1 rules out, whitespace and look-alike letters
 *   above all, and for characteristics that contradict each other
 * @example
 * const device = defineSchema("urn:example:params:scim:schemas:Device", "Device", {
 *   serial: text({ required: true, uniqueness: "server", mutability: "immutable" }),
 *   place: complex({ building: text(), floor: integer() }),
 * });
 */
export function defineSchema<Values extends object>(
  urn: Urn,
  name: string,
  fields: FieldsOf<Values>,
  options: { readonly description?: string } = {},
): DefinedSchema<Values> {
  checkUrn(urn);
  return {
    id: urn,
    name,
    description: options.description ?? "Attributes of this service.",
    attributes: toAttributes(fields as Readonly<Record<string, Field<unknown>>>),
    defaults: defaultsOf(fields),
  };
}

function defaultsOf<Values extends object>(fields: FieldsOf<Values>): Partial<Values> {
  const given = Object.entries<Field<Values[keyof Values]>>(fields).filter(([, field]) => field.default !== undefined);
  return Object.fromEntries(given.map(([name, field]) => [name, field.default])) as Partial<Values>;
}

const SCHEMA_URN = /^urn:[A-Za-z0-9][A-Za-z0-9-]{0,31}:[A-Za-z0-9()+,.:=@;$_!*'%/?#-]{1,255}$/;

function checkUrn(urn: string): void {
  if (SCHEMA_URN.test(urn)) return;
  throw new TypeError(
    `"${urn}" cannot name a schema: write a URN such as "urn:example:staff", in ASCII and without whitespace.`,
  );
}
