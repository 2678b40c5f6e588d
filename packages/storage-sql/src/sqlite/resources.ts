import type {
  ResourceRecord,
  ResourceRepository,
  ResourceWriteResult,
  WriteResult,
} from "@muster/provisioning-engine/ports";
import { countRows, type DirectoryTable, findRows } from "./directory-query.ts";
import { json, list, parsed, type Sql } from "./sql.ts";

type ResourceRow = {
  readonly connection_id: string;
  readonly type: string;
  readonly id: string;
  readonly external_id: string | null;
  readonly unique_keys: string;
  readonly attributes: string;
  readonly created_at: string;
  readonly modified_at: string;
  readonly version: number;
};

const RESOURCES: DirectoryTable = {
  name: "resources",
  visible: "type = :type",
  conditions: {
    id: "id = :id",
    externalId: "external_id = :externalId",
    // Has each of the wanted keys, of which each belongs to one resource.
    uniqueKeys: `id in (
      select resource_id from json_each(:uniqueKeys) as given
      cross join resource_keys as known
    on known.connection_id = :connection_id and known.type = :type and known.unique_key = given.value
      group by resource_id having count(*) = :uniqueKeys_count)`,
  },
  size: "select resources as count from resource_counts where connection_id = :connection_id and type = :type",
};

const INSERT = `
  insert into resources (connection_id, type, id, external_id, unique_keys, attributes, created_at, modified_at, version)
  values (:connection_id, :type, :id, :external_id, :unique_keys, :attributes, :created_at, :modified_at, :version)
  on conflict (connection_id, type, id) do nothing
  returning 1`;
const GET = "select * from resources where connection_id = :connection_id and type = :type and id = :id";
const UPDATE = `
  update resources set external_id = :external_id, unique_keys = :unique_keys, attributes = :attributes,
    created_at = :created_at, modified_at = :modified_at, version = :version
  where connection_id = :connection_id and type = :type and id = :id and version = :version - 1
  returning 1`;
const DELETE = "delete from resources where connection_id = :connection_id and type = :type and id = :id returning 1";
/** The first wanted key that another resource has. */
const TAKEN = `
  select unique_key from json_each(:unique_keys) as given
  cross join resource_keys as known
        on known.connection_id = :connection_id and known.type = :type and known.unique_key = given.value
  where resource_id <> :id
  order by given.key limit 1`;

const CONFLICTS = { unique_key: "uniqueKeys" };

export function createResources(sql: Sql): ResourceRepository {
  const answer = (resource: ResourceRecord, result: WriteResult): ResourceWriteResult => {
    if (result.ok) return result;
    if (result.conflict !== "uniqueKeys") return { ok: false, conflict: result.conflict === "id" ? "id" : "version" };
    const { connectionId: connection_id, type, id, uniqueKeys } = resource;
    const taken = sql.first<{ readonly unique_key: string }>(TAKEN, {
      connection_id,
      type,
      id,
      unique_keys: list(uniqueKeys),
    });
    return { ok: false, conflict: "uniqueKeys", taken: taken?.unique_key ?? "" };
  };
  return {
    insert: async (resource) => answer(resource, sql.insert(INSERT, toRow(resource), CONFLICTS)),
    get: async (connectionId, type, id) => {
      const row = sql.first<ResourceRow>(GET, { connection_id: connectionId, type, id });
      return row === undefined ? null : toResource(row);
    },
    update: async (resource) => answer(resource, sql.update(UPDATE, toRow(resource), CONFLICTS)),
    delete: async (connectionId, type, id) =>
      sql.first(DELETE, { connection_id: connectionId, type, id }) !== undefined,
    find: async ({ type, ...query }) => findRows<ResourceRow>(sql, RESOURCES, query, { type }).map(toResource),
    count: async (connectionId, type, lookups) => countRows(sql, RESOURCES, connectionId, lookups, { type }),
  };
}

function toRow(resource: ResourceRecord): ResourceRow {
  return {
    connection_id: resource.connectionId,
    type: resource.type,
    id: resource.id,
    external_id: resource.externalId,
    unique_keys: list(resource.uniqueKeys),
    attributes: json(resource.attributes),
    created_at: resource.createdAt,
    modified_at: resource.modifiedAt,
    version: resource.version,
  };
}

function toResource(row: ResourceRow): ResourceRecord {
  return {
    connectionId: row.connection_id,
    type: row.type,
    id: row.id,
    externalId: row.external_id,
    uniqueKeys: parsed(row.unique_keys),
    attributes: parsed(row.attributes),
    createdAt: row.created_at,
    modifiedAt: row.modified_at,
    version: row.version,
  };
}
