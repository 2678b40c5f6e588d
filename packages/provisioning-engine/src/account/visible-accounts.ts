/**
 * Which accounts a tenant has: its own and, at a child, those that its parent's connection manages (decision 1).
 *
 * @module
 */
import type { EffectiveConnection } from "../connection/effective-connection.ts";
import type { AccountId, AccountRecord, TenantId, Transaction } from "../ports/index.ts";
import { isManaged } from "./edit-policy.ts";

/** @returns null for an account of nobody here */
export async function findAccountRecord(
  tx: Transaction,
  connection: EffectiveConnection,
  id: AccountId,
): Promise<AccountRecord | null> {
  const [record] = await findAccountRecords(tx, connection, [id]);
  return record ?? null;
}

/** Those of the ids that are accounts of the tenant. */
export async function findAccountRecords(
  tx: Transaction,
  connection: EffectiveConnection,
  ids: readonly AccountId[],
): Promise<readonly AccountRecord[]> {
  const { tenant, root, inherited } = connection;
  const own = await getMany(tx, tenant.id, ids);
  if (!inherited) return own;
  const known = new Set(own.map(({ id }) => id));
  const others = await getMany(
    tx,
    root.tenant.id,
    ids.filter((id) => !known.has(id)),
  );
  return [...own, ...others.filter((record) => isManaged(record, connection))];
}

async function getMany(
  tx: Transaction,
  tenantId: TenantId,
  ids: readonly AccountId[],
): Promise<readonly AccountRecord[]> {
  return ids.length === 0 ? [] : tx.accounts.getMany(tenantId, ids);
}

/** Whether a child sees the account through its parent, instead of owning it. */
export function isReadThrough({ tenantId }: AccountRecord, { tenant }: EffectiveConnection): boolean {
  return tenantId !== tenant.id;
}
