/**
 * A connection's bearer tokens: how they are made, stored and recognised. A token is `mst_`, 48 random bits by which it
 * is found, `_`, and 256 random bits that only its holder knows; what is stored is the SHA-256 of the whole.
 *
 * @module
 */
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { EngineContext } from "../context.ts";
import type {
  ConnectionId,
  ConnectionSettings,
  Instant,
  ScimCredentialRecord,
  TenantId,
  Transaction,
} from "../ports/index.ts";

const PREFIX = "mst_";
const ID_BYTES = 6;
const SECRET_BYTES = 32;
const ID_LENGTH = PREFIX.length + 2 * ID_BYTES;
/** `lastUsedAt` is for people: exact to the minute, without a write per request. */
const TOUCH_EVERY_MS = 60_000;

/** A new token, to be shown once, and the two parts of it that are kept. */
export interface MintedToken {
  readonly token: string;
  readonly id: string;
  readonly hash: string;
}

export function mintToken(): MintedToken {
  const id = PREFIX + randomBytes(ID_BYTES).toString("hex");
  const token = `${id}_${randomBytes(SECRET_BYTES).toString("base64url")}`;
  return { token, id, hash: digest(token).toString("hex") };
}

/** What a valid token opens. */
export interface ScimAccess {
  readonly tenantId: TenantId;
  readonly connectionId: ConnectionId;
  readonly credentialId: string;
  readonly settings: ConnectionSettings;
}

/**
 * Recognises a token. Nothing opens for an unknown, expired or revoked one, one of another connection, while SCIM is
 * off, or at a child, which has no tokens (R116, I36); and no two of these take a different course.
 *
 * @param connectionId from the address that was called
 * @param token as it came
 */
export async function authenticateScim(
  { store, clock }: EngineContext,
  connectionId: ConnectionId,
  token: string,
): Promise<ScimAccess | undefined> {
  const presented = digest(token);
  const now = clock().toISOString();
  return store.transaction({ tenantId: null }, async (tx) => {
    const connection = await tx.connections.get(connectionId);
    const credential = await tx.credentials.get(connectionId, token.slice(0, ID_LENGTH));
    const valid = isValid(presented, credential, now);
    if (connection === null || credential === null || !valid || !connection.settings?.scimEnabled) return undefined;
    await touch(tx, credential, now);
    const { tenantId, settings } = connection;
    return { tenantId, connectionId, credentialId: credential.id, settings };
  });
}

/** Compares with something of equal length in any case, so that an unknown prefix takes as long as a wrong secret. */
function isValid(presented: Buffer, credential: ScimCredentialRecord | null, now: Instant): boolean {
  const expected = credential === null ? NO_HASH : Buffer.from(credential.hash, "hex");
  const equal = timingSafeEqual(presented, expected);
  return equal && credential !== null && (credential.expiresAt === null || credential.expiresAt > now);
}

const NO_HASH: Buffer = Buffer.alloc(32);

async function touch(tx: Transaction, credential: ScimCredentialRecord, now: Instant): Promise<void> {
  const { connectionId, id, lastUsedAt } = credential;
  const due = lastUsedAt === null || Date.parse(now) - Date.parse(lastUsedAt) >= TOUCH_EVERY_MS;
  if (due) await tx.credentials.touch(connectionId, id, now);
}

function digest(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}
