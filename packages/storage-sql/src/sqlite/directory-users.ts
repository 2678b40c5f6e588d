import type { DirectoryUserRecord, DirectoryUserRepository, WriteResult } from "@muster/provisioning-engine/ports";
import { countRows, type DirectoryTable, findRows } from "./directory-query.ts";
import { flag, fold, json, list, parsed, type Sql } from "./sql.ts";

type UserRow = {
  readonly connection_id: string;
  readonly id: string;
  readonly account_id: string;
  readonly user_name: string;
  readonly user_name_lower: string;
  readonly external_id: string | null;
  readonly emails: string;
  readonly active: number;
  readonly attributes: string;
  readonly created_at: string;
  readonly modified_at: string;
  readonly deleted_at: string | null;
  readonly version: number;
};

const USERS: DirectoryTable = {
  name: "users",
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

const INSERT = `
  insert into users (connection_id, id, account_id, user_name, user_name_lower, external_id, emails, active, attributes,
    created_at, modified_at, deleted_at, version)
  values (:connection_id, :id, :account_id, :user_name, :user_name_lower, :external_id, :emails, :active, :attributes,
    :created_at, :modified_at, :deleted_at, :version)
  on conflict (connection_id, id) do nothing
  returning 1`;
const GET = "select * from users where connection_id = :connection_id and id = :id and deleted_at is null";
const UPDATE = `
  update users set account_id = :account_id, user_name = :user_name, user_name_lower = :user_name_lower,
    external_id = :external_id, emails = :emails, active = :active, attributes = :attributes, created_at = :created_at,
    modified_at = :modified_at, deleted_at = :deleted_at, version = :version
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
    insert: async (user) => withEmails(user, sql.insert(INSERT, toRow(user), CONFLICTS)),
    get: async (connectionId, id) => {
      const row = sql.first<UserRow>(GET, { connection_id: connectionId, id });
      return row === undefined ? null : toUser(row);
    },
    update: async (user) => withEmails(user, sql.update(UPDATE, toRow(user), CONFLICTS)),
    find: async (query) => findRows<UserRow>(sql, USERS, query).map(toUser),
    count: async (connectionId, lookups) => countRows(sql, USERS, connectionId, lookups),
    retained: async (connectionId, { externalId, userName }) => {
      const keys = { connection_id: connectionId, external_id: externalId, user_name_lower: fold(userName) };
      const row = sql.first<UserRow>(RETAINED_BY_EXTERNAL_ID, keys) ?? sql.first<UserRow>(RETAINED_BY_USER_NAME, keys);
      return row === undefined ? null : toUser(row);
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

function toRow(user: DirectoryUserRecord): UserRow {
  return {
    connection_id: user.connectionId,
    id: user.id,
    account_id: user.accountId,
    user_name: user.userName,
    user_name_lower: fold(user.userName),
    external_id: user.externalId,
    emails: json(user.emails),
    active: flag(user.active),
    attributes: json(user.attributes),
    created_at: user.createdAt,
    modified_at: user.modifiedAt,
    deleted_at: user.deletedAt,
    version: user.version,
  };
}

function toUser(row: UserRow): DirectoryUserRecord {
  return {
    connectionId: row.connection_id,
    id: row.id,
    accountId: row.account_id,
    userName: row.user_name,
    externalId: row.external_id,
    emails: parsed(row.emails),
    active: row.active === 1,
    attributes: parsed(row.attributes),
    createdAt: row.created_at,
    modifiedAt: row.modified_at,
    deletedAt: row.deleted_at,
    version: row.version,
  };
}
