/**
 * The values that stores keep indexes of. A database refuses an index entry beyond its page; a directory gets a sentence
 * about it instead, before anything is written.
 *
 * @module
 */
import { ScimError } from "@muster/scim-core";

const LONGEST = 1024;

/**
 * @param keys values by the attribute that they came in
 * @throws {ScimError} `invalidValue`
 */
export function ensureKeyLengths(keys: Readonly<Record<string, readonly (string | null)[]>>): void {
  for (const [attribute, values] of Object.entries(keys)) {
    if (values.every((value) => value === null || value.length <= LONGEST)) continue;
    throw new ScimError("invalidValue", `${attribute} must not be longer than ${LONGEST} characters.`);
  }
}
