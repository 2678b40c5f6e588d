/**
 * The one door for errors (RFC 7644 §3.12).
 *
 * @module
 */
import { isScimError, ScimError, type ScimType } from "../errors.ts";
import { ERROR_URN, type Urn } from "../urn.ts";
import { answer } from "./answer.ts";

/** Seconds. An integer: clients ignore dates. */
const RETRY_AFTER: Readonly<Record<number, string>> = { 429: "5", 503: "5" };

/** RFC 7644 §3.12. */
export interface ErrorBody {
  readonly schemas: readonly Urn[];
  readonly status: string;
  readonly scimType?: ScimType;
  readonly detail: string;
}

/**
 * What the wire may know of an error: one that is no `ScimError` is a fault of ours, and is not described.
 *
 * @param report is told of faults on this side
 */
export function publicError(error: unknown, report: (error: unknown) => void): ScimError {
  const known = isScimError(error)
    ? error
    : new ScimError("internal", "Something went wrong here. Try again in a few minutes.", { cause: error });
  if (isOurFault(known)) report(error);
  return known;
}

/** Whether the fault is on this side, so that somebody here has to know. */
function isOurFault({ status }: ScimError): boolean {
  return status >= 500 && status !== 501;
}

export function answerError(error: ScimError, requestId: string): Response {
  return answer(error.status, errorBody(error, requestId), errorHeaders(error.status));
}

export function errorBody({ status, scimType, message }: ScimError, requestId: string): ErrorBody {
  return {
    schemas: [ERROR_URN],
    status: String(status),
    ...(scimType === undefined ? {} : { scimType }),
    detail: status === 500 ? `${message} Request id: ${requestId}` : message,
  };
}

function errorHeaders(status: number): Readonly<Record<string, string>> {
  const retryAfter = RETRY_AFTER[status];
  if (retryAfter !== undefined) return { "retry-after": retryAfter };
  // RFC 6750 §3: the scheme never stands without a parameter.
  return status === 401 ? { "www-authenticate": 'Bearer realm="scim"' } : {};
}
