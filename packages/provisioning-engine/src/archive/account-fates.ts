/**
 * What becomes of one account whose connection is archived or restored. The last owner of a tenant stays as they are,
 * whatever was chosen (I1): somebody has become that meanwhile.
 *
 * @module
 */
import { tenantLosingOwner } from "../account/last-owner.ts";
import { leaveSeat, reportWaiting, takeSeat } from "../account/seats.ts";
import { deleteAccount, forgetDirectoryUser } from "../admin/account-deletion.ts";
import { auditSides } from "../admin/differences.ts";
import type { Account } from "../admin/views.ts";
import { ensureWritten } from "../admin/written.ts";
import type { EffectiveConnection } from "../connection/effective-connection.ts";
import type { Change, EventName } from "../events.ts";
import type { AccountRecord } from "../ports/index.ts";
import type { UnitOfWork } from "../unit-of-work.ts";

/** @param view the account as it is shown before */
export type AccountFate = (
  unit: UnitOfWork,
  connection: EffectiveConnection,
  record: AccountRecord,
  view: Account,
) => Promise<void>;

/** The account is the tenant's own from now on; what the directory said about groups stays as a local membership. */
export const detach: AccountFate = async (unit, { tenant }, record, { groups }) => {
  for (const { id: groupId, sources } of groups) {
    const membership = { tenantId: tenant.id, groupId, accountId: record.id, source: "local" } as const;
    if (sources.includes("scim")) await unit.tx.localGroups.addMember(membership);
  }
  await forgetDirectoryUser(unit, record);
  const next = { ...record, connectionId: null, directoryUserId: null, archived: false };
  const changes = [{ path: "managedBy", from: record.connectionId, to: null }];
  await save(unit, next, "account.updated", changes);
};

export const deactivate: AccountFate = async (unit, connection, record) => {
  if (!record.active || (await isLastOwner(unit, connection, record))) return;
  await save(unit, { ...record, active: false, archived: true }, "account.deactivated", status("active", "inactive"));
  await leaveSeat(unit, connection, record);
};

/** Whom archiving made inactive, and nobody else: an admin has meant what they did before or since. */
export const reactivate: AccountFate = async (unit, connection, record) => {
  if (!record.archived) return;
  const account = { ...record, active: true, archived: false };
  await save(unit, account, "account.reactivated", status("inactive", "active"));
  const seat = await takeSeat(unit, connection, account, "wait");
  if (seat === "waiting") await reportWaiting(unit, connection, account, "replace");
};

export const purge: AccountFate = async (unit, connection, record, view) => {
  if (await isLastOwner(unit, connection, record)) return;
  await deleteAccount(unit, connection, view);
};

async function isLastOwner(unit: UnitOfWork, connection: EffectiveConnection, record: AccountRecord): Promise<boolean> {
  return (await tenantLosingOwner(unit, connection, record, null)) !== undefined;
}

function status(from: Account["status"], to: Account["status"]): readonly Change[] {
  return [{ path: "status", from, to }];
}

async function save(
  unit: UnitOfWork,
  account: AccountRecord,
  type: EventName,
  changes: readonly Change[],
): Promise<void> {
  const { tenantId, id: accountId } = account;
  ensureWritten(await unit.tx.accounts.update({ ...account, updatedAt: unit.now, version: account.version + 1 }));
  await unit.emit({ tenantId, type, accountId, data: { changes } });
  await unit.audit({ tenantId, action: type, subject: { type: "account", id: accountId }, ...auditSides(changes) });
}
