/**
 * The client credentials grant (RFC 6749 §4.4): a client's secret for a short-lived access token.
 *
 * @module
 */
import type { EngineContext } from "../context.ts";
import type { ConnectionId } from "../ports/index.ts";
import { issueAccessToken } from "./access-token.ts";
import { hasExpired, noteUse } from "./credential-use.ts";
import { openConnection } from "./open-connection.ts";
import { isClientId, isKeyOf, signingKey } from "./scim-client.ts";

export interface ClientSecret {
  readonly clientId: string;
  readonly secret: string;
}

export interface GrantedAccess {
  readonly accessToken: string;
  /** Seconds. */
  readonly expiresIn: number;
}

/**
 * Gives a client an access token, which never outlives the client. Nothing is given to an unknown, expired or revoked
 * client, at another connection, while SCIM is off, or for a wrong secret; and no two of these take a different course.
 *
 * @param minutes how long the token lives
 */
export async function grantAccess(
  context: EngineContext,
  connectionId: ConnectionId,
  { clientId, secret }: ClientSecret,
  minutes: number,
): Promise<GrantedAccess | undefined> {
  const key = signingKey(clientId, secret);
  const issuedAt = context.clock();
  const now = issuedAt.toISOString();
  const { connection, credential } = await openConnection(
    context,
    connectionId,
    isClientId(clientId) ? clientId : undefined,
  );
  const known = isKeyOf(key, credential);
  if (!known || connection === undefined || credential === null || hasExpired(credential, now)) return undefined;
  const expiresAt = earlier(new Date(issuedAt.getTime() + minutes * 60_000), credential.expiresAt);
  const accessToken = await issueAccessToken(context, { connectionId, clientId, key, issuedAt, expiresAt });
  await noteUse(context, credential, now);
  return { accessToken, expiresIn: Math.floor((expiresAt.getTime() - issuedAt.getTime()) / 1000) };
}

function earlier(date: Date, instant: string | null): Date {
  return new Date(Math.min(date.getTime(), instant === null ? Number.POSITIVE_INFINITY : Date.parse(instant)));
}
