/**
 * A pushed group: made, renamed, deleted. It never adopts a local group by its name, and takes none along (R40, I20).
 *
 * @module
 */
import type { Attributes, MembershipDelta } from "@muster/scim-core";
import { attributeChanges } from "../account/account-changes.ts";
import { auditSides } from "../admin/differences.ts";
import type {
  DirectoryGroupId,
  DirectoryGroupRecord,
  DirectoryUserId,
  SyncCause,
  TenantId,
  Transaction,
  WriteResult,
} from "../ports/index.ts";
import { affectedMembers, reviewMembers } from "../role-rule/review.ts";
import { DISPROVED, type Push } from "../sync/push.ts";
import { quote } from "../sync/quote.ts";
import { closeFailures, lostRace, refusal } from "../sync/sync-failure.ts";
import { groupSubject } from "../sync/sync-subject.ts";
import { keepGroupOwners } from "./group-owners.ts";
import { faceId } from "./group-projection.ts";
import { announceGroup } from "./member-events.ts";
import type { MemberMoves } from "./member-moves.ts";
import { changeMembers } from "./membership.ts";

/** A group after a write. */
export interface ProvisionedGroup {
  readonly group: DirectoryGroupRecord;
  readonly changed: boolean;
  readonly members: MemberMoves;
  readonly closes: readonly SyncCause[];
}

/**
 * @param attributes without members
 * @throws {SyncRefusal} `duplicate`, `unknown_member`
 */
export async function insertGroup(
  push: Push,
  attributes: Attributes,
  members: readonly DirectoryUserId[],
): Promise<ProvisionedGroup> {
  const { unit, connection } = push;
  const group: DirectoryGroupRecord = {
    connectionId: connection.root.connectionId,
    id: unit.context.newId(),
    ...columnsOf(attributes),
    createdAt: unit.now,
    modifiedAt: unit.now,
    version: 1,
  };
  ensureWritten(await unit.tx.groups.insert(group), group);
  await announceGroup(push, group, "group.created");
  await audit(push, group, "group.created", { after: { displayName: group.displayName } });
  const deltas: readonly MembershipDelta[] = members.length === 0 ? [] : [{ kind: "add", ids: members }];
  const { complete, moves } = await changeMembers(push, group, deltas);
  return { group, changed: true, members: moves, closes: [...DISPROVED, "duplicate", ...(complete ? UNKNOWN : [])] };
}

const UNKNOWN: readonly SyncCause[] = ["unknown_member"];

export interface GroupWrite {
  /** `group.attributes` itself when nothing of them changes. */
  readonly attributes: Attributes;
  readonly membership: readonly MembershipDelta[];
}

/**
 * Members first, so that the version counts one write once.
 *
 * @throws {SyncRefusal} `duplicate`, `unknown_member`, `conflict`
 */
export async function updateGroup(
  push: Push,
  group: DirectoryGroupRecord,
  { attributes, membership }: GroupWrite,
): Promise<ProvisionedGroup> {
  const next = { ...group, ...columnsOf(attributes) };
  const { changed, complete, moves: members } = await changeMembers(push, next, membership);
  const closes = [...DISPROVED, ...(membership.length > 0 && complete ? UNKNOWN : [])];
  const isSame = attributes === group.attributes;
  if (isSame && !changed) return { group, changed: false, members, closes };
  const saved = { ...next, modifiedAt: push.unit.now, version: group.version + 1 };
  ensureWritten(await push.unit.tx.groups.update(saved), saved);
  if (!isSame) await tellUpdate(push, group, saved);
  // Rules know groups by these.
  const isKnownOtherwise = saved.displayName !== group.displayName || saved.externalId !== group.externalId;
  if (isKnownOtherwise) await reviewMembers(push, await affectedMembers(push, group.id));
  const isRenamed = groupSubject(group).key !== groupSubject(saved).key;
  const isWritten = saved.displayName !== group.displayName;
  if (!isRenamed)
    return { group: saved, changed: true, members, closes: isWritten ? [...closes, "duplicate"] : closes };
  // Failures are filed by name: what is open under the old one would never be found again.
  await closeFailures(push.unit, push.connection.tenant.id, groupSubject(group));
  return { group: saved, changed: true, members, closes: [...closes, "duplicate"] };
}

async function tellUpdate(push: Push, before: DirectoryGroupRecord, after: DirectoryGroupRecord): Promise<void> {
  const path = "displayName";
  const renamed = before.displayName === after.displayName ? [] : [{ path, from: before[path], to: after[path] }];
  if (renamed.length > 0) await announceGroup(push, after, "group.updated");
  const changes = [...renamed, ...attributeChanges(before.attributes, after.attributes)];
  await audit(push, after, "group.updated", auditSides(changes));
}

/**
 * Ends the memberships that the directory gave; local groups of the same name stay as they are.
 *
 * @throws {SyncRefusal} `last_owner`
 */
export async function deleteGroup(push: Push, group: DirectoryGroupRecord): Promise<void> {
  const { tx } = push.unit;
  const { connectionId, id } = group;
  const members = await affectedMembers(push, id);
  await announceGroup(push, group, "group.deleted");
  await keepGroupOwners(push, async () => {
    await tx.groups.delete(connectionId, id);
    await forgetFaces(tx, push.connection.tenant.id, id);
  });
  await audit(push, group, "group.deleted", { before: { displayName: group.displayName } });
  await reviewMembers(push, members);
}

/** Ends what a tenant had added to the faces of a group. */
export async function forgetFaces(
  { localGroups, overlays }: Transaction,
  tenantId: TenantId,
  directoryGroupId: DirectoryGroupId,
): Promise<void> {
  for (const kind of ["user", "reader"] as const) {
    const id = faceId({ directoryGroupId, kind });
    await localGroups.delete(tenantId, id);
    await overlays.delete(tenantId, id);
  }
}

function columnsOf(attributes: Attributes): Pick<DirectoryGroupRecord, "attributes" | "displayName" | "externalId"> {
  const { displayName, externalId } = attributes;
  return {
    attributes,
    displayName: typeof displayName === "string" ? displayName : "",
    externalId: typeof externalId === "string" ? externalId : null,
  };
}

function ensureWritten(result: WriteResult, { displayName }: DirectoryGroupRecord): void {
  if (result.ok) return;
  if (result.conflict === "version") throw lostRace("group");
  const detail = `The displayName ${quote(displayName)} belongs to another pushed group. Rename or remove one of the two.`;
  throw refusal("duplicate", "uniqueness", detail);
}

async function audit(
  { unit, connection }: Push,
  { id }: DirectoryGroupRecord,
  action: string,
  sides: { readonly before?: unknown; readonly after?: unknown },
): Promise<void> {
  await unit.audit({ tenantId: connection.tenant.id, action, subject: { type: "group", id }, ...sides });
}
