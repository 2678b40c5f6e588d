/**
 * Responses of success. `application/scim+json` stands alone: suites and clients compare it as a whole.
 *
 * @module
 */
import { etagOf } from "../etag.ts";

const SCIM_JSON = "application/scim+json";

export function answer(status: number, body: object, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(JSON.stringify(body), { status, headers: { "content-type": SCIM_JSON, ...headers } });
}

/** @param version of the resource (RFC 7644 §3.14) */
export function answerEmpty(status: 204 | 304, version?: string): Response {
  return new Response(null, { status, headers: version === undefined ? {} : { etag: etagOf(version) } });
}
