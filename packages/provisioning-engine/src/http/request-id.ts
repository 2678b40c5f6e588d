/**
 * The id under which a request is found in answers, logs and the audit log.
 *
 * @module
 */
import type { NewId } from "../ports/index.ts";

const ACCEPTED = /^[\w.:-]{1,128}$/;

/** The client's own id, if it is harmless; a new one otherwise. */
export function requestIdOf(request: Request, newId: NewId): string {
  const given = request.headers.get("x-request-id") ?? "";
  return ACCEPTED.test(given) ? given : newId();
}
