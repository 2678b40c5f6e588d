/**
 * Who may use a connection's SCIM endpoint: the holder of one of its tokens, of an access token of one of its clients, or
 * of an access token of the authorization server that it trusts.
 *
 * @module
 */
import type { EngineContext } from "../context.ts";
import type { ConnectionId } from "../ports/index.ts";
import { type Origin, readOrigin } from "../token/json-web-token.ts";
import { verifyAccessToken } from "./access-token.ts";
import { hasExpired, noteUse } from "./credential-use.ts";
import { oauthIssuer } from "./endpoints.ts";
import { type Found, type OpenConnection, openConnection } from "./open-connection.ts";
import { isClientId } from "./scim-client.ts";
import { isToken, tokenId } from "./scim-credential.ts";
import { verifyTrusted } from "./trusted-token.ts";

/** More than any issuer sends, and little to hash and to parse. */
const LONGEST_TOKEN = 8192;

/** What a valid token opens. */
export interface ScimAccess extends OpenConnection {
  /** The token or client; for an access token from elsewhere its issuer. */
  readonly credentialId: string;
}

/** A token as it came, and where. */
export interface Presented {
  /** From the address that was called. */
  readonly connectionId: ConnectionId;
  readonly token: string;
  readonly requestId: string;
}

/**
 * Recognises a token. Nothing opens for one that is unknown, expired, revoked or of another connection, while SCIM is
 * off, or at a child (R116, I36).
 *
 * @throws {ProvisioningError} `unavailable` while it cannot be told; never a refusal
 */
export async function authenticateScim(context: EngineContext, presented: Presented): Promise<ScimAccess | undefined> {
  const { connectionId, token } = presented;
  if (token.length > LONGEST_TOKEN) return undefined;
  const origin = readOrigin(token);
  if (origin === undefined) return byToken(context, presented);
  const isOurs = origin.issuer === oauthIssuer(context.url, connectionId);
  return isOurs ? byClient(context, presented, origin) : byIssuer(context, presented, origin);
}

async function byToken(context: EngineContext, { connectionId, token }: Presented): Promise<ScimAccess | undefined> {
  const found = await openConnection(context, connectionId, tokenId(token));
  return isToken(token, found.credential) ? withCredential(context, found) : undefined;
}

async function byClient(
  context: EngineContext,
  presented: Presented,
  { subject = "" }: Origin,
): Promise<ScimAccess | undefined> {
  const found = await openConnection(context, presented.connectionId, isClientId(subject) ? subject : undefined);
  const { credential } = found;
  // A revoked client is not there any more, and none of its tokens is worth anything.
  if (credential === null) return refuse(context, presented, "unknown client");
  const verdict = await verifyAccessToken(context, credential, presented.token);
  return verdict.valid ? withCredential(context, found) : refuse(context, presented, verdict.reason);
}

async function withCredential(
  context: EngineContext,
  { connection, credential }: Found,
): Promise<ScimAccess | undefined> {
  const now = context.clock().toISOString();
  if (connection === undefined || credential === null || hasExpired(credential, now)) return undefined;
  await noteUse(context, credential, now);
  return { ...connection, credentialId: credential.id };
}

async function byIssuer(
  context: EngineContext,
  presented: Presented,
  { issuer }: Origin,
): Promise<ScimAccess | undefined> {
  const { connection } = await openConnection(context, presented.connectionId);
  if (connection === undefined) return undefined;
  const { scimJwt: trusted } = connection.settings;
  if (trusted === null) return undefined;
  // Before keys are fetched: what names another issuer is not worth a request.
  if (issuer !== trusted.issuer) return refuse(context, presented, "ERR_JWT_CLAIM_VALIDATION_FAILED iss");
  const verdict = await verifyTrusted(context, trusted, presented.token);
  if (!verdict.valid) return refuse(context, presented, verdict.reason);
  return { ...connection, credentialId: trusted.issuer };
}

/** The client learns nothing; whoever set the connection up finds in the log what to change. */
function refuse({ logger }: EngineContext, { connectionId, requestId }: Presented, reason: string): undefined {
  logger.warn({ connectionId, requestId, reason }, "An access token was refused.");
}
