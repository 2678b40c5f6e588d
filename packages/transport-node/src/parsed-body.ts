/**
 * A body that a parser has consumed, as bytes again.
 *
 * @module
 */

/**
 * @param parsed what the parser left in `req.body`: bytes, text, or an object from JSON or from a form
 * @throws {TypeError} when nothing was left of it
 */
export function remakeBody(parsed: unknown, headers: Headers): string | Uint8Array<ArrayBuffer> {
  if (parsed instanceof Uint8Array) return new Uint8Array(parsed);
  if (typeof parsed === "string") return parsed;
  if (parsed === undefined) {
    throw new TypeError("The body was read before it came here. Mount this handler before whatever reads it.");
  }
  const isForm = headers.get("content-type")?.toLowerCase().startsWith("application/x-www-form-urlencoded") ?? false;
  return isForm ? formText(parsed as Readonly<Record<string, unknown>>) : JSON.stringify(parsed);
}

/** A field that came twice stays twice: whoever reads the form decides what that means. */
function formText(fields: Readonly<Record<string, unknown>>): string {
  const pairs = Object.entries(fields).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((item): [string, string] => [name, String(item)]),
  );
  return new URLSearchParams(pairs).toString();
}
