/**
 * Whom a body is about that could not be read as a resource.
 *
 * @module
 */

/** The `userName` or else the `displayName` of a body, as far as it is text. Names ignore case (RFC 7643 §2.1). */
export function nameIn(body: unknown): string | undefined {
  if (typeof body !== "object" || body === null) return undefined;
  const entries = Object.entries(body);
  const text = (wanted: string) =>
    entries.find(([name, value]) => name.toLowerCase() === wanted && typeof value === "string")?.[1];
  return text("username") ?? text("displayname");
}
