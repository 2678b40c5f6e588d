/**
 * Writing an account row, where the one unique value may be taken.
 *
 * @module
 */
import type { AccountRecord, WriteResult } from "../ports/index.ts";
import type { Push } from "../sync/push.ts";
import { quote } from "../sync/quote.ts";
import { lostRace, refusal } from "../sync/sync-failure.ts";
import { isInDirectory } from "./account-match.ts";
import { isManaged } from "./edit-policy.ts";

/** @throws {SyncRefusal} `duplicate` */
export function insertAccount(push: Push, account: AccountRecord): Promise<AccountRecord> {
  return save(push, account, () => push.unit.tx.accounts.insert(account));
}

/**
 * @param account the new state, still with the version that was read
 * @throws {SyncRefusal} `duplicate`, `conflict`
 */
export function updateAccount(push: Push, account: AccountRecord): Promise<AccountRecord> {
  const next = { ...account, updatedAt: push.unit.now, version: account.version + 1 };
  return save(push, next, () => push.unit.tx.accounts.update(next));
}

async function save(push: Push, account: AccountRecord, write: () => Promise<WriteResult>): Promise<AccountRecord> {
  let written = await write();
  if (!written.ok && written.conflict === "userName" && (await giveWay(push, account))) written = await write();
  if (written.ok) return account;
  throw refusedAccount(written.conflict, account);
}

/**
 * After a DELETE the user name is free again, as the protocol wants; the profile that stays behind keeps another one.
 *
 * @returns whether the name was held by such a profile, and is free now
 */
async function giveWay({ unit, connection }: Push, { tenantId, userName }: AccountRecord): Promise<boolean> {
  const { tx, now } = unit;
  const holder = await tx.accounts.byUserName(tenantId, userName);
  if (holder === null || !isManaged(holder, connection) || (await isInDirectory(tx, holder))) return false;
  const renamed = `${holder.userName}#${holder.id}`;
  const changes = [{ path: "userName", from: holder.userName, to: renamed }];
  const moved = await tx.accounts.update({ ...holder, userName: renamed, updatedAt: now, version: holder.version + 1 });
  if (!moved.ok) return false;
  await unit.emit({ tenantId, type: "account.updated", accountId: holder.id, data: { changes } });
  await unit.audit({
    tenantId,
    action: "account.updated",
    subject: { type: "account", id: holder.id },
    before: { userName: holder.userName },
    after: { userName: renamed },
  });
  return true;
}

function refusedAccount(conflict: string, { userName }: AccountRecord): Error {
  return conflict === "version" ? lostRace("account") : refusal("duplicate", "uniqueness", userNameTaken(userName));
}

/** For an IT admin, who knows people by this name. */
export function userNameTaken(userName: string): string {
  return `The userName ${quote(userName)} belongs to somebody else already. Rename or remove one of the two.`;
}
