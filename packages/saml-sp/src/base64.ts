/**
 * Strict base64 (RFC 4648 §3.5): one text per sequence of bytes, so that nothing can hide in what a lax decoder skips.
 * White space is allowed, as providers wrap lines (XML Schema Part 2 §3.2.16).
 *
 * @module
 */

/** @returns undefined when the text is not the canonical form of anything */
export function decodeBase64(text: string): Buffer | undefined {
  const base64 = text.replace(/[ \t\r\n]+/g, "");
  const bytes = Buffer.from(base64, "base64");
  return bytes.toString("base64") === base64 ? bytes : undefined;
}
