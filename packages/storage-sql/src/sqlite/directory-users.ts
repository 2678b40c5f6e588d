import type { DirectoryUserRecord, DirectoryUserRepository, WriteResult } from "@muster/provisioning-engine/ports";
import { countRecords, type DirectoryListing, findRecords } from "./directory-query.ts";
import { fold, list, type Sql } from "./sql.ts";
import { defineTable } from "./table.ts";

const USERS = defineTable<DirectoryUserRecord>(
  "users",
  {
    connectionId: "plain",
    id: "plain",
    accountId: "plain",
    userName: "plain",
    externalId: "plain",
    emails: "json",
    active: "flag",
    attributes: "json",
    createdAt: "plain",
    modifiedAt: "plain",
    deletedAt: "plain",
    version: "plain",
  },
  { fixed: ["connectionId", "id"], folded: ["userName"] },
);

const LISTING: DirectoryListing<DirectoryUserRecord> = {
  table: USERS,
  visible: "deleted_at is null",
  conditions: {
    id: "id = :id",
    externalId: "external_id = :externalId",
    userName: "user_name_lower = :userName",
    // Has each of the wanted addresses. A cross join is never turned around: the addresses come first.
    emails: `id in (
      select user_id from json_each(:emails) as given
      cross join user_emails on connection_id = :connection_id and email_lower = given.value
      group by user_id having count(*) = :emails_count)`,
  },
  size: "select users as count from directory_counts where connection_id = :connection_id",
};

const INSERT = `${USERS.insert} on conflict (connection_id, id) do nothing returning 1`;
const GET = "select * from users where connection_id = :connection_id and id = :id and deleted_at is null";
const UPDATE = `
  ${USERS.update}
  where connection_id = :connection_id and id = :id and version = :version - 1 and deleted_at is null
  returning 1`;

const DROP_EMAILS = `
  delete from user_emails where connection_id = :connection_id and user_id = :user_id
    and email_lower not in (select value from json_each(:emails))`;
const ADD_EMAILS = `
  insert into user_emails (connection_id, email_lower, user_id)
  select :connection_id, value, :user_id from json_each(:emails) where true
  on conflict do nothing`;

const RETAINED_BY_EXTERNAL_ID = `
  select * from users
  where connection_id = :connection_id and external_id = :external_id and deleted_at is not null
  order by deleted_at desc, id desc limit 1`;
const RETAINED_BY_USER_NAME = `
  select * from users
  where connection_id = :connection_id and user_name_lower = :user_name_lower and deleted_at is not null
  order by deleted_at desc, id desc limit 1`;

const CONFLICTS = { user_name_lower: "userName", external_id: "externalId" };

export function createUsers(sql: Sql): DirectoryUserRepository {
  const withEmails = (user: DirectoryUserRecord, result: WriteResult) => {
    if (result.ok) writeEmails(sql, user);
    return result;
  };
  return {
    insert: async (user) => withEmails(user, sql.insert(INSERT, USERS.toRow(user), CONFLICTS)),
    get: async (connectionId, id) => USERS.first(sql, GET, { connection_id: connectionId, id }),
    update: async (user) => withEmails(user, sql.update(UPDATE, USERS.toRow(user), CONFLICTS)),
    find: async (query) => findRecords(sql, LISTING, query),
    count: async (connectionId, lookups) => countRecords(sql, LISTING, connectionId, lookups),
    retained: async (connectionId, { externalId, userName }) => {
      const keys = { connection_id: connectionId, external_id: externalId, user_name_lower: fold(userName) };
      return USERS.first(sql, RETAINED_BY_EXTERNAL_ID, keys) ?? USERS.first(sql, RETAINED_BY_USER_NAME, keys);
    },
  };
}

/** Makes the rows by which a person is found by address those of the record; none once the person is deleted. */
function writeEmails(sql: Sql, { connectionId, id, emails, deletedAt }: DirectoryUserRecord): void {
  const findable = deletedAt === null ? emails.map(fold) : [];
  const parameters = { connection_id: connectionId, user_id: id, emails: list(findable) };
  sql.all(DROP_EMAILS, parameters);
  sql.all(ADD_EMAILS, parameters);
}
