/**
 * `POST acs`: reads the form, validates the response, lets the host decide.
 *
 * @module
 */
import { type SignedClaims, validateResponse } from "../response.ts";
import { readReturnPath } from "../return-path.ts";
import { requireSameBrowser } from "./browser-binding.ts";
import { configuredIdentityProvider } from "./configured-identity-provider.ts";
import type { Exchange } from "./exchange.ts";
import { readCallbackForm } from "./read-form.ts";

/**
 * @throws {SamlError} of the form, or of the check that refused the response
 * @throws {SignInRefusal} of the host
 */
export async function finishSignIn(exchange: Exchange): Promise<Response> {
  const { request, body, requestId, connection, now, keyCache } = exchange;
  const identityProvider = configuredIdentityProvider(connection);
  const { samlResponse, relayState } = readCallbackForm(request, body);
  const { serviceProvider, requestStore, replayStore, allowIdpInitiated } = connection;
  const claims = await validateResponse(samlResponse, {
    serviceProvider,
    identityProvider,
    requestStore,
    replayStore,
    allowIdpInitiated,
    now,
    keyCache,
  });
  requireSameBrowser(request, serviceProvider, claims.request);
  return connection.signIn(claims, returnPath(claims, relayState), requestId);
}

/**
 * Rule R19. A response to our question goes where the question came from, whatever its RelayState says: the signed
 * InResponseTo has found the record. An unsolicited one may name a start page.
 */
function returnPath({ request }: SignedClaims, relayState: string | undefined): string | undefined {
  return request === undefined ? readReturnPath(relayState ?? "") : request.returnTo;
}
