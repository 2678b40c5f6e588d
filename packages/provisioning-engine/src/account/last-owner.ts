/**
 * The last active owner of a tenant is never taken away by a machine (I1): somebody must be left who can repair things.
 *
 * @module
 */
import type { Account } from "../admin/views.ts";
import { type EffectiveConnection, effectiveConnection } from "../connection/effective-connection.ts";
import type { AccountId, AccountRecord, OverlayRecord, Transaction } from "../ports/index.ts";
import { readAccounts } from "./account-view.ts";
import { OWNER_ROLE } from "./role.ts";
import { findAccountRecords } from "./visible-accounts.ts";

/** Whether an account is the only active owner of this tenant. A suspended owner, or one without a seat, is no help. */
export async function isLastOwner(
  tx: Transaction,
  connection: EffectiveConnection,
  accountId: AccountId,
): Promise<boolean> {
  const owners = await tx.overlays.withRole(connection.tenant.id, OWNER_ROLE);
  if (!owners.some((owner) => owner.accountId === accountId)) return false;
  const active = await activeAmong(tx, connection, owners);
  return active.length === 1 && active[0]?.id === accountId;
}

/** The owners of a tenant who can sign in. */
export async function activeOwners(tx: Transaction, connection: EffectiveConnection): Promise<readonly Account[]> {
  return activeAmong(tx, connection, await tx.overlays.withRole(connection.tenant.id, OWNER_ROLE));
}

async function activeAmong(
  tx: Transaction,
  connection: EffectiveConnection,
  owners: readonly OverlayRecord[],
): Promise<readonly Account[]> {
  const records = await findAccountRecords(
    tx,
    connection,
    owners.map((owner) => owner.accountId),
  );
  const accounts = await readAccounts(tx, connection, records);
  return accounts.filter(({ role, status, suspended }) => role === OWNER_ROLE && status === "active" && !suspended);
}

/**
 * The tenant that would lose its last owner with this account: the root, or a child that reads the account through it.
 *
 * @param connection of the root
 * @returns undefined when every tenant keeps an owner
 */
export async function tenantLosingOwner(
  tx: Transaction,
  connection: EffectiveConnection,
  { id, kind, active }: Pick<AccountRecord, "id" | "kind" | "active">,
): Promise<EffectiveConnection["tenant"] | undefined> {
  if (kind === "reader" || !active) return undefined;
  if (await isLastOwner(tx, connection, id)) return connection.tenant;
  for (const child of await tx.tenants.children(connection.tenant.id)) {
    const overlay = await tx.overlays.get(child.id, id);
    if (overlay?.role !== OWNER_ROLE) continue;
    if (await isLastOwner(tx, await effectiveConnection(tx, child.id), id)) return child;
  }
  return undefined;
}
