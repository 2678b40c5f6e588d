/**
 * Where a resource lives below the SCIM base URL (RFC 7644 §3.2): `/Users` is a collection, `/Users/{id}` one of it.
 *
 * @module
 */
import type { ResourceType } from "./schema.ts";

export interface ResourceAddress {
  readonly type: ResourceType;
  /** Undefined for the collection. */
  readonly id: string | undefined;
}

/**
 * The resource type, and the id if there is one.
 *
 * @param path below the base URL, percent-encoded: `/Users/123`
 * @returns undefined for what is no address of a resource
 */
export function parseAddress(path: string, types: readonly ResourceType[]): ResourceAddress | undefined {
  const [endpoint, id, more] = splitPath(path) ?? [];
  const type = types.find((candidate) => candidate.endpoint === `/${endpoint}`);
  if (type === undefined || more !== undefined || (id !== undefined && !isResourceId(id))) return undefined;
  return { type, id };
}

/** Up to three segments, decoded. Undefined when an escape is malformed: no resource can have such an address. */
export function splitPath(path: string): readonly string[] | undefined {
  try {
    return path.replace(/^\//, "").replace(/\/$/, "").split("/", 3).map(decodeURIComponent);
  } catch {
    return undefined;
  }
}

/** No identifier has a control character, and not every store can be asked for one. `.search` is taken. */
export function isResourceId(text: string): boolean {
  return text !== ".search" && !/\p{Cc}/u.test(text);
}
