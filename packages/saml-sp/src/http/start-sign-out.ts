/**
 * `GET sign-out?returnTo=/path`: ends the session of the browser, and sends it to tell the identity provider.
 *
 * @module
 */
import { createLogoutRequest, type SamlSession } from "../logout-request.ts";
import { carriedBy, seeOther } from "./carry-message.ts";
import { configuredIdentityProvider } from "./configured-identity-provider.ts";
import { configuredLogout } from "./configured-logout.ts";
import type { Exchange } from "./exchange.ts";
import { requestedReturnPath } from "./requested-return-path.ts";

/** How long the identity provider may take to sign the person out everywhere else. */
const OUTSTANDING_MS = 10 * 60_000;

/**
 * @throws {SamlError} `return_path_invalid`, `logout_not_configured`, or as `createLogoutRequest`
 */
export async function startSignOut(exchange: Exchange): Promise<Response> {
  const { request, requestId, connection } = exchange;
  const logout = configuredLogout(connection);
  const returnTo = requestedReturnPath(new URL(request.url)) ?? logout.defaultReturnPath;
  const { session, headers } = await logout.signOut(request, requestId);
  // A provider without single logout is not to be told; the person is signed out here all the same.
  if (session === undefined || connection.identityProvider?.sloUrl === undefined) return seeOther(returnTo, headers);
  return tell(exchange, session, returnTo, headers);
}

async function tell(
  { connection, now, newId, keyCache }: Exchange,
  session: SamlSession,
  returnTo: string,
  headers: Headers | undefined,
): Promise<Response> {
  const { serviceProvider } = connection;
  const identityProvider = configuredIdentityProvider(connection);
  const id = `id-${newId()}`;
  const message = createLogoutRequest({ serviceProvider, identityProvider, id, issuedAt: now, session, keyCache });
  const { requestStore } = configuredLogout(connection);
  await requestStore.put({ id, returnTo }, new Date(now.getTime() + OUTSTANDING_MS));
  return carriedBy(message, "Signing out", headers);
}
