/**
 * Text that every database keeps: PostgreSQL refuses U+0000 and lone surrogates, so that they would fail as an error of
 * ours.
 *
 * @module
 */

const UNSTORABLE = /[\0\p{Surrogate}]/u;

export function isStorableText(text: string): boolean {
  return !UNSTORABLE.test(text);
}
