/**
 * Memberships that an admin gives and takes. They stand beside those of the directory: neither side ends the other's
 * (R38, I16, I17).
 *
 * @module
 */
import { readAccount } from "../account/account-view.ts";
import type { EffectiveConnection } from "../connection/effective-connection.ts";
import { ProvisioningError } from "../errors.ts";
import { holdsMember, type ResolvedGroup, resolveGroup } from "../group/resolve-group.ts";
import type { GroupId, LocalMembershipRecord } from "../ports/index.ts";
import type { UnitOfWork } from "../unit-of-work.ts";
import { managedByIdp } from "./refusals.ts";
import type { Account } from "./views.ts";

/** Idempotent. @throws {ProvisioningError} `invalid_request` for a group of the other kind */
export async function addLocalMember(
  unit: UnitOfWork,
  connection: EffectiveConnection,
  groupId: GroupId,
  accountId: string,
): Promise<void> {
  const { group, account } = await readBoth(unit, connection, groupId, accountId);
  if (!holdsMember(group, account.kind, connection)) throw wrongKind(group, account);
  const membership = { tenantId: connection.tenant.id, groupId, accountId, source: "local" } as const;
  const existing = await localMemberships(unit, membership);
  if (existing.some(({ source }) => source === "local")) return;
  await unit.tx.localGroups.addMember(membership);
  await tell(unit, connection, group, accountId, "added", sourcesOf(account, groupId).length === 0);
}

/**
 * Idempotent. Takes what this side gave: a membership by hand, and one that a default of the connection gave.
 *
 * @throws {ProvisioningError} `managed_by_idp` when only the directory or a rule gave it
 */
export async function removeLocalMember(
  unit: UnitOfWork,
  connection: EffectiveConnection,
  groupId: GroupId,
  accountId: string,
): Promise<void> {
  const { group, account } = await readBoth(unit, connection, groupId, accountId);
  const held = sourcesOf(account, groupId).some((source) => source === "scim" || source === "rule");
  const memberships = await localMemberships(unit, { tenantId: connection.tenant.id, groupId, accountId });
  const given = memberships.filter(({ source }) => source !== "rule");
  if (given.length === 0 && held) throw managedByIdp(connection, ["membership"]);
  if (given.length === 0) return;
  for (const membership of given) await unit.tx.localGroups.removeMember(membership);
  await tell(unit, connection, group, accountId, "removed", !held);
}

async function readBoth(
  unit: UnitOfWork,
  connection: EffectiveConnection,
  groupId: GroupId,
  accountId: string,
): Promise<{ readonly group: ResolvedGroup; readonly account: Account }> {
  const group = await resolveGroup(unit.tx, connection, groupId);
  if (group === null) throw missing(connection, "group", groupId);
  const account = await readAccount(unit, connection, accountId);
  if (account === null) throw missing(connection, "account", accountId);
  return { group, account };
}

function missing({ tenant }: EffectiveConnection, what: string, id: string): ProvisioningError {
  return new ProvisioningError("not_found", `There is no ${what} "${id}" in the tenant "${tenant.id}".`);
}

function wrongKind({ name, kind }: ResolvedGroup, account: Account): ProvisioningError {
  return new ProvisioningError(
    "invalid_request",
    `"${name}" is a ${kind} group, and this account is a ${account.kind}.`,
    {
      hint: `Choose a ${account.kind} group.`,
    },
  );
}

async function localMemberships(
  { tx }: UnitOfWork,
  { tenantId, groupId, accountId }: Omit<LocalMembershipRecord, "source">,
): Promise<readonly LocalMembershipRecord[]> {
  const memberships = await tx.localGroups.membershipsOf(tenantId, [accountId]);
  return memberships.filter((membership) => membership.groupId === groupId);
}

function sourcesOf({ groups }: Account, groupId: GroupId): Account["groups"][number]["sources"] {
  return groups.find(({ id }) => id === groupId)?.sources ?? [];
}

/** An event only when somebody became a member, or ceased to be one: a second source changes neither. */
async function tell(
  unit: UnitOfWork,
  { tenant }: EffectiveConnection,
  { id, name }: ResolvedGroup,
  accountId: string,
  verb: "added" | "removed",
  effective: boolean,
): Promise<void> {
  const data = { group: { id, name }, accountIds: [accountId] };
  if (effective) await unit.emit({ tenantId: tenant.id, type: `group.members_${verb}`, groupId: id, data });
  const side = { account: accountId, source: "local" };
  await unit.audit({
    tenantId: tenant.id,
    action: `group.member_${verb}`,
    subject: { type: "group", id },
    ...(verb === "added" ? { after: side } : { before: side }),
  });
}
