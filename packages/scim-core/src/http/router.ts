/**
 * Paths to what they offer (RFC 7644 §3.2 table 2).
 *
 * ```
 * /Users  /Users/{id}  /Users/.search     and so for every resource type
 * /.search  /Me  /Bulk
 * /ServiceProviderConfig  /Schemas  /Schemas/{urn}  /ResourceTypes  /ResourceTypes/{name}
 * ```
 *
 * @module
 */
import type { ResourceType } from "../schema.ts";
import {
  listResourceTypes,
  listSchemas,
  readResourceType,
  readSchema,
  readServiceProviderConfig,
} from "./discovery-actions.ts";
import type { Route } from "./exchange.ts";
import { notImplemented } from "./not-implemented.ts";
import { listResources, searchEverything, searchResources } from "./query-actions.ts";
import { createResource, deleteResource, patchResource, readResource, replaceResource } from "./resource-actions.ts";

/** @returns undefined for a path where nothing is */
export type Router = (path: string) => Route | undefined;

/** @throws {TypeError} when two resource types share an endpoint */
export function createRouter(resourceTypes: readonly ResourceType[]): Router {
  const types = new Map(resourceTypes.map((type) => [type.endpoint.slice(1), type]));
  if (types.size < resourceTypes.length) throw new TypeError("Two resource types have the same endpoint.");
  return (path) => {
    const [first, second, third] = segments(path) ?? [];
    if (first === undefined || third !== undefined) return undefined;
    const type = types.get(first);
    if (type === undefined) return serviceRoute(first, second);
    return second === undefined ? collectionRoute(type) : memberRoute(type, second);
  };
}

/** Undefined when an escape is malformed: no resource can have such an address. */
function segments(path: string): readonly string[] | undefined {
  try {
    return path.replace(/^\//, "").replace(/\/$/, "").split("/", 3).map(decodeURIComponent);
  } catch {
    return undefined;
  }
}

function collectionRoute(type: ResourceType): Route {
  return {
    GET: (exchange) => listResources(exchange, type),
    POST: (exchange) => createResource(exchange, type),
  };
}

function memberRoute(type: ResourceType, id: string): Route | undefined {
  if (id === ".search") return { POST: (exchange) => searchResources(exchange, type) };
  // No identifier has a control character, and not every store can be asked for one.
  if (/\p{Cc}/u.test(id)) return undefined;
  return {
    GET: (exchange) => readResource(exchange, type, id),
    PUT: (exchange) => replaceResource(exchange, type, id),
    PATCH: (exchange) => patchResource(exchange, type, id),
    DELETE: (exchange) => deleteResource(exchange, type, id),
  };
}

function serviceRoute(name: string, id: string | undefined): Route | undefined {
  if (name === "Schemas") return { GET: id === undefined ? listSchemas : (exchange) => readSchema(exchange, id) };
  if (name === "ResourceTypes") {
    return { GET: id === undefined ? listResourceTypes : (exchange) => readResourceType(exchange, id) };
  }
  return id === undefined && Object.hasOwn(SERVICE_ROUTES, name) ? SERVICE_ROUTES[name] : undefined;
}

const SERVICE_ROUTES: Readonly<Record<string, Route>> = {
  ".search": { POST: searchEverything },
  ServiceProviderConfig: { GET: readServiceProviderConfig },
  Me: notImplemented("/Me is not offered. Read the user by id or by a filter."),
  Bulk: notImplemented("Bulk operations are not offered. Send the requests one by one."),
};
