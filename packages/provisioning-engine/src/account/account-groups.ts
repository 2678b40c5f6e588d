/**
 * The groups of accounts, with where each membership comes from. A membership counts as long as one source remains.
 *
 * @module
 */
import type { AccountGroup } from "../admin/views.ts";
import type { EffectiveConnection } from "../connection/effective-connection.ts";
import { faceId, faceOfMember } from "../group/group-projection.ts";
import { holdsMember, type ResolvedGroup, resolveGroup } from "../group/resolve-group.ts";
import type { AccountId, AccountRecord, GroupId, MembershipSource, Transaction } from "../ports/index.ts";
import { isManaged } from "./edit-policy.ts";
import { groupBy } from "./group-by.ts";

interface SourcedMembership {
  readonly accountId: AccountId;
  readonly groupId: GroupId;
  readonly source: MembershipSource;
}

const SOURCES: readonly MembershipSource[] = ["scim", "local", "default", "rule"];

/** @returns groups by account, in order of group id */
export async function readAccountGroups(
  tx: Transaction,
  connection: EffectiveConnection,
  accounts: readonly AccountRecord[],
): Promise<ReadonlyMap<AccountId, readonly AccountGroup[]>> {
  const memberships = [
    ...(await pushedMemberships(tx, connection, accounts)),
    ...(await localMemberships(tx, connection, accounts)),
  ];
  const groups = await resolveGroups(tx, connection, new Set(memberships.map(({ groupId }) => groupId)));
  const byAccount = groupBy(memberships, ({ accountId }) => accountId);
  return new Map(
    accounts.map((account) => [account.id, groupsOf(account, byAccount.get(account.id) ?? [], groups, connection)]),
  );
}

async function pushedMemberships(
  tx: Transaction,
  connection: EffectiveConnection,
  accounts: readonly AccountRecord[],
): Promise<readonly SourcedMembership[]> {
  const { root, settings } = connection;
  const memberships: SourcedMembership[] = [];
  for (const account of accounts) {
    if (account.directoryUserId === null || !isManaged(account, connection)) continue;
    const kind = faceOfMember(settings.groupProjection, account.kind);
    const ids = await tx.members.groupsOf(root.connectionId, account.directoryUserId, "inEffect");
    for (const directoryGroupId of ids) {
      memberships.push({ accountId: account.id, groupId: faceId({ directoryGroupId, kind }), source: "scim" });
    }
  }
  return memberships;
}

async function localMemberships(
  tx: Transaction,
  { tenant }: EffectiveConnection,
  accounts: readonly AccountRecord[],
): Promise<readonly SourcedMembership[]> {
  if (accounts.length === 0) return [];
  return tx.localGroups.membershipsOf(
    tenant.id,
    accounts.map(({ id }) => id),
  );
}

async function resolveGroups(
  tx: Transaction,
  connection: EffectiveConnection,
  ids: ReadonlySet<GroupId>,
): Promise<ReadonlyMap<GroupId, ResolvedGroup>> {
  const groups = new Map<GroupId, ResolvedGroup>();
  for (const id of ids) {
    const group = await resolveGroup(tx, connection, id);
    if (group !== null) groups.set(id, group);
  }
  return groups;
}

function groupsOf(
  account: AccountRecord,
  memberships: readonly SourcedMembership[],
  groups: ReadonlyMap<GroupId, ResolvedGroup>,
  connection: EffectiveConnection,
): readonly AccountGroup[] {
  const sources = new Map<GroupId, MembershipSource[]>();
  for (const { groupId, source } of memberships) {
    sources.set(groupId, [...(sources.get(groupId) ?? []), source]);
  }
  return [...sources.keys()].toSorted().flatMap((groupId) => {
    const group = groups.get(groupId);
    if (group === undefined || !holdsMember(group, account.kind, connection)) return [];
    const { id, name, kind } = group;
    return { id, name, kind, sources: SOURCES.filter((source) => sources.get(groupId)?.includes(source)) };
  });
}
