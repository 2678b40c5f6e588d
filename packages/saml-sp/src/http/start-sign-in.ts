/**
 * `GET sign-in?returnTo=/path&context=word`: remembers a question and sends the browser with it to the identity provider.
 *
 * @module
 */
import { createAuthnRequest } from "../authn-request.ts";
import type { OutstandingRequest } from "../request-store.ts";
import { bindToBrowser } from "./browser-binding.ts";
import { carriedBy } from "./carry-message.ts";
import { configuredIdentityProvider } from "./configured-identity-provider.ts";
import type { Exchange } from "./exchange.ts";
import { requestedReturnPath } from "./requested-return-path.ts";

/** How long somebody may take to sign in over there. */
const OUTSTANDING_MS = 10 * 60_000;

/**
 * @throws {SamlError} `return_path_invalid`, `identity_provider_not_configured`, `sso_url_invalid`
 */
export async function startSignIn({ request, connection, now, newId, keyCache }: Exchange): Promise<Response> {
  const identityProvider = configuredIdentityProvider(connection);
  const { serviceProvider, authnRequest: preferences = {} } = connection;
  const url = new URL(request.url);
  const context = requestedContext(url);
  const binding = connection.bindToBrowser
    ? bindToBrowser(request, serviceProvider, newId, OUTSTANDING_MS / 1000)
    : undefined;
  const outstanding: OutstandingRequest = {
    // An XML name may not begin with a digit, which a random text may.
    id: `id-${newId()}`,
    relayState: newId(),
    returnTo: requestedReturnPath(url),
    issuedAt: now.toISOString(),
    forceAuthn: preferences.forceAuthn ?? false,
    requestedAuthnContext: preferences.requestedAuthnContext ?? identityProvider.requestedAuthnContext,
    ...(binding && { browser: binding.browser }),
    ...(context === undefined ? {} : { context }),
  };
  const authnRequest = createAuthnRequest({
    ...preferences,
    ...outstanding,
    serviceProvider,
    identityProvider,
    issuedAt: now,
    keyCache,
  });
  await connection.requestStore.put(outstanding, new Date(now.getTime() + OUTSTANDING_MS));
  return carriedBy(authnRequest, "Signing in", binding?.headers);
}

/** A word without meaning here; what is none is nobody's link of ours, and is passed over. */
function requestedContext(url: URL): string | undefined {
  const [asked = "", ...more] = url.searchParams.getAll("context");
  return more.length === 0 && /^[\w-]{1,128}$/.test(asked) ? asked : undefined;
}
