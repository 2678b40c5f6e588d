/**
 * The access tokens of a connection's own clients: short-lived JWTs, signed with the client's key. Whoever has the secret
 * could sign one too, so a token is bound by what is checked here, not by what was issued.
 *
 * @module
 */
import type { KeyObject } from "node:crypto";
import type { EngineContext } from "../context.ts";
import type { ConnectionId, ScimCredentialRecord } from "../ports/index.ts";
import { signAccessToken, type Verdict, verifyToken } from "../token/json-web-token.ts";
import { oauthIssuer, scimBaseUrl } from "./endpoints.ts";
import { verificationKey } from "./scim-client.ts";

/** The range that Entra's gallery accepts. */
export const ACCESS_TOKEN_MINUTES: { readonly min: number; readonly max: number } = { min: 60, max: 360 };

/** What is put into a token. */
export interface Grant {
  readonly connectionId: ConnectionId;
  readonly clientId: string;
  readonly key: KeyObject;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
}

export function issueAccessToken({ url, newId }: EngineContext, grant: Grant): Promise<string> {
  const { connectionId, ...token } = grant;
  return signAccessToken({ ...token, ...partiesOf(url, connectionId), id: newId() });
}

/** @param client which the token names; whether it is still there, and may be used, is the caller's to know */
export function verifyAccessToken(
  { url, clock }: EngineContext,
  client: ScimCredentialRecord,
  token: string,
): Promise<Verdict> {
  return verifyToken(token, {
    ...partiesOf(url, client.connectionId),
    keys: verificationKey(client),
    algorithms: ["EdDSA"],
    types: ["at+jwt"],
    subject: client.id,
    maxAge: ACCESS_TOKEN_MINUTES.max * 60,
    now: clock(),
  });
}

function partiesOf(url: string, id: ConnectionId): { readonly issuer: string; readonly audience: string } {
  return { issuer: oauthIssuer(url, id), audience: scimBaseUrl(url, id) };
}
