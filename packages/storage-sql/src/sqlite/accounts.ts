import type { AccountQuery, AccountRecord, AccountRepository, DecidedRole } from "@muster/provisioning-engine/ports";
import { atMost, flag, fold, foldOrNull, json, list, parsed, type Sql } from "./sql.ts";

type AccountRow = {
  readonly tenant_id: string;
  readonly id: string;
  readonly kind: AccountRecord["kind"];
  readonly user_name: string;
  readonly user_name_lower: string;
  readonly email: string | null;
  readonly email_lower: string | null;
  readonly name: string;
  readonly name_lower: string;
  readonly active: number;
  readonly archived: number;
  readonly provisioned_role: string | null;
  readonly decided_role: string | null;
  readonly decided_role_source: DecidedRole["source"] | null;
  readonly decided_content_role: string | null;
  readonly decided_content_role_source: DecidedRole["source"] | null;
  readonly defaults_applied: string;
  readonly break_glass: number;
  readonly connection_id: string | null;
  readonly directory_user_id: string | null;
  readonly saml_name_id: string | null;
  readonly created_at: string;
  readonly updated_at: string;
  readonly version: number;
};

const INSERT = `
  insert into accounts (tenant_id, id, kind, user_name, user_name_lower, email, email_lower, name, name_lower, active,
    archived, provisioned_role, decided_role, decided_role_source, decided_content_role, decided_content_role_source,
    defaults_applied, break_glass, connection_id, directory_user_id, saml_name_id, created_at, updated_at, version)
  values (:tenant_id, :id, :kind, :user_name, :user_name_lower, :email, :email_lower, :name, :name_lower, :active,
    :archived, :provisioned_role, :decided_role, :decided_role_source, :decided_content_role, :decided_content_role_source,
    :defaults_applied, :break_glass, :connection_id, :directory_user_id, :saml_name_id, :created_at, :updated_at,
    :version)
  on conflict (tenant_id, id) do nothing
  returning 1`;
const GET = "select * from accounts where tenant_id = :tenant_id and id = :id";
const GET_MANY = `
  select accounts.* from json_each(:ids) as given
  join accounts on accounts.tenant_id = :tenant_id and accounts.id = given.value
  order by given.key`;
const UPDATE = `
  update accounts set kind = :kind, user_name = :user_name, user_name_lower = :user_name_lower, email = :email,
    email_lower = :email_lower, name = :name, name_lower = :name_lower, active = :active,
    archived = :archived,
    provisioned_role = :provisioned_role, decided_role = :decided_role, decided_role_source = :decided_role_source,
    decided_content_role = :decided_content_role, decided_content_role_source = :decided_content_role_source,
    defaults_applied = :defaults_applied, break_glass = :break_glass,
    connection_id = :connection_id, directory_user_id = :directory_user_id, saml_name_id = :saml_name_id,
    created_at = :created_at, updated_at = :updated_at, version = :version
  where tenant_id = :tenant_id and id = :id and version = :version - 1
  returning 1`;
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
  const first = (statement: string, parameters: Record<string, string>) => {
    const row = sql.first<AccountRow>(statement, parameters);
    return row === undefined ? null : toAccount(row);
  };
  return {
    insert: async (account) => sql.insert(INSERT, toRow(account), CONFLICTS),
    get: async (tenantId, id) => first(GET, { tenant_id: tenantId, id }),
    getMany: async (tenantId, ids) =>
      sql.all<AccountRow>(GET_MANY, { tenant_id: tenantId, ids: list(ids) }).map(toAccount),
    update: async (account) => sql.update(UPDATE, toRow(account), CONFLICTS),
    delete: async (tenantId, id) => sql.first(DELETE, { tenant_id: tenantId, id }) !== undefined,
    find: async (query) => findRows(sql, query).map(toAccount),
    byUserName: async (tenantId, userName) =>
      first(BY_USER_NAME, { tenant_id: tenantId, user_name_lower: fold(userName) }),
    byEmail: async (tenantId, email) =>
      sql.all<AccountRow>(BY_EMAIL, { tenant_id: tenantId, email_lower: fold(email) }).map(toAccount),
    bySamlNameId: async (tenantId, nameId) => first(BY_SAML_NAME_ID, { tenant_id: tenantId, saml_name_id: nameId }),
  };
}

function findRows(sql: Sql, query: AccountQuery): readonly AccountRow[] {
  const { tenantId, kind, active, connectionId, decidedRole, text, after = "", limit } = query;
  const filters = FILTER_NAMES.filter((name) => query[name] !== undefined).map((name) => ` and ${FILTERS[name]}`);
  const statement = `
    select * from accounts where tenant_id = :tenant_id and id > :after${filters.join("")} order by id limit :limit`;
  return sql.all(statement, {
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

function toRow(account: AccountRecord): AccountRow {
  return {
    tenant_id: account.tenantId,
    id: account.id,
    kind: account.kind,
    user_name: account.userName,
    user_name_lower: fold(account.userName),
    email: account.email,
    email_lower: foldOrNull(account.email),
    name: account.name,
    name_lower: fold(account.name),
    active: flag(account.active),
    archived: flag(account.archived),
    provisioned_role: account.provisionedRole,
    decided_role: account.decidedRole?.value ?? null,
    decided_role_source: account.decidedRole?.source ?? null,
    decided_content_role: account.decidedContentRole?.value ?? null,
    decided_content_role_source: account.decidedContentRole?.source ?? null,
    defaults_applied: json(account.defaultsApplied),
    break_glass: flag(account.breakGlass),
    connection_id: account.connectionId,
    directory_user_id: account.directoryUserId,
    saml_name_id: account.samlNameId,
    created_at: account.createdAt,
    updated_at: account.updatedAt,
    version: account.version,
  };
}

function toAccount(row: AccountRow): AccountRecord {
  return {
    tenantId: row.tenant_id,
    id: row.id,
    kind: row.kind,
    userName: row.user_name,
    email: row.email,
    name: row.name,
    active: row.active === 1,
    archived: row.archived === 1,
    provisionedRole: row.provisioned_role,
    decidedRole: decidedRole(row.decided_role, row.decided_role_source),
    decidedContentRole: decidedRole(row.decided_content_role, row.decided_content_role_source),
    defaultsApplied: parsed(row.defaults_applied),
    breakGlass: row.break_glass === 1,
    connectionId: row.connection_id,
    directoryUserId: row.directory_user_id,
    samlNameId: row.saml_name_id,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    version: row.version,
  };
}

function decidedRole(value: string | null, source: DecidedRole["source"] | null): DecidedRole | null {
  return value === null || source === null ? null : { value, source };
}
