/**
 * A host's own attributes of a resource type, declared once, typed everywhere.
 *
 * @module
 */
import { defineSchema } from "./define-schema.ts";
import type { FieldsOf } from "./field.ts";
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
  fields: FieldsOf<Fields>,
  options: { readonly required?: boolean; readonly name?: string; readonly description?: string } = {},
): Extension<Fields> {
  const { required = false, name = `${urn.slice(urn.lastIndexOf(":") + 1)} extension`, ...described } = options;
  const { defaults = {}, ...schema } = defineSchema(urn, name, fields, described);
  return { urn, required, schema, defaults };
}
