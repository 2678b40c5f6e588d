/**
 * Parts of texts. Positions count UTF-16 code units, as .NET does, but no character is ever cut in half: a half is no
 * text, and no store takes it.
 *
 * @module
 */

/** The text from `start` to before `end`, from 0, without the halves of characters at its edges. */
export function sliceText(text: string, start: number, end: number = text.length): string {
  const from = Math.max(0, start);
  return text.slice(isInsideCharacter(text, from) ? from + 1 : from, isInsideCharacter(text, end) ? end - 1 : end);
}

function isInsideCharacter(text: string, at: number): boolean {
  return isBetween(text.charCodeAt(at - 1), 0xd800, 0xdbff) && isBetween(text.charCodeAt(at), 0xdc00, 0xdfff);
}

function isBetween(code: number, least: number, most: number): boolean {
  return code >= least && code <= most;
}
