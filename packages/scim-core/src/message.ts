/**
 * The JSON of SCIM messages (RFC 7644 §3.1): a URN that says which message it is, and members by name in any case.
 *
 * @module
 */
import { describeValue } from "./describe.ts";
import { ScimError } from "./errors.ts";
import { foldName } from "./schema-index.ts";
import type { Urn } from "./urn.ts";
import { isObject } from "./value-dialects.ts";

/** A JSON object of which nothing is known. */
export type Message = Readonly<Record<string, unknown>>;

/**
 * @param body parsed JSON
 * @param urn of the message that it has to be
 * @throws ScimError `invalidSyntax`
 */
export function openMessage(body: unknown, urn: Urn): Message {
  if (!isObject(body)) throw new ScimError("invalidSyntax", `The body must be an object; got ${describeValue(body)}.`);
  const schemas = memberOf(body, "schemas");
  const own = foldName(urn);
  if (!Array.isArray(schemas) || !schemas.some((schema) => typeof schema === "string" && foldName(schema) === own)) {
    throw new ScimError("invalidSyntax", `schemas must contain "${urn}".`);
  }
  return body;
}

/** A member by its name in any case: `operations` and `Op` are seen too. */
export function memberOf(message: Message, name: string): unknown {
  if (Object.hasOwn(message, name)) return message[name];
  return Object.entries(message).find(([key]) => foldName(key) === foldName(name))?.[1];
}
