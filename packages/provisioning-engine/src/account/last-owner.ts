/**
 * The last active owner of a tenant is never taken away by a machine (I1): somebody must be left who can repair things.
 *
 * @module
 */
import type { Account } from "../admin/views.ts";
import { type EffectiveConnection, effectiveConnection } from "../connection/effective-connection.ts";
import { parseFaceId } from "../group/group-projection.ts";
import { accountFinder } from "../group/member-accounts.ts";
import type { AccountId, AccountRecord, GroupId, Transaction } from "../ports/index.ts";
import { readAccounts } from "./account-view.ts";
import { givesOwner, type Reader, readGroupRole } from "./group-role.ts";
import { OWNER_ROLE, portalRole } from "./role.ts";
import { findAccountRecords } from "./visible-accounts.ts";

/** Whether an account is the only active owner of this tenant. A suspended owner, or one without a seat, is no help. */
export async function isLastOwner(
  reader: Reader,
  connection: EffectiveConnection,
  accountId: AccountId,
): Promise<boolean> {
  const owners = new Set<AccountId>();
  for await (const { id } of eachActiveOwner(reader, connection)) {
    owners.add(id);
    if (owners.size > 1) return false;
  }
  return owners.has(accountId);
}

/** Whether anybody at all administers the tenant. */
export async function hasActiveOwner(reader: Reader, connection: EffectiveConnection): Promise<boolean> {
  const { done } = await eachActiveOwner(reader, connection).next();
  return done !== true;
}

/** The owners of a tenant who can sign in. */
export async function activeOwners(reader: Reader, connection: EffectiveConnection): Promise<readonly Account[]> {
  const owners = new Map<AccountId, Account>();
  for await (const owner of eachActiveOwner(reader, connection)) owners.set(owner.id, owner);
  return [...owners.values()];
}

const PAGE = 100;

/** Active owners, one after the other; somebody may come twice. */
async function* eachActiveOwner(reader: Reader, connection: EffectiveConnection): AsyncGenerator<Account, void> {
  for await (const records of candidates(reader.tx, connection)) {
    const accounts = await readAccounts(reader, connection, records);
    yield* accounts.filter(({ role, status, suspended }) => role === OWNER_ROLE && status === "active" && !suspended);
  }
}

/** Whom the tenant made an owner, whom the rules or the directory did, and who is in a group that does. */
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
  for (const groupId of await ownerGroups(tx, connection)) yield* membersOf(tx, connection, groupId);
}

/** Groups of the tenant that make owners; most connections allow none. */
async function ownerGroups(tx: Transaction, { tenant, settings }: EffectiveConnection): Promise<readonly GroupId[]> {
  if (!settings.allowOwnerRole) return [];
  const own = (await tx.localGroups.list(tenant.id)).filter(({ role }) => givesOwner(role, settings));
  const laidOver = await tx.overlays.withRole(tenant.id, OWNER_ROLE);
  const faces = laidOver.map(({ accountId }) => accountId).filter((id) => parseFaceId(id) !== undefined);
  return [...own.map(({ id }) => id), ...faces];
}

async function* membersOf(
  tx: Transaction,
  connection: EffectiveConnection,
  groupId: GroupId,
): AsyncGenerator<readonly AccountRecord[], void> {
  const local = await tx.localGroups.membersOf(connection.tenant.id, groupId);
  for (let at = 0; at < local.length; at += PAGE) {
    const ids = local.slice(at, at + PAGE).map(({ accountId }) => accountId);
    yield await findAccountRecords(tx, connection, ids);
  }
  const directoryGroupId = parseFaceId(groupId)?.directoryGroupId;
  if (directoryGroupId === undefined) return;
  const find = accountFinder(tx, connection);
  let after: string | undefined;
  do {
    const page = await tx.members.effective(connection.root.connectionId, directoryGroupId, { after, limit: PAGE });
    yield await find(page);
    after = page.length < PAGE ? undefined : page.at(-1);
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
  reader: Reader,
  connection: EffectiveConnection,
  before: AccountRecord,
  after: AccountRecord | null,
): Promise<EffectiveConnection["tenant"] | undefined> {
  if (before.kind === "reader" || !before.active) return undefined;
  const { tx } = reader;
  for (const { id } of [connection.tenant, ...(await tx.tenants.children(connection.tenant.id))]) {
    const overlay = await tx.overlays.get(id, before.id);
    const isNamed = overlay?.role === OWNER_ROLE || before.decidedRole?.value === OWNER_ROLE;
    if (!isNamed && !connection.settings.allowOwnerRole) continue;
    const family = id === connection.tenant.id ? connection : await effectiveConnection(tx, id);
    const owns = async (account: AccountRecord): Promise<boolean> => {
      const group = await readGroupRole(reader, family, account);
      return account.active && portalRole(account, overlay, family, group).value === OWNER_ROLE;
    };
    if (!(await owns(before)) || (after !== null && (await owns(after)))) continue;
    if (await isLastOwner(reader, family, before.id)) return family.tenant;
  }
  return undefined;
}

/**
 * The tenant that loses its last owner by work that demotes nobody by name: somebody leaves a group that makes owners,
 * or the group does not make any more.
 *
 * @param connection as it is before the work
 * @returns undefined when every tenant that had an owner has one
 */
export async function tenantLeftByWork(
  reader: Reader,
  connection: EffectiveConnection,
  work: () => Promise<void>,
): Promise<EffectiveConnection["tenant"] | undefined> {
  const { tx } = reader;
  const family = connection.settings.allowOwnerRole
    ? [connection.tenant, ...(await tx.tenants.children(connection.tenant.id))]
    : [];
  const owned: EffectiveConnection["tenant"][] = [];
  for (const tenant of family) {
    const member = await effectiveConnection(tx, tenant.id);
    const concerned = (await ownerGroups(tx, member)).length > 0;
    if (concerned && (await hasActiveOwner(reader, member))) owned.push(tenant);
  }
  await work();
  for (const tenant of owned) {
    if (!(await hasActiveOwner(reader, await effectiveConnection(tx, tenant.id)))) return tenant;
  }
  return undefined;
}
