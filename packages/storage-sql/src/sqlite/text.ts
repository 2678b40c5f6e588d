/**
 * Text that SQLite's C interface cannot carry, made safe. libsql reads a value up to its first NUL and replaces lone
 * surrogates, so that two different names would be read back as one. Both are written as escapes, behind U+0001.
 *
 * @module
 */

const UNSAFE = /[\0\u0001]|\p{Surrogate}/gu;
const ESCAPED = /\u0001([0-9a-f]{4})/g;

/** What is stored for a text; almost always the text itself. */
export function encodeText(text: string): string {
  return text.replace(UNSAFE, (unit) => `\u0001${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

export function decodeText(stored: string): string {
  if (!stored.includes("\u0001")) return stored;
  return stored.replace(ESCAPED, (_escape, unit: string) => String.fromCharCode(Number.parseInt(unit, 16)));
}
