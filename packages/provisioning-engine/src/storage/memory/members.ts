/**
 * Members of directory groups, with their two sides (see the port).
 *
 * @module
 */
import type { DirectoryMemberRecord, MemberRepository } from "../../ports/index.ts";
import { liveUser, type UserTable } from "./directory-users.ts";
import type { Journal } from "./journal.ts";
import { ALL, compositeKey, everyRow } from "./keys.ts";
import { take } from "./ordered.ts";
import { createTable, type Index, type Table } from "./table.ts";

type Side = "inDirectory" | "inEffect";

interface MemberRow extends DirectoryMemberRecord, Readonly<Record<Side, boolean>> {
  readonly connectionId: string;
}

type MemberIndex = "all" | "group" | "user" | `${Side}.group` | `${Side}.user`;

export type MemberTable = Table<MemberRow, MemberIndex>;

export function createMemberTable(journal: Journal): MemberTable {
  return createTable<MemberRow, MemberIndex>(journal, {
    owner: ({ connectionId }) => connectionId,
    id: rowId,
    indexes: {
      all: { values: everyRow },
      group: { values: ({ groupId }) => [groupId] },
      user: { values: ({ userId }) => [userId] },
      "inDirectory.group": usersOf("inDirectory"),
      "inDirectory.user": groupsOf("inDirectory"),
      "inEffect.group": usersOf("inEffect"),
      "inEffect.user": groupsOf("inEffect"),
    },
  });
}

function rowId({ groupId, userId }: DirectoryMemberRecord): string {
  return compositeKey(groupId, userId);
}

function usersOf(side: Side): Index<MemberRow> {
  return { values: (row) => (row[side] ? [row.groupId] : []), order: ({ userId }) => userId };
}

function groupsOf(side: Side): Index<MemberRow> {
  return { values: (row) => (row[side] ? [row.userId] : []), order: ({ groupId }) => groupId };
}

const NEITHER_SIDE: Readonly<Record<Side, boolean>> = { inDirectory: false, inEffect: false };

/** Writes a row, or deletes it when neither side is left. */
function write(members: MemberTable, row: MemberRow): void {
  if (row.inDirectory || row.inEffect) members.put(row);
  else members.delete(row.connectionId, rowId(row));
}

/** Ends every membership of a group. */
export function endGroup(members: MemberTable, connectionId: string, groupId: string): void {
  endAll(members, members.rows(connectionId, "group", groupId).from());
}

function endAll(members: MemberTable, rows: Iterable<MemberRow>): void {
  for (const row of rows) members.delete(row.connectionId, rowId(row));
}

export function createMembers(members: MemberTable, users: UserTable): MemberRepository {
  /** Moves the directory side, and the other one with it when told so; false when there was nothing to move. */
  const move = (connectionId: string, groupId: string, userId: string, member: boolean, inEffect: boolean) => {
    const stored = members.get(connectionId, rowId({ groupId, userId })) ?? NEITHER_SIDE;
    const effective = inEffect ? member : stored.inEffect;
    if (stored.inDirectory !== member || stored.inEffect !== effective) {
      write(members, { connectionId, groupId, userId, inDirectory: member, inEffect: effective });
    }
    return stored.inDirectory !== member;
  };
  const add: MemberRepository["add"] = async (connectionId, groupId, userIds, { inEffect }) => {
    const ids = distinct(userIds);
    const known = ids.filter((id) => liveUser(users, connectionId, id) !== undefined);
    const unknown = ids.filter((id) => liveUser(users, connectionId, id) === undefined);
    return { added: known.filter((id) => move(connectionId, groupId, id, true, inEffect)), unknown };
  };
  const remove: MemberRepository["remove"] = async (connectionId, groupId, userIds, { inEffect }) =>
    distinct(userIds).filter((id) => move(connectionId, groupId, id, false, inEffect));
  const named = (connectionId: string, groupId: string, side: Side) =>
    members.rows(connectionId, `${side}.group`, groupId);

  return {
    add,
    remove,
    replace: async (connectionId, groupId, userIds, options) => {
      const wanted = new Set(userIds);
      const present = Array.from(named(connectionId, groupId, "inDirectory").from(), ({ userId }) => userId);
      const surplus = present.filter((id) => !wanted.has(id));
      const removed = await remove(connectionId, groupId, surplus, options);
      return { ...(await add(connectionId, groupId, userIds, options)), removed };
    },
    page: async (connectionId, groupId, { after, limit }) =>
      take(named(connectionId, groupId, "inDirectory").from(after), limit).map(({ userId }) => userId),
    has: async (connectionId, groupId, userId) => named(connectionId, groupId, "inDirectory").has(userId),
    groupsOf: async (connectionId, userId, side) =>
      Array.from(members.rows(connectionId, `${side}.user`, userId).from(), ({ groupId }) => groupId),
    effective: async (connectionId, groupId, { after, limit }) =>
      take(named(connectionId, groupId, "inEffect").from(after), limit).map(({ userId }) => userId),
    removeUser: async (connectionId, userId) => endAll(members, members.rows(connectionId, "user", userId).from()),
    settle: async (connectionId) => {
      const unsettled = [...members.rows(connectionId, "all", ALL).from()].filter(
        ({ inDirectory, inEffect }) => inDirectory !== inEffect,
      );
      for (const row of unsettled) write(members, { ...row, inEffect: row.inDirectory });
    },
  };
}

/** Without repetitions, in order of id, the order in which rows are added at the least cost. */
function distinct(ids: readonly string[]): readonly string[] {
  return [...new Set(ids)].sort();
}
