/**
 * The token endpoint of a connection's OAuth clients (RFC 6749 §3.2): read, grant, answer; errors as the RFC words them.
 *
 * @module
 */
import { ACCESS_TOKEN_MINUTES } from "../connection/access-token.ts";
import { grantAccess } from "../connection/client-grant.ts";
import type { EngineContext } from "../context.ts";
import { isProvisioningError } from "../errors.ts";
import type { ConnectionId } from "../ports/index.ts";
import { jsonResponse } from "./json.ts";
import { invalidClient, OAuthError } from "./oauth-error.ts";
import { requestIdOf } from "./request-id.ts";
import { readTokenRequest } from "./token-request.ts";

export type TokenEndpoint = (request: Request, connectionId: ConnectionId) => Promise<Response>;

/** The one scope there is, told to clients that ask for others (RFC 6749 §3.3). */
const SCOPE = "scim";

/** @param minutes how long access tokens live */
export function createTokenEndpoint(context: EngineContext, minutes: number = ACCESS_TOKEN_MINUTES.min): TokenEndpoint {
  return async (request, connectionId) => {
    const requestId = requestIdOf(request, context.newId);
    try {
      const granted = await grantAccess(context, connectionId, await readTokenRequest(request), minutes);
      if (granted === undefined) throw invalidClient();
      const { accessToken, expiresIn } = granted;
      const body = { access_token: accessToken, token_type: "Bearer", expires_in: expiresIn, scope: SCOPE };
      return answer(200, body, requestId);
    } catch (error) {
      const { status, code, message, headers } = publicError(context, error, requestId);
      return answer(status, { error: code, error_description: message }, requestId, headers);
    }
  };
}

/** What the client may know; a fault of ours is never its credential's, which it would throw away. */
function publicError({ logger }: EngineContext, error: unknown, requestId: string): OAuthError {
  if (error instanceof OAuthError) return error;
  logger.error({ requestId, error: String(error) }, "A request for an access token failed.");
  if (isProvisioningError(error) && error.code === "unavailable") {
    const headers = { "retry-after": "5" };
    return new OAuthError("temporarily_unavailable", "Try again in a few seconds.", { headers });
  }
  return new OAuthError("server_error", `Something went wrong here. Request id: ${requestId}`);
}

/** `pragma` is asked for beside `cache-control` (RFC 6749 §5.1). */
function answer(
  status: number,
  body: object,
  requestId: string,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return jsonResponse(status, body, { pragma: "no-cache", "x-request-id": requestId, ...headers });
}
