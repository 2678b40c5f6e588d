import type { GroupRecord, GroupRepository, LocalMembershipRecord } from "@muster/provisioning-engine/ports";
import { fold, json, list, parsed, type Sql } from "./sql.ts";

type GroupRow = {
  readonly tenant_id: string;
  readonly id: string;
  readonly name: string;
  readonly name_lower: string;
  readonly kind: GroupRecord["kind"];
  readonly role: string | null;
  readonly content_access: string;
  readonly created_at: string;
  readonly version: number;
};

type MembershipRow = {
  readonly tenant_id: string;
  readonly group_id: string;
  readonly account_id: string;
  readonly source: LocalMembershipRecord["source"];
};

const INSERT = `
  insert into local_groups (tenant_id, id, name, name_lower, kind, role, content_access, created_at, version)
  values (:tenant_id, :id, :name, :name_lower, :kind, :role, :content_access, :created_at, :version)
  on conflict (tenant_id, id) do nothing
  returning 1`;
const GET = "select * from local_groups where tenant_id = :tenant_id and id = :id";
const LIST = "select * from local_groups where tenant_id = :tenant_id order by id";
const UPDATE = `
  update local_groups set name = :name, name_lower = :name_lower, kind = :kind, role = :role,
    content_access = :content_access, created_at = :created_at, version = :version
  where tenant_id = :tenant_id and id = :id and version = :version - 1
  returning 1`;
const DELETE_MEMBERS = "delete from local_members where tenant_id = :tenant_id and group_id = :id";
const DELETE = "delete from local_groups where tenant_id = :tenant_id and id = :id returning 1";

const ADD_MEMBER = `
  insert into local_members (tenant_id, group_id, account_id, source)
  values (:tenant_id, :group_id, :account_id, :source)
  on conflict do nothing`;
const REMOVE_MEMBER = `
  delete from local_members
  where tenant_id = :tenant_id and group_id = :group_id and account_id = :account_id and source = :source
  returning 1`;
const MEMBERSHIPS_OF = `
  select local_members.* from json_each(:ids) as given
  join local_members on local_members.tenant_id = :tenant_id and local_members.account_id = given.value
  order by given.key, group_id, source`;
const MEMBERS_OF = `
  select * from local_members where tenant_id = :tenant_id and group_id = :group_id order by account_id, source`;

const CONFLICTS = { name_lower: "name" };

export function createLocalGroups(sql: Sql): GroupRepository {
  return {
    insert: async (group) => sql.insert(INSERT, toRow(group), CONFLICTS),
    get: async (tenantId, id) => {
      const row = sql.first<GroupRow>(GET, { tenant_id: tenantId, id });
      return row === undefined ? null : toGroup(row);
    },
    list: async (tenantId) => sql.all<GroupRow>(LIST, { tenant_id: tenantId }).map(toGroup),
    update: async (group) => sql.update(UPDATE, toRow(group), CONFLICTS),
    delete: async (tenantId, id) => {
      sql.all(DELETE_MEMBERS, { tenant_id: tenantId, id });
      return sql.first(DELETE, { tenant_id: tenantId, id }) !== undefined;
    },
    addMember: async (membership) => {
      sql.all(ADD_MEMBER, toMembershipRow(membership));
    },
    removeMember: async (membership) => sql.first(REMOVE_MEMBER, toMembershipRow(membership)) !== undefined,
    membershipsOf: async (tenantId, accountIds) => {
      const parameters = { tenant_id: tenantId, ids: list([...new Set(accountIds)]) };
      return sql.all<MembershipRow>(MEMBERSHIPS_OF, parameters).map(toMembership);
    },
    membersOf: async (tenantId, groupId) =>
      sql.all<MembershipRow>(MEMBERS_OF, { tenant_id: tenantId, group_id: groupId }).map(toMembership),
  };
}

function toRow(group: GroupRecord): GroupRow {
  return {
    tenant_id: group.tenantId,
    id: group.id,
    name: group.name,
    name_lower: fold(group.name),
    kind: group.kind,
    role: group.role,
    content_access: json(group.contentAccess),
    created_at: group.createdAt,
    version: group.version,
  };
}

function toGroup(row: GroupRow): GroupRecord {
  return {
    tenantId: row.tenant_id,
    id: row.id,
    name: row.name,
    kind: row.kind,
    role: row.role,
    contentAccess: parsed(row.content_access),
    createdAt: row.created_at,
    version: row.version,
  };
}

function toMembershipRow(membership: LocalMembershipRecord): MembershipRow {
  return {
    tenant_id: membership.tenantId,
    group_id: membership.groupId,
    account_id: membership.accountId,
    source: membership.source,
  };
}

function toMembership(row: MembershipRow): LocalMembershipRecord {
  return { tenantId: row.tenant_id, groupId: row.group_id, accountId: row.account_id, source: row.source };
}
