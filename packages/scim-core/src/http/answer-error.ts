/**
 * The one door for errors (RFC 7644 §3.12).
 *
 * @module
 */
import { isScimError, ScimError } from "../errors.ts";
import { ERROR_URN } from "../urn.ts";
import { answer } from "./answer.ts";

/** Seconds. An integer: clients ignore dates. */
const RETRY_AFTER: Readonly<Record<number, string>> = { 429: "5", 503: "5" };

/** What the wire may know of an error: one that is no `ScimError` is a fault of ours, and is not described. */
export function publicError(error: unknown): ScimError {
  if (isScimError(error)) return error;
  return new ScimError("internal", "Something went wrong here. Try again in a few minutes.", { cause: error });
}

/** Whether the fault is on this side, so that somebody here has to know. */
export function isOurFault({ status }: ScimError): boolean {
  return status >= 500 && status !== 501;
}

export function answerError(error: ScimError, requestId: string): Response {
  const { status, scimType, message } = error;
  const detail = status === 500 ? `${message} Request id: ${requestId}` : message;
  const body = {
    schemas: [ERROR_URN],
    status: String(status),
    ...(scimType === undefined ? {} : { scimType }),
    detail,
  };
  return answer(status, body, errorHeaders(status));
}

function errorHeaders(status: number): Readonly<Record<string, string>> {
  const retryAfter = RETRY_AFTER[status];
  if (retryAfter !== undefined) return { "retry-after": retryAfter };
  // RFC 6750 §3: the scheme never stands without a parameter.
  return status === 401 ? { "www-authenticate": 'Bearer realm="scim"' } : {};
}
