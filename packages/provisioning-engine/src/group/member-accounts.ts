/**
 * From ids of directory users, which is how members are kept, to the accounts behind them.
 *
 * @module
 */
import type { EffectiveConnection } from "../connection/effective-connection.ts";
import type { AccountRecord, DirectoryUserId, Transaction } from "../ports/index.ts";

export type FindAccounts = (userIds: readonly DirectoryUserId[]) => Promise<readonly AccountRecord[]>;

/** Up to so many people are looked up one by one; for more, one pass over the connection's accounts costs less. */
const ONE_BY_ONE = 100;
const PAGE = 500;

/** @returns a look-up for one transaction, which leaves out ids without an account */
export function accountFinder(tx: Transaction, connection: EffectiveConnection): FindAccounts {
  let asked = 0;
  let index: ReadonlyMap<DirectoryUserId, AccountRecord> | undefined;
  return async (userIds) => {
    asked += userIds.length;
    if (index === undefined && asked <= ONE_BY_ONE) return findOneByOne(tx, connection, userIds);
    index ??= await indexAccounts(tx, connection);
    return userIds.flatMap((id) => index?.get(id) ?? []);
  };
}

async function findOneByOne(
  tx: Transaction,
  { root }: EffectiveConnection,
  userIds: readonly DirectoryUserId[],
): Promise<readonly AccountRecord[]> {
  const accountIds: string[] = [];
  for (const id of userIds) {
    const user = await tx.users.get(root.connectionId, id);
    if (user !== null) accountIds.push(user.accountId);
  }
  return accountIds.length === 0 ? [] : tx.accounts.getMany(root.tenant.id, accountIds);
}

async function indexAccounts(
  tx: Transaction,
  connection: EffectiveConnection,
): Promise<ReadonlyMap<DirectoryUserId, AccountRecord>> {
  const index = new Map<DirectoryUserId, AccountRecord>();
  for await (const account of managedAccounts(tx, connection)) {
    if (account.directoryUserId !== null) index.set(account.directoryUserId, account);
  }
  return index;
}

/** Every account that the connection manages, in order of id. */
async function* managedAccounts(tx: Transaction, { root }: EffectiveConnection): AsyncGenerator<AccountRecord> {
  let after: string | undefined;
  do {
    const query = { tenantId: root.tenant.id, connectionId: root.connectionId, after, limit: PAGE };
    const page = await tx.accounts.find(query);
    yield* page;
    after = page.length < PAGE ? undefined : page.at(-1)?.id;
  } while (after !== undefined);
}
