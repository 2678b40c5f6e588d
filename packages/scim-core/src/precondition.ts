/**
 * Conditions of a request on the version of a resource (RFC 7644 §3.14; RFC 9110 §13.1).
 *
 * @module
 */
import { type EntityTags, etagMatches } from "./etag.ts";

/** `If-Match` and `If-None-Match`, already parsed. A backend checks them inside its transaction. */
export interface Precondition {
  /** Versions of which one must be current; `"*"` accepts any existing resource. */
  readonly ifMatch?: EntityTags;
  /** Versions of which none may be current; `"*"` accepts no existing resource. */
  readonly ifNoneMatch?: EntityTags;
}

/**
 * Whether a request may go on under its conditions; it may without any.
 *
 * @param version of the resource as it is now
 * @example
 * if (!meetsPrecondition(precondition, resource.version)) throw new ScimError("preconditionFailed", "…");
 */
export function meetsPrecondition(precondition: Precondition | undefined, version: string): boolean {
  const { ifMatch, ifNoneMatch } = precondition ?? {};
  return (ifMatch === undefined || etagMatches(ifMatch, version)) && !etagMatches(ifNoneMatch, version);
}
