/**
 * The endpoint of a type that the host registered: everything about it is said by its schema.
 *
 * @module
 */
import {
  demandedUniqueValues,
  type Filter,
  type Resource,
  type ResourceType,
  replaceAttributes,
} from "@muster/scim-core";
import type { DirectoryLookup, ResourceRecord } from "../ports/index.ts";
import type { Endpoint, PushedLookups } from "./endpoint.ts";
import { changeResource, createResource, removeResource } from "./resources.ts";
import { pushEqualities } from "./search-plan.ts";
import { uniqueKey } from "./unique-keys.ts";

export function resourceEndpoint(type: ResourceType): Endpoint<ResourceRecord> {
  return {
    type,
    subjects: undefined,
    derived: undefined,
    pushDown,
    get: (tx, connectionId, id) => tx.resources.get(connectionId, type.name, id),
    find: (tx, query) => tx.resources.find({ ...query, type: type.name }),
    count: (tx, connectionId, lookups) => tx.resources.count(connectionId, type.name, lookups),
    render,
    renderWhole: async (_tx, row) => render(row),
    create: (push, attributes) => createResource(push, type, attributes),
    replace: (push, id, attributes, precondition) =>
      changeResource(push, type, { id, precondition }, (current) => replaceAttributes(current, attributes, type)),
    patch: (push, id, patch, precondition) =>
      changeResource(push, type, { id, precondition }, (current) => patch.apply(current)),
    delete: (push, id, precondition) => removeResource(push, type, { id, precondition }),
  };
}

function render({ id, attributes, createdAt, modifiedAt, version }: ResourceRecord): Resource {
  return { id, attributes, created: createdAt, lastModified: modifiedAt, version: String(version) };
}

/** What is unique is found by its key, `id` and `externalId` by themselves; together they may still not say it all. */
function pushDown(filter: Filter): PushedLookups {
  const plain = pushEqualities(filter, ["id", "externalId"]);
  const unique = demandedUniqueValues(filter);
  const keys = unique.values.map((value): DirectoryLookup => ({ attribute: "uniqueKeys", value: uniqueKey(value) }));
  return {
    lookups: [...plain.lookups, ...keys],
    residual: unique.exact ? undefined : plain.residual,
    cost: keys.length > 0 ? "one" : plain.cost,
  };
}
