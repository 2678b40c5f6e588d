/**
 * Memberships that rules give. They stand beside those of other sources, and end with the rule that gave them.
 *
 * @module
 */
import { readAccountGroups } from "../account/account-groups.ts";
import type { AccountGroup } from "../admin/views.ts";
import type { EffectiveConnection } from "../connection/effective-connection.ts";
import { resolveGroup } from "../group/resolve-group.ts";
import type { AccountRecord, GroupId, LocalMembershipRecord } from "../ports/index.ts";
import type { UnitOfWork } from "../unit-of-work.ts";

/**
 * Brings the memberships of source `rule` in line with a decision. A group that is gone since the rule was written is
 * passed over.
 *
 * @returns whether anything changed
 */
export async function settleRuleGroups(
  unit: UnitOfWork,
  connection: EffectiveConnection,
  account: AccountRecord,
  wanted: readonly GroupId[],
): Promise<boolean> {
  // Nobody has any before there were rules.
  if (connection.settings.roleMapping.version === 0) return false;
  const changes = await plan(unit, connection, account, wanted);
  if (changes.added.length + changes.ended.length === 0) return false;
  const { localGroups } = unit.tx;
  const before = await effectiveGroups(unit, connection, account);
  for (const membership of changes.ended) await localGroups.removeMember(membership);
  for (const membership of changes.added) await localGroups.addMember(membership);
  const after = await effectiveGroups(unit, connection, account);
  await tell(unit, account, "added", without(after, before));
  await tell(unit, account, "removed", without(before, after));
  await audit(unit, account, changes);
  return true;
}

interface MembershipChanges {
  readonly added: readonly LocalMembershipRecord[];
  readonly ended: readonly LocalMembershipRecord[];
}

async function plan(
  { tx }: UnitOfWork,
  connection: EffectiveConnection,
  { tenantId, id: accountId }: AccountRecord,
  wanted: readonly GroupId[],
): Promise<MembershipChanges> {
  const memberships = await tx.localGroups.membershipsOf(tenantId, [accountId]);
  const held = memberships.filter(({ source }) => source === "rule");
  const added: LocalMembershipRecord[] = [];
  for (const groupId of wanted) {
    if (held.some((membership) => membership.groupId === groupId)) continue;
    if ((await resolveGroup(tx, connection, groupId)) === null) continue;
    added.push({ tenantId, groupId, accountId, source: "rule" });
  }
  return { added, ended: held.filter(({ groupId }) => !wanted.includes(groupId)) };
}

async function effectiveGroups(
  { tx }: UnitOfWork,
  connection: EffectiveConnection,
  account: AccountRecord,
): Promise<readonly AccountGroup[]> {
  return (await readAccountGroups(tx, connection, [account])).get(account.id) ?? [];
}

function without(groups: readonly AccountGroup[], others: readonly AccountGroup[]): readonly AccountGroup[] {
  const known = new Set(others.map(({ id }) => id));
  return groups.filter(({ id }) => !known.has(id));
}

async function tell(
  unit: UnitOfWork,
  { tenantId, id: accountId }: AccountRecord,
  verb: "added" | "removed",
  groups: readonly AccountGroup[],
): Promise<void> {
  for (const { id, name } of groups) {
    const data = { group: { id, name }, accountIds: [accountId] };
    await unit.emit({ tenantId, type: `group.members_${verb}`, groupId: id, data });
  }
}

async function audit(
  unit: UnitOfWork,
  { tenantId, id }: AccountRecord,
  { added, ended }: MembershipChanges,
): Promise<void> {
  const ids = (memberships: readonly LocalMembershipRecord[]) => memberships.map(({ groupId }) => groupId);
  await unit.audit({
    tenantId,
    action: "account.rule_groups_changed",
    subject: { type: "account", id },
    before: { removed: ids(ended) },
    after: { added: ids(added) },
  });
}
