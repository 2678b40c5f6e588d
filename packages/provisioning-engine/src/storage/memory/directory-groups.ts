/**
 * Directory groups, whose end is the end of their memberships.
 *
 * @module
 */
import type { DirectoryGroupRecord, DirectoryGroupRepository } from "../../ports/index.ts";
import { createDirectoryIndex } from "./directory-query.ts";
import type { Journal } from "./journal.ts";
import { everyRow, fold, present } from "./keys.ts";
import { endGroup, type MemberTable } from "./members.ts";
import { createTable } from "./table.ts";

const ATTRIBUTES = ["id", "externalId", "displayName"] as const;

export function createDirectoryGroups(journal: Journal, members: MemberTable): DirectoryGroupRepository {
  const groups = createTable<DirectoryGroupRecord, "all" | (typeof ATTRIBUTES)[number]>(journal, {
    owner: ({ connectionId }) => connectionId,
    id: ({ id }) => id,
    indexes: {
      all: { values: everyRow },
      id: { values: ({ id }) => [id] },
      externalId: { values: ({ externalId }) => present(externalId) },
      displayName: { values: ({ displayName }) => [fold(displayName)] },
    },
    unique: ["displayName"],
  });
  const { find, count } = createDirectoryIndex(groups, ATTRIBUTES);
  return {
    insert: async (group) => groups.insert(group),
    get: async (connectionId, id) => groups.get(connectionId, id) ?? null,
    update: async (group) => groups.update(groups.get(group.connectionId, group.id), group),
    find: async (query) => find(query),
    count: async (connectionId, lookups) => count(connectionId, lookups),
    delete: async (connectionId, id) => {
      endGroup(members, connectionId, id);
      return groups.delete(connectionId, id) !== undefined;
    },
  };
}
