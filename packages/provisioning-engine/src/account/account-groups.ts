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

/** A group that somebody is in, with the role that it gives. */
export interface HeldGroup extends AccountGroup {
  /** The group's own; null also for a default group that merely has the default role. */
  readonly role: string | null;
}

/** @returns groups by account, in order of group id */
export async function readAccountGroups(
  tx: Transaction,
  connection: EffectiveConnection,
  accounts: readonly AccountRecord[],
): Promise<ReadonlyMap<AccountId, readonly HeldGroup[]>> {
  const memberships = [
    ...(await pushedMemberships(tx, connection, accounts)),
    ...(await localMemberships(tx, connection, accounts)),
  ];
  const groups = await resolveGroups(tx, connection, new Set(memberships.map(({ groupId }) => groupId)));
  const roles = await readRoles(tx, connection, groups);
  const byAccount = groupBy(memberships, ({ accountId }) => accountId);
  return new Map(
    accounts.map((account) => {
      const held = groupsOf(account, byAccount.get(account.id) ?? [], groups, connection);
      return [account.id, held.map((group) => ({ ...group, role: roles.get(group.id) ?? null }))];
    }),
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

/** Of a group that was pushed, the role is what this tenant has laid over it. */
async function readRoles(
  tx: Transaction,
  { tenant }: EffectiveConnection,
  resolved: ReadonlyMap<GroupId, ResolvedGroup>,
): Promise<ReadonlyMap<GroupId, string | null>> {
  const groups = [...resolved.values()];
  const faces = groups.flatMap(({ id, origin }) => (origin === "scim" ? [id] : []));
  const overlays = faces.length === 0 ? [] : await tx.overlays.getMany(tenant.id, faces);
  const laidOver = overlays.map(({ accountId, role }) => [accountId, role] as const);
  const own = groups.flatMap((group) => (group.origin === "local" ? [[group.id, group.record.role] as const] : []));
  return new Map([...own, ...laidOver]);
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
