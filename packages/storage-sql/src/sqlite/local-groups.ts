import type { GroupRecord, GroupRepository, LocalMembershipRecord } from "@muster/provisioning-engine/ports";
import { list, type Sql } from "./sql.ts";
import { defineTable } from "./table.ts";

const GROUPS = defineTable<GroupRecord>(
  "local_groups",
  {
    tenantId: "plain",
    id: "plain",
    name: "plain",
    kind: "plain",
    role: "plain",
    contentAccess: "json",
    createdAt: "plain",
    version: "plain",
  },
  { fixed: ["tenantId", "id"], folded: ["name"] },
);

const INSERT = `${GROUPS.insert} on conflict (tenant_id, id) do nothing returning 1`;
const GET = "select * from local_groups where tenant_id = :tenant_id and id = :id";
const LIST = "select * from local_groups where tenant_id = :tenant_id order by id";
const UPDATE = `${GROUPS.update} where tenant_id = :tenant_id and id = :id and version = :version - 1 returning 1`;
const DELETE_MEMBERS = "delete from local_members where tenant_id = :tenant_id and group_id = :id";
const DELETE = "delete from local_groups where tenant_id = :tenant_id and id = :id returning 1";

const MEMBERS = defineTable<LocalMembershipRecord>("local_members", {
  tenantId: "plain",
  groupId: "plain",
  accountId: "plain",
  source: "plain",
});

const ADD_MEMBER = `${MEMBERS.insert} on conflict do nothing`;
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
    insert: async (group) => sql.insert(INSERT, GROUPS.toRow(group), CONFLICTS),
    get: async (tenantId, id) => GROUPS.first(sql, GET, { tenant_id: tenantId, id }),
    list: async (tenantId) => GROUPS.all(sql, LIST, { tenant_id: tenantId }),
    update: async (group) => sql.update(UPDATE, GROUPS.toRow(group), CONFLICTS),
    delete: async (tenantId, id) => {
      sql.all(DELETE_MEMBERS, { tenant_id: tenantId, id });
      return sql.first(DELETE, { tenant_id: tenantId, id }) !== undefined;
    },
    addMember: async (membership) => {
      sql.all(ADD_MEMBER, MEMBERS.toRow(membership));
    },
    removeMember: async (membership) => sql.first(REMOVE_MEMBER, MEMBERS.toRow(membership)) !== undefined,
    membershipsOf: async (tenantId, accountIds) => {
      const parameters = { tenant_id: tenantId, ids: list([...new Set(accountIds)]) };
      return MEMBERS.all(sql, MEMBERSHIPS_OF, parameters);
    },
    membersOf: async (tenantId, groupId) => MEMBERS.all(sql, MEMBERS_OF, { tenant_id: tenantId, group_id: groupId }),
  };
}
