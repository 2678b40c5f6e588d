/**
 * Invitations of people with an account of their own to sign in through the identity provider (R96). Whoever opens the
 * link and signs in with the same e-mail has accepted: from then on the two belong together (I11).
 *
 * @module
 */
import { createHash, randomBytes } from "node:crypto";
import type { EffectiveConnection } from "../connection/effective-connection.ts";
import type { AccountId, AccountRecord, ConnectionId } from "../ports/index.ts";
import type { UnitOfWork } from "../unit-of-work.ts";
import type { Person } from "./account-lookup.ts";

const PURPOSE = "sso-invitation";
const SECRET_BYTES = 32;
const VALID_DAYS = 7;
const DAY_MS = 86_400_000;

interface Invited {
  readonly accountId: AccountId;
}

export interface Invitation {
  /** Goes into the link; only its hash is kept. */
  readonly secret: string;
  readonly expiresAt: string;
}

export async function createInvitation(
  { tx, now }: UnitOfWork,
  connectionId: ConnectionId,
  accountId: AccountId,
): Promise<Invitation> {
  const secret = randomBytes(SECRET_BYTES).toString("base64url");
  const expiresAt = new Date(Date.parse(now) + VALID_DAYS * DAY_MS).toISOString();
  const invited: Invited = { accountId };
  await tx.oneTime.put(connectionId, PURPOSE, hashOf(secret), invited, expiresAt, now);
  return { secret, expiresAt };
}

/**
 * Takes an invitation, once.
 *
 * @param secret of the link that the sign-in began with, if it did
 * @returns the account that was invited, if this is its person
 */
export async function acceptInvitation(
  { tx, now }: UnitOfWork,
  connection: EffectiveConnection,
  person: Person,
  secret: string | undefined,
): Promise<AccountRecord | null> {
  if (secret === undefined || !connection.settings.inviteExisting) return null;
  const taken = await tx.oneTime.take(connection.id, PURPOSE, hashOf(secret), now);
  if (taken === null) return null;
  const { accountId } = taken.value as Invited;
  const account = await tx.accounts.get(connection.tenant.id, accountId);
  return account !== null && mayBeInvited(account) && isSameEmail(account, person) ? account : null;
}

/** Whose account nobody manages; break-glass accounts are never entered by an identity provider (I2). */
export function mayBeInvited({ connectionId, breakGlass }: AccountRecord): boolean {
  return connectionId === null && !breakGlass;
}

/** A link that was passed on is not for whoever opens it. */
function isSameEmail(account: AccountRecord, { email }: Person): boolean {
  return account.email?.toLowerCase() === email.toLowerCase();
}

function hashOf(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}
