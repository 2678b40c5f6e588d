/**
 * Paths to what they offer (RFC 7644 §3.2 table 2).
 *
 * ```
 * /Users  /Users/{id}  /Users/.search     and so for every resource type
 * /.search  /Me  /Bulk  /openapi.json
 * /ServiceProviderConfig  /Schemas  /Schemas/{urn}  /ResourceTypes  /ResourceTypes/{name}
 * /AsyncResponses/{txn}
 * ```
 *
 * @module
 */
import { isResourceId, splitPath } from "../resource-address.ts";
import type { ResourceType } from "../schema.ts";
import { readAsyncResponse } from "./async-response-action.ts";
import { runBulk } from "./bulk-actions.ts";
import {
  listResourceTypes,
  listSchemas,
  readOpenApi,
  readResourceType,
  readSchema,
  readServiceProviderConfig,
} from "./discovery-actions.ts";
import type { Route } from "./exchange.ts";
import { notImplemented } from "./not-implemented.ts";
import { listResources, searchEverything, searchResources } from "./query-actions.ts";
import { createAction, memberRoute } from "./resource-actions.ts";
import { ASYNC_RESPONSES } from "./respond-async.ts";

/** @returns undefined for a path where nothing is */
export type Router = (path: string) => Route | undefined;

/** What is at the first segment of a path, and below it. */
export interface Endpoint {
  readonly collection?: Route;
  readonly search?: Route;
  member?(id: string): Route;
}

/** @throws {TypeError} when a resource type has the endpoint of another, or of the protocol */
export function createRouter(resourceTypes: readonly ResourceType[]): Router {
  const endpoints = endpointsOf(resourceTypes);
  return (path) => {
    const [first = "", second, third] = splitPath(path) ?? [];
    const endpoint = endpoints.get(first);
    if (third !== undefined) return undefined;
    if (second === undefined) return endpoint?.collection;
    if (second === ".search") return endpoint?.search;
    return isResourceId(second) ? endpoint?.member?.(second) : undefined;
  };
}

/** By first segment: everything that is offered. */
export function endpointsOf(resourceTypes: readonly ResourceType[]): ReadonlyMap<string, Endpoint> {
  const endpoints = new Map(Object.entries(SERVICE_ENDPOINTS));
  for (const type of resourceTypes) {
    const name = type.endpoint.slice(1);
    if (endpoints.has(name)) throw new TypeError(`The endpoint ${type.endpoint} is taken. Give ${type.name} another.`);
    endpoints.set(name, resourceEndpoint(type));
  }
  return endpoints;
}

function resourceEndpoint(type: ResourceType): Endpoint {
  return {
    collection: { GET: (exchange) => listResources(exchange, type), POST: createAction(type) },
    search: { POST: (exchange) => searchResources(exchange, type) },
    member: (id) => memberRoute(type, id),
  };
}

const SERVICE_ENDPOINTS: Readonly<Record<string, Endpoint>> = {
  ".search": { collection: { POST: searchEverything } },
  Bulk: { collection: { POST: runBulk } },
  Me: { collection: notImplemented("/Me is not offered. Read the user by id or by a filter.") },
  ServiceProviderConfig: { collection: { GET: readServiceProviderConfig } },
  Schemas: {
    collection: { GET: listSchemas },
    member: (urn) => ({ GET: (exchange) => readSchema(exchange, urn) }),
  },
  ResourceTypes: {
    collection: { GET: listResourceTypes },
    member: (name) => ({ GET: (exchange) => readResourceType(exchange, name) }),
  },
  "openapi.json": { collection: { GET: readOpenApi } },
  [ASYNC_RESPONSES]: { member: (txn) => ({ GET: (exchange) => readAsyncResponse(exchange, txn) }) },
};
