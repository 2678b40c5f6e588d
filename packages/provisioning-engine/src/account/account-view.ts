/**
 * Accounts as they are shown, at a root and at a child alike: the record, and what is local to the tenant laid over it.
 *
 * @module
 */
import type { Account } from "../admin/views.ts";
import type { EffectiveConnection } from "../connection/effective-connection.ts";
import { layOver } from "../inheritance/overlay.ts";
import type { AccountId, AccountRecord, SeatRecord, Transaction } from "../ports/index.ts";
import { readAccountGroups } from "./account-groups.ts";
import { groupBy } from "./group-by.ts";
import { groupRole, type Reader } from "./group-role.ts";
import { seatTenant } from "./seats.ts";
import { findAccountRecord } from "./visible-accounts.ts";

/** @returns null when the tenant has no such account, of its own or through its parent */
export async function readAccount(
  reader: Reader,
  connection: EffectiveConnection,
  accountId: AccountId,
): Promise<Account | null> {
  const record = await findAccountRecord(reader.tx, connection, accountId);
  if (record === null) return null;
  const [account] = await readAccounts(reader, connection, [record]);
  return account ?? null;
}

/**
 * @param records accounts that the tenant has
 * @returns their views, in the same order
 */
export async function readAccounts(
  { tx, context }: Reader,
  connection: EffectiveConnection,
  records: readonly AccountRecord[],
): Promise<readonly Account[]> {
  if (records.length === 0) return [];
  const ids = records.map(({ id }) => id);
  const overlays = byAccount(await tx.overlays.getMany(connection.tenant.id, ids));
  const seats = await readSeats(tx, connection, records);
  const held = await readAccountGroups(tx, connection, records);
  return records.map((record) => {
    const { id } = record;
    const groups = held.get(id) ?? [];
    const local = { overlay: overlays.get(id) ?? null, seat: seats.get(id) ?? null, groups };
    return layOver(record, { ...local, groupRole: groupRole(groups, connection.settings, context) }, connection);
  });
}

async function readSeats(
  tx: Transaction,
  connection: EffectiveConnection,
  records: readonly AccountRecord[],
): Promise<ReadonlyMap<AccountId, SeatRecord>> {
  const seats: SeatRecord[] = [];
  for (const [tenantId, held] of groupBy(records, (record) => seatTenant(record, connection))) {
    const ids = held.map(({ id }) => id);
    seats.push(...(await tx.seats.getMany(tenantId, ids)));
  }
  return byAccount(seats);
}

function byAccount<Row extends { readonly accountId: AccountId }>(rows: readonly Row[]): ReadonlyMap<AccountId, Row> {
  return new Map(rows.map((row) => [row.accountId, row]));
}
