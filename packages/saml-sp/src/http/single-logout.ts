/**
 * `GET` and `POST slo`: the identity provider ends sessions, or answers that it has.
 *
 * @module
 */
import type { IncomingMessage } from "../logout-message.ts";
import { type LogoutRequest, validateLogoutRequest } from "../logout-request.ts";
import { createLogoutResponse, type LogoutOutcome, validateLogoutResponse } from "../logout-response.ts";
import { readRedirectQuery } from "../redirect-query.ts";
import { carriedBy, seeOther } from "./carry-message.ts";
import { configuredIdentityProvider } from "./configured-identity-provider.ts";
import { configuredLogout } from "./configured-logout.ts";
import type { Exchange } from "./exchange.ts";
import { signedOutPage } from "./page.ts";
import { readMessageForm } from "./read-form.ts";

/**
 * @throws {SamlError} of the query or form, or of the check that refused the message
 */
export async function answerLogout(exchange: Exchange): Promise<Response> {
  const message = readMessage(exchange);
  return message.name === "SAMLRequest" ? endTheirs(exchange, message) : finishOurs(exchange, message);
}

function readMessage({ request, body }: Exchange): IncomingMessage {
  if (request.method === "POST") return readMessageForm(request, body);
  return readRedirectQuery(new URL(request.url).search.slice(1));
}

/** SAML Profiles §4.4.3.4: a session that cannot be ended is told, so that the person learns of it over there. */
async function endTheirs(exchange: Exchange, message: IncomingMessage): Promise<Response> {
  const { connection, now, newId, keyCache } = exchange;
  const { serviceProvider, replayStore } = connection;
  const identityProvider = configuredIdentityProvider(connection);
  const parties = { serviceProvider, identityProvider, keyCache };
  const request = await validateLogoutRequest(message, { ...parties, replayStore, now });
  const { succeeded, headers } = await endSessions(exchange, request);
  const response = createLogoutResponse({
    ...parties,
    id: `id-${newId()}`,
    issuedAt: now,
    inResponseTo: request.id,
    succeeded,
    relayState: message.relayState,
  });
  return carriedBy(response, "Signing out", headers);
}

async function endSessions(
  { connection, requestId, onError }: Exchange,
  { nameId, sessionIndexes }: LogoutRequest,
): Promise<{ readonly succeeded: boolean; readonly headers?: Headers | undefined }> {
  const logout = configuredLogout(connection);
  try {
    return { succeeded: true, headers: await logout.endSessions({ nameId, sessionIndexes }, requestId) };
  } catch (error) {
    onError(error);
    return { succeeded: false };
  }
}

const REMAINS: Readonly<Record<Exclude<LogoutOutcome["outcome"], "complete">, string>> = {
  partial: "You are signed out here, but not of every other service. Close the browser to be safe.",
  failed: "You are signed out here, but not at the identity provider. Close the browser to be safe.",
};

/** Here the session was over before the question was sent. */
async function finishOurs({ connection, now, keyCache }: Exchange, message: IncomingMessage): Promise<Response> {
  const { requestStore, defaultReturnPath } = configuredLogout(connection);
  const { serviceProvider } = connection;
  const identityProvider = configuredIdentityProvider(connection);
  const options = { serviceProvider, identityProvider, requestStore, now, keyCache };
  const { outcome, request } = await validateLogoutResponse(message, options);
  const returnTo = request.returnTo ?? defaultReturnPath;
  return outcome === "complete" ? seeOther(returnTo) : signedOutPage(REMAINS[outcome], returnTo);
}
