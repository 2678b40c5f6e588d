/**
 * Members of directory groups as set operations: each statement takes all ids at once, as one JSON parameter.
 *
 * @module
 */
import type { MemberRepository, Slice } from "@muster/provisioning-engine/ports";
import { atMost, flag, list, type Sql, type SqlParameters } from "./sql.ts";

type MemberRow = { readonly user_id: string };
type GroupRow = { readonly group_id: string };
type Group = { readonly connection_id: string; readonly group_id: string };

const IN_GROUP = "connection_id = :connection_id and group_id = :group_id";
const GIVEN = "(select value from json_each(:user_ids))";
const LIVE_USERS = `
  select id as user_id from users
  where connection_id = :connection_id and id in ${GIVEN} and deleted_at is null`;
const NAMED = `select user_id from members where ${IN_GROUP} and in_directory = 1`;

const UNKNOWN = `
  select distinct value as user_id from json_each(:user_ids) where value not in (select user_id from (${LIVE_USERS}))
  order by user_id`;
const ADDED = `${LIVE_USERS} and id not in (${NAMED} and user_id in ${GIVEN}) order by user_id`;
const ADD = `
  insert into members (connection_id, group_id, user_id, in_directory, in_effect)
  select :connection_id, :group_id, user_id, 1, :in_effect from (${LIVE_USERS}) where true
  on conflict do update set in_directory = 1, in_effect = max(in_effect, excluded.in_effect)
    where in_directory = 0 or in_effect < excluded.in_effect`;

const REMOVED = `${NAMED} and user_id in ${GIVEN} order by user_id`;
const SURPLUS = `${NAMED} and user_id not in ${GIVEN} order by user_id`;
const END = `delete from members where ${IN_GROUP} and user_id in ${GIVEN} and in_effect <= :in_effect`;
const END_DIRECTORY_SIDE = `
  update members set in_directory = 0 where ${IN_GROUP} and user_id in ${GIVEN} and in_directory = 1`;

const PAGE = `${NAMED} and user_id > :after order by user_id limit :limit`;
const EFFECTIVE = `
  select user_id from members where ${IN_GROUP} and in_effect = 1 and user_id > :after order by user_id limit :limit`;
const HAS = `${NAMED} and user_id = :user_id`;
// The indexes are named since SQLite, which keeps no statistics here, would read the whole connection instead.
const OF_USER = "members indexed by members_by_user where connection_id = :connection_id and user_id = :user_id";
const GROUPS_OF = {
  inDirectory: `select group_id from ${OF_USER} and in_directory = 1 order by group_id`,
  inEffect: `select group_id from ${OF_USER} and in_effect = 1 order by group_id`,
};
const END_USER = `delete from ${OF_USER}`;

const UNSETTLED = "members indexed by members_unsettled";
const OF_CONNECTION = "where connection_id = :connection_id and in_directory <> in_effect";
const END_UNNAMED = `delete from ${UNSETTLED} ${OF_CONNECTION} and in_directory = 0`;
const TAKE_EFFECT = `update ${UNSETTLED} set in_effect = 1 ${OF_CONNECTION}`;

export function createMembers(sql: Sql): MemberRepository {
  const userIds = (statement: string, parameters: SqlParameters) =>
    sql.all<MemberRow>(statement, parameters).map((row) => row.user_id);
  const slice = (statement: string, group: Group, { after = "", limit }: Slice) =>
    userIds(statement, { ...group, after, limit: atMost(limit) });
  const add = (group: Group, ids: readonly string[], inEffect: boolean) => {
    const parameters = { ...group, user_ids: list(ids), in_effect: flag(inEffect) };
    const result = { added: userIds(ADDED, parameters), unknown: userIds(UNKNOWN, parameters) };
    sql.all(ADD, parameters);
    return result;
  };
  const remove = (group: Group, ids: readonly string[], inEffect: boolean) => {
    const parameters = { ...group, user_ids: list(ids), in_effect: flag(inEffect) };
    const removed = userIds(REMOVED, parameters);
    sql.all(END, parameters);
    sql.all(END_DIRECTORY_SIDE, parameters);
    return removed;
  };
  return {
    add: async (connectionId, groupId, ids, { inEffect }) => add(groupOf(connectionId, groupId), ids, inEffect),
    remove: async (connectionId, groupId, ids, { inEffect }) => remove(groupOf(connectionId, groupId), ids, inEffect),
    replace: async (connectionId, groupId, ids, { inEffect }) => {
      const group = groupOf(connectionId, groupId);
      const surplus = userIds(SURPLUS, { ...group, user_ids: list(ids) });
      const removed = remove(group, surplus, inEffect);
      return { ...add(group, ids, inEffect), removed };
    },
    page: async (connectionId, groupId, after) => slice(PAGE, groupOf(connectionId, groupId), after),
    effective: async (connectionId, groupId, after) => slice(EFFECTIVE, groupOf(connectionId, groupId), after),
    has: async (connectionId, groupId, userId) =>
      sql.first(HAS, { ...groupOf(connectionId, groupId), user_id: userId }) !== undefined,
    groupsOf: async (connectionId, userId, side) =>
      sql.all<GroupRow>(GROUPS_OF[side], { connection_id: connectionId, user_id: userId }).map((row) => row.group_id),
    removeUser: async (connectionId, userId) => {
      sql.all(END_USER, { connection_id: connectionId, user_id: userId });
    },
    settle: async (connectionId) => {
      sql.all(END_UNNAMED, { connection_id: connectionId });
      sql.all(TAKE_EFFECT, { connection_id: connectionId });
    },
  };
}

function groupOf(connectionId: string, groupId: string): Group {
  return { connection_id: connectionId, group_id: groupId };
}
