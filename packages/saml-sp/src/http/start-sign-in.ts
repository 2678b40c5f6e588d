/**
 * `GET sign-in?returnTo=/path`: remembers a question and sends the browser with it to the identity provider.
 *
 * @module
 */
import { createAuthnRequest } from "../authn-request.ts";
import { SamlError } from "../errors.ts";
import type { OutstandingRequest } from "../request-store.ts";
import { readReturnPath } from "../return-path.ts";
import { configuredIdentityProvider } from "./configured-identity-provider.ts";
import type { Exchange } from "./exchange.ts";
import { autoPostPage } from "./page.ts";

/** How long somebody may take to sign in over there. */
const OUTSTANDING_MS = 10 * 60_000;

/**
 * @throws {SamlError} `return_path_invalid`, `identity_provider_not_configured`, `sso_url_invalid`
 */
export async function startSignIn({ request, connection, now, newId }: Exchange): Promise<Response> {
  const identityProvider = configuredIdentityProvider(connection);
  const { serviceProvider, authnRequest: preferences = {} } = connection;
  const outstanding: OutstandingRequest = {
    // An XML name may not begin with a digit, which a random text may.
    id: `id-${newId()}`,
    relayState: newId(),
    returnTo: requestedReturnPath(new URL(request.url)),
    issuedAt: now.toISOString(),
    forceAuthn: preferences.forceAuthn ?? false,
    requestedAuthnContext: preferences.requestedAuthnContext ?? identityProvider.requestedAuthnContext,
  };
  const authnRequest = createAuthnRequest({
    ...preferences,
    ...outstanding,
    serviceProvider,
    identityProvider,
    issuedAt: now,
  });
  await connection.requestStore.put(outstanding, new Date(now.getTime() + OUTSTANDING_MS));
  if (authnRequest.binding === "post") return autoPostPage(authnRequest.action, authnRequest.fields);
  const headers = { location: authnRequest.url, "cache-control": "no-store", "referrer-policy": "no-referrer" };
  return new Response(null, { status: 302, headers });
}

function requestedReturnPath(url: URL): string | undefined {
  const [asked, ...more] = url.searchParams.getAll("returnTo");
  if (asked === undefined) return undefined;
  const path = more.length === 0 ? readReturnPath(asked) : undefined;
  if (path !== undefined) return path;
  throw new SamlError("return_path_invalid", 'returnTo must be one path of this site that begins with a single "/".');
}
