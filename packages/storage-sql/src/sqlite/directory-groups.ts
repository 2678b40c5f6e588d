import type { DirectoryGroupRecord, DirectoryGroupRepository } from "@muster/provisioning-engine/ports";
import { countRows, type DirectoryTable, findRows } from "./directory-query.ts";
import { fold, json, parsed, type Sql } from "./sql.ts";

type GroupRow = {
  readonly connection_id: string;
  readonly id: string;
  readonly display_name: string;
  readonly display_name_lower: string;
  readonly external_id: string | null;
  readonly attributes: string;
  readonly created_at: string;
  readonly modified_at: string;
  readonly version: number;
};

const GROUPS: DirectoryTable = {
  name: "directory_groups",
  visible: "true",
  conditions: {
    id: "id = :id",
    externalId: "external_id = :externalId",
    displayName: "display_name_lower = :displayName",
  },
  size: "select groups as count from directory_counts where connection_id = :connection_id",
};

const INSERT = `
  insert into directory_groups (connection_id, id, display_name, display_name_lower, external_id, attributes,
    created_at, modified_at, version)
  values (:connection_id, :id, :display_name, :display_name_lower, :external_id, :attributes,
    :created_at, :modified_at, :version)
  on conflict (connection_id, id) do nothing
  returning 1`;
const GET = "select * from directory_groups where connection_id = :connection_id and id = :id";
const UPDATE = `
  update directory_groups set display_name = :display_name, display_name_lower = :display_name_lower,
    external_id = :external_id, attributes = :attributes, created_at = :created_at, modified_at = :modified_at,
    version = :version
  where connection_id = :connection_id and id = :id and version = :version - 1
  returning 1`;
const DELETE_MEMBERS = "delete from members where connection_id = :connection_id and group_id = :id";
const DELETE = "delete from directory_groups where connection_id = :connection_id and id = :id returning 1";

const CONFLICTS = { display_name_lower: "displayName" };

export function createDirectoryGroups(sql: Sql): DirectoryGroupRepository {
  return {
    insert: async (group) => sql.insert(INSERT, toRow(group), CONFLICTS),
    get: async (connectionId, id) => {
      const row = sql.first<GroupRow>(GET, { connection_id: connectionId, id });
      return row === undefined ? null : toGroup(row);
    },
    update: async (group) => sql.update(UPDATE, toRow(group), CONFLICTS),
    find: async (query) => findRows<GroupRow>(sql, GROUPS, query).map(toGroup),
    count: async (connectionId, lookups) => countRows(sql, GROUPS, connectionId, lookups),
    delete: async (connectionId, id) => {
      sql.all(DELETE_MEMBERS, { connection_id: connectionId, id });
      return sql.first(DELETE, { connection_id: connectionId, id }) !== undefined;
    },
  };
}

function toRow(group: DirectoryGroupRecord): GroupRow {
  return {
    connection_id: group.connectionId,
    id: group.id,
    display_name: group.displayName,
    display_name_lower: fold(group.displayName),
    external_id: group.externalId,
    attributes: json(group.attributes),
    created_at: group.createdAt,
    modified_at: group.modifiedAt,
    version: group.version,
  };
}

function toGroup(row: GroupRow): DirectoryGroupRecord {
  return {
    connectionId: row.connection_id,
    id: row.id,
    displayName: row.display_name,
    externalId: row.external_id,
    attributes: parsed(row.attributes),
    createdAt: row.created_at,
    modifiedAt: row.modified_at,
    version: row.version,
  };
}
