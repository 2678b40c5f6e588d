/**
 * An admin's word that an account made by hand belongs to whoever the directory pushes under its e-mail (I11). It is good
 * once, and for some days: an address may change hands.
 *
 * @module
 */
import type { AccountId, ConnectionId, Instant, Transaction } from "../ports/index.ts";
import type { UnitOfWork } from "../unit-of-work.ts";

const PURPOSE = "link-approval";
const VALID_DAYS = 7;
const DAY_MS = 86_400_000;

type Moment = Pick<UnitOfWork, "tx" | "now">;

/** Given again, it counts from now. */
export async function approveLink(
  { tx, now }: Moment,
  connectionId: ConnectionId,
  accountId: AccountId,
): Promise<Instant> {
  const expiresAt = new Date(Date.parse(now) + VALID_DAYS * DAY_MS).toISOString();
  await tx.oneTime.take(connectionId, PURPOSE, accountId, now);
  await put(tx, connectionId, accountId, { expiresAt, now });
  return expiresAt;
}

/** Only looks: the word is still good afterwards. */
export async function isLinkApproved(
  { tx, now }: Moment,
  connectionId: ConnectionId,
  accountId: AccountId,
): Promise<boolean> {
  const taken = await tx.oneTime.take(connectionId, PURPOSE, accountId, now);
  if (taken === null) return false;
  await put(tx, connectionId, accountId, { expiresAt: taken.value as Instant, now });
  return true;
}

/** Once the two are linked. */
export async function forgetLinkApproval(
  { tx, now }: Moment,
  connectionId: ConnectionId,
  accountId: AccountId,
): Promise<void> {
  await tx.oneTime.take(connectionId, PURPOSE, accountId, now);
}

async function put(
  { oneTime }: Transaction,
  connectionId: ConnectionId,
  accountId: AccountId,
  { expiresAt, now }: { readonly expiresAt: Instant; readonly now: Instant },
): Promise<void> {
  await oneTime.put(connectionId, PURPOSE, accountId, expiresAt, expiresAt, now);
}
