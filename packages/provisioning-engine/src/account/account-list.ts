/**
 * Accounts in pages, in order of id. A child's list is two lists laid together: its own accounts, and those that it
 * reads through its parent.
 *
 * @module
 */
import type { AccountFilter } from "../admin/admin.ts";
import { readSlice, type Slice, toPage } from "../admin/page.ts";
import type { Account, Page } from "../admin/views.ts";
import type { EffectiveConnection } from "../connection/effective-connection.ts";
import type { AccountQuery, AccountRecord } from "../ports/index.ts";
import { readAccounts } from "./account-view.ts";
import type { Reader } from "./group-role.ts";

/** Candidates of one look at the store when the status, which is derived, thins them out. */
const CHUNK = 200;

/**
 * @param filter all given conditions hold for each account of the page
 * @throws {ProvisioningError} `invalid_request` for a cursor that this listing never gave
 */
export async function listAccounts(
  reader: Reader,
  connection: EffectiveConnection,
  filter: AccountFilter = {},
): Promise<Page<Account>> {
  const { after, limit } = readSlice("accounts", filter);
  const accounts: Account[] = [];
  for await (const account of matching(reader, connection, filter, { after, limit: limit + 1 })) {
    accounts.push(account);
    if (accounts.length > limit) break;
  }
  return toPage(
    "accounts",
    accounts,
    limit,
    ({ id }) => id,
    (account) => account,
  );
}

/** The accounts that follow one in the same order: for walks that no cursor of a listing is given out for. */
export async function readAccountsAfter(
  reader: Reader,
  connection: EffectiveConnection,
  slice: Slice,
): Promise<readonly Account[]> {
  return readAccounts(reader, connection, await findRecords(reader.tx, connection, slice));
}

async function* matching(
  reader: Reader,
  connection: EffectiveConnection,
  { kind, status, q }: AccountFilter,
  { after: first, limit }: Slice,
): AsyncGenerator<Account> {
  const active = status === undefined ? undefined : status !== "inactive";
  const size = status === undefined || status === "inactive" ? limit : Math.max(limit, CHUNK);
  let after = first;
  do {
    const records = await findRecords(reader.tx, connection, { kind, active, text: q, after, limit: size });
    for (const account of await readAccounts(reader, connection, records)) {
      if (status === undefined || account.status === status) yield account;
    }
    after = records.length < size ? undefined : records.at(-1)?.id;
  } while (after !== undefined);
}

async function findRecords(
  tx: Reader["tx"],
  { tenant, root, inherited }: EffectiveConnection,
  query: Omit<AccountQuery, "tenantId" | "connectionId">,
): Promise<readonly AccountRecord[]> {
  const own = await tx.accounts.find({ ...query, tenantId: tenant.id });
  if (!inherited) return own;
  const { connectionId } = root;
  const readThrough = await tx.accounts.find({ ...query, tenantId: root.tenant.id, connectionId });
  return [...own, ...readThrough].toSorted(byId).slice(0, query.limit);
}

/** By code unit, as stores order ids. */
function byId(a: AccountRecord, b: AccountRecord): number {
  if (a.id === b.id) return 0;
  return a.id < b.id ? -1 : 1;
}
