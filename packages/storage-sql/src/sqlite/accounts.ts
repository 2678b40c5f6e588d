import type { AccountQuery, AccountRecord, AccountRepository } from "@muster/provisioning-engine/ports";
import { atMost, flag, fold, list, type Sql } from "./sql.ts";
import { defineTable } from "./table.ts";

const ACCOUNTS = defineTable<AccountRecord>(
  "accounts",
  {
    tenantId: "plain",
    id: "plain",
    kind: "plain",
    userName: "plain",
    email: "plain",
    name: "plain",
    active: "flag",
    archived: "flag",
    provisionedRole: "plain",
    decidedRole: { value: "decided_role", source: "decided_role_source" },
    decidedContentRole: { value: "decided_content_role", source: "decided_content_role_source" },
    defaultsApplied: "json",
    breakGlass: "flag",
    connectionId: "plain",
    directoryUserId: "plain",
    samlNameId: "plain",
    createdAt: "plain",
    updatedAt: "plain",
    version: "plain",
  },
  { fixed: ["tenantId", "id"], folded: ["userName", "email", "name"] },
);

const INSERT = `${ACCOUNTS.insert} on conflict (tenant_id, id) do nothing returning 1`;
const GET = "select * from accounts where tenant_id = :tenant_id and id = :id";
const GET_MANY = `
  select accounts.* from json_each(:ids) as given
  join accounts on accounts.tenant_id = :tenant_id and accounts.id = given.value
  order by given.key`;
const UPDATE = `${ACCOUNTS.update} where tenant_id = :tenant_id and id = :id and version = :version - 1 returning 1`;
const DELETE = "delete from accounts where tenant_id = :tenant_id and id = :id returning 1";
const BY_USER_NAME = "select * from accounts where tenant_id = :tenant_id and user_name_lower = :user_name_lower";
const BY_EMAIL = "select * from accounts where tenant_id = :tenant_id and email_lower = :email_lower order by id";
const BY_SAML_NAME_ID = `
  select * from accounts where tenant_id = :tenant_id and saml_name_id = :saml_name_id order by id limit 1`;

/** What a filter of a listing asks of a row; `instr`, since `like` would read wildcards in the text. */
const FILTERS = {
  kind: "kind = :kind",
  active: "active = :active",
  connectionId: "connection_id = :connection_id",
  decidedRole: "decided_role = :decided_role",
  text: "(instr(user_name_lower, :text) or instr(email_lower, :text) or instr(name_lower, :text))",
};
const FILTER_NAMES = Object.keys(FILTERS) as (keyof typeof FILTERS)[];

const CONFLICTS = { user_name_lower: "userName" };

export function createAccounts(sql: Sql): AccountRepository {
  return {
    insert: async (account) => sql.insert(INSERT, ACCOUNTS.toRow(account), CONFLICTS),
    get: async (tenantId, id) => ACCOUNTS.first(sql, GET, { tenant_id: tenantId, id }),
    getMany: async (tenantId, ids) => ACCOUNTS.all(sql, GET_MANY, { tenant_id: tenantId, ids: list(ids) }),
    update: async (account) => sql.update(UPDATE, ACCOUNTS.toRow(account), CONFLICTS),
    delete: async (tenantId, id) => sql.first(DELETE, { tenant_id: tenantId, id }) !== undefined,
    find: async (query) => findAccounts(sql, query),
    byUserName: async (tenantId, userName) =>
      ACCOUNTS.first(sql, BY_USER_NAME, { tenant_id: tenantId, user_name_lower: fold(userName) }),
    byEmail: async (tenantId, email) => ACCOUNTS.all(sql, BY_EMAIL, { tenant_id: tenantId, email_lower: fold(email) }),
    bySamlNameId: async (tenantId, nameId) =>
      ACCOUNTS.first(sql, BY_SAML_NAME_ID, { tenant_id: tenantId, saml_name_id: nameId }),
  };
}

function findAccounts(sql: Sql, query: AccountQuery): readonly AccountRecord[] {
  const { tenantId, kind, active, connectionId, decidedRole, text, after = "", limit } = query;
  const filters = FILTER_NAMES.filter((name) => query[name] !== undefined).map((name) => ` and ${FILTERS[name]}`);
  const statement = `
    select * from accounts where tenant_id = :tenant_id and id > :after${filters.join("")} order by id limit :limit`;
  return ACCOUNTS.all(sql, statement, {
    tenant_id: tenantId,
    after,
    limit: atMost(limit),
    ...(kind !== undefined && { kind }),
    ...(active !== undefined && { active: flag(active) }),
    ...(connectionId !== undefined && { connection_id: connectionId }),
    ...(decidedRole !== undefined && { decided_role: decidedRole }),
    ...(text !== undefined && { text: fold(text) }),
  });
}
