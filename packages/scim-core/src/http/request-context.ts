/**
 * The facts about a request that accompany it.
 *
 * @module
 */
import type { RequestContext } from "../backend.ts";

/** Nothing that could break a log line or a header. */
const SAFE_REQUEST_ID = /^[\w.:=+/-]{1,128}$/;

const USER_AGENT_CHARACTERS = 256;

/** @param newRequestId for clients that send no id, or one that is not fit for logs */
export function requestContext(request: Request, newRequestId: () => string): RequestContext {
  const given = request.headers.get("x-request-id") ?? "";
  const requestId = SAFE_REQUEST_ID.test(given) ? given : newRequestId();
  const userAgent = request.headers.get("user-agent")?.slice(0, USER_AGENT_CHARACTERS);
  return userAgent === undefined ? { requestId } : { requestId, userAgent };
}
