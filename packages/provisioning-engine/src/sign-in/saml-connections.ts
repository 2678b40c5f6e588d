/**
 * Connections as the SAML endpoints see them: settings read anew at each request, so that a change acts at once; a
 * child with its own entity id and callback, and its parent's identity provider as it is now (R120).
 *
 * @module
 */
import type { IdentityProviderSettings, KeyPair, ServiceProviderSettings } from "@muster/saml-sp";
import type { SamlConnection } from "@muster/saml-sp/http";
import { type EffectiveConnection, effectiveConnectionById } from "../connection/effective-connection.ts";
import { samlEndpoints } from "../connection/endpoints.ts";
import type { MetadataOptions } from "../connection/load-metadata.ts";
import type { EngineContext } from "../context.ts";
import type { ConnectionId, IdentityProviderConfig } from "../ports/index.ts";
import { replayStore, requestStore } from "./one-time-stores.ts";
import { type LogoutOptions, type SessionResponse, samlLogout } from "./saml-logout.ts";
import { type EstablishedSignIn, signIn, type TestedSignIn } from "./sign-in.ts";

/** The host's part of a sign-in. */
export interface SsoOptions extends LogoutOptions {
  /**
   * Makes the host's own session. Its headers, a cookie above all, go on the redirect that ends the sign-in.
   *
   * @example
   * establishSession: ({ tenant, account }) => ({ headers: { "set-cookie": sessions.begin(tenant, account.id) } })
   */
  readonly establishSession?: ((signIn: EstablishedSignIn) => SessionResponse | Promise<SessionResponse>) | undefined;
  /**
   * Lets a sign-in that begins here end only in the same browser, by a cookie for ten minutes. Recommended over https; off
   * when absent, since over http the cookie does not come back with a form from another site.
   */
  readonly bindToBrowser?: boolean | undefined;
  /** From where metadata of identity providers may be fetched; from nowhere when absent. */
  readonly metadata?: MetadataOptions | undefined;
  /** What requests to identity providers are signed with, of every connection: the current key first, then the next. */
  readonly signingKeys?: readonly KeyPair[] | undefined;
  /**
   * What identity providers may encrypt assertions for, of every connection: the current key first, RSA, three at most.
   * All are published in the metadata and all are tried.
   */
  readonly decryptionKeys?: readonly KeyPair[] | undefined;
}

/** @returns the connection, or undefined when none of this id is in use or being set up */
export async function samlConnection(
  context: EngineContext,
  sso: SsoOptions,
  id: ConnectionId,
): Promise<SamlConnection | undefined> {
  const connection = await context.store.transaction({ tenantId: null }, (tx) => effectiveConnectionById(tx, id));
  if (connection === null || connection.settings.state === "disabled") return undefined;
  const scope = { rootTenantId: connection.root.tenant.id, connectionId: connection.id };
  return {
    serviceProvider: serviceProvider(context.url, connection, sso),
    identityProvider: openIdentityProvider(connection),
    allowIdpInitiated: connection.settings.allowIdpInitiated,
    bindToBrowser: sso.bindToBrowser,
    authnRequest: { forceAuthn: connection.settings.idp?.forceAuthn },
    requestStore: requestStore(context, scope),
    replayStore: replayStore(context, scope),
    logout: isLogoutOffered(sso) ? samlLogout(context, sso, connection, scope) : undefined,
    signIn: async (claims, returnTo, requestId) => {
      const established = await signIn(context, connection, claims, requestId);
      if ("tested" in established) return testPage(established);
      const session = await sso.establishSession?.(established);
      const location = returnTo ?? sso.defaultReturnPath?.(connection.tenant.id) ?? "/";
      return redirect(location, session);
    },
  };
}

function serviceProvider(url: string, { id }: EffectiveConnection, sso: SsoOptions): ServiceProviderSettings {
  const { entityId, acsUrl, sloUrl } = samlEndpoints(url, id);
  const { signingKeys, decryptionKeys } = sso;
  return { entityId, acsUrl, signingKeys, decryptionKeys, ...(isLogoutOffered(sso) ? { sloUrl } : {}) };
}

/** Logout messages are always signed. */
function isLogoutOffered({ signingKeys = [] }: SsoOptions): boolean {
  return signingKeys.length > 0;
}

/** None while the connection is archived. */
function openIdentityProvider({
  settings: { idp, archive },
}: EffectiveConnection): IdentityProviderSettings | undefined {
  return idp === null || archive !== null ? undefined : identityProvider(idp);
}

/** What the connection says of its identity provider, and nothing that is for others to read. */
function identityProvider(idp: IdentityProviderConfig): IdentityProviderSettings {
  const { attributeNames: _, forceAuthn: __, ...rest } = idp;
  const { metadataUrl: ___, metadataRefresh: ____, metadataCertificates: _____, ...settings } = rest;
  return { ...settings, signAuthnRequests: settings.signAuthnRequests ?? undefined };
}

/** Seen by whoever sets a connection up; what came is in the sign-in log. */
function testPage({ tested }: TestedSignIn): Response {
  const then = tested === undefined ? "You would be signed in." : `You would be told: ${tested.message}`;
  const text = `The test succeeded: the identity provider's answer is valid. ${then} Nothing is live yet.\n`;
  const headers = { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" };
  return new Response(text, { status: 200, headers: { ...headers, "x-content-type-options": "nosniff" } });
}

/** 303: the browser follows with GET, and the form with the assertion is not sent again (RFC 9110 §15.4.4). */
function redirect(location: string, session: SessionResponse | undefined): Response {
  const headers = new Headers(session?.headers);
  headers.set("location", location);
  headers.set("cache-control", "no-store");
  return new Response(null, { status: 303, headers });
}
