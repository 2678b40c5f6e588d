/**
 * Groups made in the product, and memberships that do not come from a directory.
 *
 * @module
 */
import type { GroupRecord, GroupRepository, LocalMembershipRecord } from "../../ports/index.ts";
import type { Journal } from "./journal.ts";
import { ALL, compositeKey, everyRow, fold } from "./keys.ts";
import { createTable } from "./table.ts";

export function createLocalGroups(journal: Journal): GroupRepository {
  const groups = createTable<GroupRecord, "all" | "name">(journal, {
    owner: ({ tenantId }) => tenantId,
    id: ({ id }) => id,
    indexes: { all: { values: everyRow }, name: { values: ({ kind, name }) => [compositeKey(kind, fold(name))] } },
    unique: ["name"],
  });
  const memberships = createTable<LocalMembershipRecord, "group" | "account">(journal, {
    owner: ({ tenantId }) => tenantId,
    id: membershipId,
    indexes: {
      group: {
        values: ({ groupId }) => [groupId],
        order: ({ accountId, source }) => compositeKey(accountId, source),
      },
      account: {
        values: ({ accountId }) => [accountId],
        order: ({ groupId, source }) => compositeKey(groupId, source),
      },
    },
  });
  return {
    insert: async (group) => groups.insert(group),
    get: async (tenantId, id) => groups.get(tenantId, id) ?? null,
    list: async (tenantId) => [...groups.rows(tenantId, "all", ALL).from()],
    update: async (group) => groups.update(groups.get(group.tenantId, group.id), group),
    delete: async (tenantId, id) => {
      for (const membership of memberships.rows(tenantId, "group", id).from()) {
        memberships.delete(tenantId, membershipId(membership));
      }
      return groups.delete(tenantId, id) !== undefined;
    },
    addMember: async ({ tenantId, groupId, accountId, source }) =>
      memberships.put({ tenantId, groupId, accountId, source }),
    removeMember: async (membership) => memberships.delete(membership.tenantId, membershipId(membership)) !== undefined,
    membershipsOf: async (tenantId, accountIds) =>
      [...new Set(accountIds)].flatMap((id) => [...memberships.rows(tenantId, "account", id).from()]),
    membersOf: async (tenantId, groupId) => [...memberships.rows(tenantId, "group", groupId).from()],
  };
}

function membershipId({ groupId, accountId, source }: LocalMembershipRecord): string {
  return compositeKey(groupId, accountId, source);
}
