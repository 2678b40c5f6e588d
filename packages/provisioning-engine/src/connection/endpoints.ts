/**
 * The addresses of a connection, all made from the engine's `url`: never from a Host header.
 *
 * @module
 */
import type { ConnectionId } from "../ports/index.ts";

export interface SamlEndpoints {
  readonly entityId: string;
  readonly acsUrl: string;
  readonly metadataUrl: string;
  readonly signInUrl: string;
  /** Where a person signs out. */
  readonly signOutUrl: string;
  /** Where the identity provider sends logout messages, over both bindings. */
  readonly sloUrl: string;
}

/** @param url of the engine, without a trailing slash */
export function samlEndpoints(url: string, id: ConnectionId): SamlEndpoints {
  const base = `${url}/saml/${id}`;
  const metadataUrl = `${base}/metadata`;
  return {
    entityId: metadataUrl,
    acsUrl: `${base}/acs`,
    metadataUrl,
    signInUrl: `${base}/sign-in`,
    signOutUrl: `${base}/sign-out`,
    sloUrl: `${base}/slo`,
  };
}

/** @param url of the engine, without a trailing slash */
export function scimBaseUrl(url: string, id: ConnectionId): string {
  return `${url}/scim/v2/${id}`;
}

/**
 * The authorization server of a connection's own clients: the `iss` of their tokens.
 *
 * @param url of the engine, without a trailing slash
 */
export function oauthIssuer(url: string, id: ConnectionId): string {
  return `${url}/oauth/${id}`;
}

/** @param url of the engine, without a trailing slash */
export function tokenUrl(url: string, id: ConnectionId): string {
  return `${oauthIssuer(url, id)}/token`;
}
