/**
 * Resources of the host's own types. Each type of each connection is a world of its own.
 *
 * @module
 */
import type { ResourceRecord, ResourceRepository, ResourceWriteResult, WriteResult } from "../../ports/index.ts";
import { createDirectoryIndex } from "./directory-query.ts";
import type { Journal } from "./journal.ts";
import { compositeKey, everyRow, present } from "./keys.ts";
import { createTable } from "./table.ts";

const ATTRIBUTES = ["id", "externalId", "uniqueKeys"] as const;

export function createResources(journal: Journal): ResourceRepository {
  const resources = createTable<ResourceRecord, "all" | (typeof ATTRIBUTES)[number]>(journal, {
    owner: ({ connectionId, type }) => compositeKey(connectionId, type),
    id: ({ id }) => id,
    indexes: {
      all: { values: everyRow },
      id: { values: ({ id }) => [id] },
      externalId: { values: ({ externalId }) => present(externalId) },
      uniqueKeys: { values: ({ uniqueKeys }) => uniqueKeys },
    },
    unique: ["uniqueKeys"],
  });
  const { find, count } = createDirectoryIndex(resources, ATTRIBUTES);
  const isTaken = ({ connectionId, type, id }: ResourceRecord, key: string) => {
    const holder = resources.rows(compositeKey(connectionId, type), "uniqueKeys", key).first();
    return holder !== undefined && holder.id !== id;
  };
  const answer = (resource: ResourceRecord, result: WriteResult): ResourceWriteResult => {
    if (result.ok) return result;
    const taken = resource.uniqueKeys.find((key) => isTaken(resource, key));
    if (result.conflict === "uniqueKeys" && taken !== undefined) return { ok: false, conflict: "uniqueKeys", taken };
    return { ok: false, conflict: result.conflict === "id" ? "id" : "version" };
  };
  return {
    insert: async (resource) => answer(resource, resources.insert(resource)),
    get: async (connectionId, type, id) => resources.get(compositeKey(connectionId, type), id) ?? null,
    update: async (resource) => {
      const stored = resources.get(compositeKey(resource.connectionId, resource.type), resource.id);
      return answer(resource, resources.update(stored, resource));
    },
    delete: async (connectionId, type, id) => resources.delete(compositeKey(connectionId, type), id) !== undefined,
    find: async ({ type, ...query }) => find({ ...query, connectionId: compositeKey(query.connectionId, type) }),
    count: async (connectionId, type, lookups) => count(compositeKey(connectionId, type), lookups),
  };
}
