/**
 * Events of pushed groups. Hosts know a pushed group by its faces, so that each face tells of itself and its members.
 *
 * @module
 */
import { groupBy } from "../account/group-by.ts";
import type { EventName } from "../events.ts";
import type { AccountRecord, DirectoryGroupRecord } from "../ports/index.ts";
import type { Push } from "../sync/push.ts";
import { faceId, faceOfMember, possibleFaces } from "./group-projection.ts";

type GroupEvent = Extract<EventName, "group.created" | "group.updated" | "group.deleted">;
type MemberEvent = Extract<EventName, "group.members_added" | "group.members_removed">;

/**
 * Tells of the group itself. A new group has its first face only; the other one announces itself with its first member,
 * since finding out whether it is there would mean to go through the members.
 */
export async function announceGroup(push: Push, group: DirectoryGroupRecord, type: GroupEvent): Promise<void> {
  const { unit, connection } = push;
  const [first, ...others] = possibleFaces(connection.settings.groupProjection);
  for (const kind of type === "group.created" ? [first] : [first, ...others]) {
    const face = { id: faceId({ directoryGroupId: group.id, kind }), name: group.displayName };
    await unit.emit({ tenantId: connection.tenant.id, type, groupId: face.id, data: { group: face } });
  }
}

/** Tells who came into effect in a group, or went out of it. */
export async function announceMembers(
  push: Push,
  group: DirectoryGroupRecord,
  accounts: readonly AccountRecord[],
  type: MemberEvent,
): Promise<void> {
  const { unit, connection } = push;
  const byFace = groupBy(accounts, ({ kind }) => faceOfMember(connection.settings.groupProjection, kind));
  for (const [kind, members] of byFace) {
    const face = { id: faceId({ directoryGroupId: group.id, kind }), name: group.displayName };
    const accountIds = members.map(({ id }) => id);
    await unit.emit({ tenantId: connection.tenant.id, type, groupId: face.id, data: { group: face, accountIds } });
  }
}
