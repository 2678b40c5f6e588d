/**
 * Deleting an account for good: only by a person, and only one that no directory manages (R43, I6).
 *
 * @module
 */
import { releaseSeat } from "../account/seats.ts";
import { type EffectiveConnection, effectiveConnection } from "../connection/effective-connection.ts";
import { forgetSameName } from "../inheritance/same-name.ts";
import type { AccountRecord } from "../ports/index.ts";
import { DISPROVED } from "../sync/push.ts";
import { closeFailures } from "../sync/sync-failure.ts";
import { accountSubject } from "../sync/sync-subject.ts";
import type { UnitOfWork } from "../unit-of-work.ts";
import { guardOwners } from "./owner-guard.ts";
import { managedByIdp, ownedByParent } from "./refusals.ts";
import type { Account } from "./views.ts";
import { ensureWritten } from "./written.ts";

/** @throws {ProvisioningError} `managed_by_idp`, `inherited_read_only`, `last_owner` */
export async function deleteAccount(
  unit: UnitOfWork,
  connection: EffectiveConnection,
  account: Account,
): Promise<void> {
  if (account.lockedFields.length > 0) throw managedByIdp(connection, ["deletion"]);
  const { tenant } = connection;
  const record = await unit.tx.accounts.get(tenant.id, account.id);
  if (record === null) throw ownedByParent(connection);
  await guardOwners(unit, connection, record);
  await forgetDirectoryUser(unit, record);
  await unit.tx.accounts.delete(tenant.id, account.id);
  for (const family of await familyOf(unit, connection)) await forgetIn(unit, family, record);
  // A name that somebody else could not have is free now: that failure ends with the next try.
  await closeFailures(unit, tenant.id, accountSubject(record), DISPROVED);
  const subject = { type: "account", id: account.id };
  const managed = record.connectionId !== null;
  await unit.emit({ tenantId: tenant.id, type: "account.deleted", accountId: account.id, data: { managed } });
  const { userName, name, email, kind, role, status } = account;
  const before = { userName, name, email, kind, role, status };
  await unit.audit({ tenantId: tenant.id, action: "account.deleted", subject, before });
}

/** The tenant, and the children that show its people. */
async function familyOf({ tx }: UnitOfWork, connection: EffectiveConnection): Promise<readonly EffectiveConnection[]> {
  const children = await tx.tenants.children(connection.tenant.id);
  const family = [connection];
  for (const { id } of children) family.push(await effectiveConnection(tx, id));
  return family;
}

/** What a tenant keeps about an account. */
async function forgetIn(unit: UnitOfWork, connection: EffectiveConnection, account: AccountRecord): Promise<void> {
  const { tx } = unit;
  const { id: accountId } = account;
  const { id: tenantId } = connection.tenant;
  for (const membership of await tx.localGroups.membershipsOf(tenantId, [accountId])) {
    await tx.localGroups.removeMember(membership);
  }
  await tx.overlays.delete(tenantId, accountId);
  await releaseSeat(unit, connection, account);
  await forgetSameName(unit, connection, account);
}

/** Of somebody who was provisioned once, while SCIM is off: pushed again, they are a new person. */
export async function forgetDirectoryUser({ tx, now }: UnitOfWork, record: AccountRecord): Promise<void> {
  const { connectionId, directoryUserId } = record;
  if (connectionId === null || directoryUserId === null) return;
  const user = await tx.users.get(connectionId, directoryUserId);
  if (user === null) return;
  await tx.members.removeUser(connectionId, user.id);
  ensureWritten(await tx.users.update({ ...user, active: false, deletedAt: now, version: user.version + 1 }));
}
