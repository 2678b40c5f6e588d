import type {
  ResourceRecord,
  ResourceRepository,
  ResourceWriteResult,
  WriteResult,
} from "@muster/provisioning-engine/ports";
import { countRecords, type DirectoryListing, findRecords } from "./directory-query.ts";
import { list, type Sql } from "./sql.ts";
import { defineTable } from "./table.ts";

const RESOURCES = defineTable<ResourceRecord>(
  "resources",
  {
    connectionId: "plain",
    type: "plain",
    id: "plain",
    externalId: "plain",
    uniqueKeys: "json",
    attributes: "json",
    createdAt: "plain",
    modifiedAt: "plain",
    version: "plain",
  },
  { fixed: ["connectionId", "type", "id"] },
);

const LISTING: DirectoryListing<ResourceRecord> = {
  table: RESOURCES,
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

const INSERT = `${RESOURCES.insert} on conflict (connection_id, type, id) do nothing returning 1`;
const GET = "select * from resources where connection_id = :connection_id and type = :type and id = :id";
const UPDATE = `
  ${RESOURCES.update}
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
    insert: async (resource) => answer(resource, sql.insert(INSERT, RESOURCES.toRow(resource), CONFLICTS)),
    get: async (connectionId, type, id) => RESOURCES.first(sql, GET, { connection_id: connectionId, type, id }),
    update: async (resource) => answer(resource, sql.update(UPDATE, RESOURCES.toRow(resource), CONFLICTS)),
    delete: async (connectionId, type, id) =>
      sql.first(DELETE, { connection_id: connectionId, type, id }) !== undefined,
    find: async ({ type, ...query }) => findRecords(sql, LISTING, query, { type }),
    count: async (connectionId, type, lookups) => countRecords(sql, LISTING, connectionId, lookups, { type }),
  };
}
