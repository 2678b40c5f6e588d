/**
 * Where a browser may be sent after a sign-in: a path of the host and nothing else (rule R19). What comes from a query
 * or a RelayState is a stranger's text until it has passed here.
 *
 * @module
 */

const MAX_CHARACTERS = 2048;

/**
 * Whether a browser that is redirected to the text stays on the same origin.
 *
 * @param text what somebody would be sent to
 * @example
 * isSameOriginPath("/docs?page=2"); // true
 * isSameOriginPath("//elsewhere.example"); // false
 */
export function isSameOriginPath(text: string): boolean {
  return (
    text.length <= MAX_CHARACTERS &&
    text.startsWith("/") &&
    !text.startsWith("//") &&
    // Browsers read a backslash as a slash and skip tabs and line ends: "/\t/elsewhere.example" is another origin.
    !/[\p{Cc}\p{Cs}\\]/u.test(text)
  );
}

/**
 * The text as a value of a `Location` header, or undefined if it is no path of the same origin.
 *
 * @param text what somebody would be sent to
 * @example
 * readReturnPath("/docs/über uns"); // "/docs/%C3%BCber%20uns"
 */
export function readReturnPath(text: string): string | undefined {
  if (!isSameOriginPath(text)) return undefined;
  return text.replace(/[^\x21-\x7e]/gu, (character) => encodeURIComponent(character));
}
