import type { DirectoryGroupRecord, DirectoryGroupRepository } from "@muster/provisioning-engine/ports";
import { countRecords, type DirectoryListing, findRecords } from "./directory-query.ts";
import type { Sql } from "./sql.ts";
import { defineTable } from "./table.ts";

const GROUPS = defineTable<DirectoryGroupRecord>(
  "directory_groups",
  {
    connectionId: "plain",
    id: "plain",
    displayName: "plain",
    externalId: "plain",
    attributes: "json",
    createdAt: "plain",
    modifiedAt: "plain",
    version: "plain",
  },
  { fixed: ["connectionId", "id"], folded: ["displayName"] },
);

const LISTING: DirectoryListing<DirectoryGroupRecord> = {
  table: GROUPS,
  visible: "true",
  conditions: {
    id: "id = :id",
    externalId: "external_id = :externalId",
    displayName: "display_name_lower = :displayName",
  },
  size: "select groups as count from directory_counts where connection_id = :connection_id",
};

const INSERT = `${GROUPS.insert} on conflict (connection_id, id) do nothing returning 1`;
const GET = "select * from directory_groups where connection_id = :connection_id and id = :id";
const UPDATE = `
  ${GROUPS.update} where connection_id = :connection_id and id = :id and version = :version - 1 returning 1`;
const DELETE_MEMBERS = "delete from members where connection_id = :connection_id and group_id = :id";
const DELETE = "delete from directory_groups where connection_id = :connection_id and id = :id returning 1";

const CONFLICTS = { display_name_lower: "displayName" };

export function createDirectoryGroups(sql: Sql): DirectoryGroupRepository {
  return {
    insert: async (group) => sql.insert(INSERT, GROUPS.toRow(group), CONFLICTS),
    get: async (connectionId, id) => GROUPS.first(sql, GET, { connection_id: connectionId, id }),
    update: async (group) => sql.update(UPDATE, GROUPS.toRow(group), CONFLICTS),
    find: async (query) => findRecords(sql, LISTING, query),
    count: async (connectionId, lookups) => countRecords(sql, LISTING, connectionId, lookups),
    delete: async (connectionId, id) => {
      sql.all(DELETE_MEMBERS, { connection_id: connectionId, id });
      return sql.first(DELETE, { connection_id: connectionId, id }) !== undefined;
    },
  };
}
