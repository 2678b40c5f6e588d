/**
 * What holds of groups and their members.
 *
 * @module
 */
import { isDeepStrictEqual } from "node:util";
import { byMachine, ensureSame, type Invariant, pairs, parentOf } from "./observation.ts";

/** I16, I20: a machine removes no membership that a person or a default gave, and takes over no local group. */
export const localGroupsStay: Invariant = (observation) => {
  if (!byMachine(observation)) return;
  for (const { before, after } of pairs(observation)) {
    ensureSame(after.localGroups, before.localGroups, "I20: a machine changed local groups.");
    const parent = parentOf(observation.after, after) ?? after;
    const groups = new Set([...after.localGroups, ...parent.groups].map(({ id }) => id));
    const lost = before.localMembers.filter((was) => {
      const stands = groups.has(was.groupId) || groups.has(was.groupId.replace(/\.(user|reader)$/, ""));
      return stands && !after.localMembers.some((now) => isDeepStrictEqual(now, was));
    });
    ensureSame(lost, [], "I16: a machine ended local memberships.");
  }
};

/** I17: a person's edit changes no membership that the directory gave; only deleting its group or person does. */
export const pushedMembersStay: Invariant = (observation) => {
  if (observation.step.author !== "person" || observation.did.deletes !== undefined) return;
  for (const { before, after } of pairs(observation)) {
    const now = new Map(after.members.map((sides) => [sides.groupId, sides]));
    for (const was of before.members) {
      const sides = now.get(was.groupId);
      if (sides !== undefined) ensureSame(sides.named, was.named, "I17: a person changed what the directory said.");
    }
  }
};

/** I18: switching group sync off changes nobody's effective membership; switching it on makes both sides equal. */
export const groupSyncSettles: Invariant = (observation) => {
  for (const { before, after } of pairs(observation)) {
    const [was, is] = [before.connection.settings?.groupSync, after.connection.settings?.groupSync];
    if (was === true && is === false) ensureSame(after.members, before.members, "I18: switching off changed members.");
    if (is !== true) continue;
    for (const { groupId, named, effective } of after.members) {
      ensureSame(effective, named, `I18: with group sync on, the sides of ${groupId} differ.`);
    }
  }
};

/** I18: while group sync is off nobody comes into effect, and only who leaves the directory goes out of it. */
export const groupSyncOffDrivesNothing: Invariant = (observation) => {
  for (const { before, after } of pairs(observation)) {
    const isOff = [before, after].every(({ connection }) => connection.settings?.groupSync === false);
    if (!isOff || observation.did.archives !== undefined) continue;
    const stay = new Set(after.users.map(({ id }) => id));
    const was = new Map(before.members.map(({ groupId, effective }) => [groupId, effective]));
    for (const { groupId, effective } of after.members) {
      const expected = (was.get(groupId) ?? []).filter((id) => stay.has(id));
      ensureSame(effective, expected, `I18: with group sync off, the members of ${groupId} changed.`);
    }
  }
};
