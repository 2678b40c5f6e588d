/**
 * The last active owner of a tenant is never taken away by a machine (I1): somebody must be left who can repair things.
 *
 * @module
 */
import type { Account } from "../admin/views.ts";
import { type EffectiveConnection, effectiveConnection } from "../connection/effective-connection.ts";
import type { AccountId, AccountRecord, Transaction } from "../ports/index.ts";
import { readAccounts } from "./account-view.ts";
import { OWNER_ROLE, portalRole } from "./role.ts";
import { findAccountRecords } from "./visible-accounts.ts";

/** Whether an account is the only active owner of this tenant. A suspended owner, or one without a seat, is no help. */
export async function isLastOwner(
  tx: Transaction,
  connection: EffectiveConnection,
  accountId: AccountId,
): Promise<boolean> {
  const owners = new Set<AccountId>();
  for await (const { id } of eachActiveOwner(tx, connection)) {
    owners.add(id);
    if (owners.size > 1) return false;
  }
  return owners.has(accountId);
}

/** Whether anybody at all administers the tenant. */
export async function hasActiveOwner(tx: Transaction, connection: EffectiveConnection): Promise<boolean> {
  const { done } = await eachActiveOwner(tx, connection).next();
  return done !== true;
}

/** The owners of a tenant who can sign in. */
export async function activeOwners(tx: Transaction, connection: EffectiveConnection): Promise<readonly Account[]> {
  const owners = new Map<AccountId, Account>();
  for await (const owner of eachActiveOwner(tx, connection)) owners.set(owner.id, owner);
  return [...owners.values()];
}

const PAGE = 100;

/** Active owners, one after the other; somebody may come twice. */
async function* eachActiveOwner(tx: Transaction, connection: EffectiveConnection): AsyncGenerator<Account, void> {
  for await (const records of candidates(tx, connection)) {
    const accounts = await readAccounts(tx, connection, records);
    yield* accounts.filter(({ role, status, suspended }) => role === OWNER_ROLE && status === "active" && !suspended);
  }
}

/** Whom the tenant made an owner, and whom the rules or the directory did. */
async function* candidates(
  tx: Transaction,
  connection: EffectiveConnection,
): AsyncGenerator<readonly AccountRecord[], void> {
  const chosen = await tx.overlays.withRole(connection.tenant.id, OWNER_ROLE);
  const ids = chosen.map(({ accountId }) => accountId);
  yield await findAccountRecords(tx, connection, ids);
  const { tenant, connectionId } = connection.root;
  let after: AccountId | undefined;
  do {
    const query = { tenantId: tenant.id, connectionId, decidedRole: OWNER_ROLE, active: true, after, limit: PAGE };
    const page = await tx.accounts.find(query);
    yield page;
    after = page.length < PAGE ? undefined : page.at(-1)?.id;
  } while (after !== undefined);
}

/**
 * The tenant that would lose its last owner when an account changes or goes away: the root, or a child that reads the
 * account through it.
 *
 * @param connection of the root
 * @param after what becomes of the account, or null when it goes away
 * @returns undefined when every tenant keeps an owner
 */
export async function tenantLosingOwner(
  tx: Transaction,
  connection: EffectiveConnection,
  before: AccountRecord,
  after: AccountRecord | null,
): Promise<EffectiveConnection["tenant"] | undefined> {
  if (before.kind === "reader" || !before.active) return undefined;
  for (const { id } of [connection.tenant, ...(await tx.tenants.children(connection.tenant.id))]) {
    const overlay = await tx.overlays.get(id, before.id);
    if (overlay?.role !== OWNER_ROLE && before.decidedRole?.value !== OWNER_ROLE) continue;
    const family = id === connection.tenant.id ? connection : await effectiveConnection(tx, id);
    const owns = (account: AccountRecord) =>
      account.active && portalRole(account, overlay, family).value === OWNER_ROLE;
    if (!owns(before) || (after !== null && owns(after))) continue;
    if (await isLastOwner(tx, family, before.id)) return family.tenant;
  }
  return undefined;
}
