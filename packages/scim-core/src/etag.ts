/**
 * Entity tags (RFC 7644 §3.14; RFC 9110 §8.8.3, §13.1). A version of a resource is its tag, always weak; comparing is
 * weak too, since clients drop or add the `W/`.
 *
 * @module
 */

/** The versions that a condition names; `"*"` stands for any. */
export type EntityTags = readonly string[] | "*";

/**
 * The entity tag of a version, also for `meta.version`.
 *
 * @param version opaque, of a backend
 * @example
 * etagOf("3"); // W/"3"
 */
export function etagOf(version: string): string {
  return `W/"${version}"`;
}

/**
 * The versions of `If-Match`: weak, strong, bare, in lists, or `*`. Undefined without the header: there is no
 * condition then. A header that names nothing is a condition that nothing meets.
 *
 * @param header its value, or what tells that it is absent
 * @example
 * parseIfMatch('W/"3", "4"'); // ["3", "4"]
 */
export function parseIfMatch(header: string | null | undefined): EntityTags | undefined {
  return parseEntityTags(header);
}

/**
 * The versions of `If-None-Match`; forms as in `If-Match`.
 *
 * @param header its value, or what tells that it is absent
 * @example
 * etagMatches(parseIfNoneMatch(request.headers.get("if-none-match")), resource.version); // true: answer 304
 */
export function parseIfNoneMatch(header: string | null | undefined): EntityTags | undefined {
  return parseEntityTags(header);
}

/**
 * Whether a condition names the version; false without a condition.
 *
 * @param tags of a condition; undefined without one
 * @param version what the resource has now
 * @example
 * etagMatches("*", "3"); // true
 */
export function etagMatches(tags: EntityTags | undefined, version: string): boolean {
  return tags === "*" || (tags?.includes(version) ?? false);
}

/** One tag: quoted, perhaps weak, or bare as some clients send `meta.version`. */
const ENTITY_TAG = /(?:W\/)?"([^"]*)"|([^\s,"]+)/gi;

function parseEntityTags(header: string | null | undefined): EntityTags | undefined {
  if (header === null || header === undefined) return undefined;
  if (header.trim() === "*") return "*";
  return Array.from(header.matchAll(ENTITY_TAG), ([, quoted, bare]) => quoted ?? bare ?? "");
}
