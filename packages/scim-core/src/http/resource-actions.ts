/**
 * One resource over HTTP: read it, or change it and answer with what it is now (RFC 7644 §3.3 to §3.6).
 *
 * @module
 */
import { ScimError } from "../errors.ts";
import { etagMatches } from "../etag.ts";
import type { ResourceType } from "../schema.ts";
import { answerEmpty } from "./answer.ts";
import { answerResource, selectionOf } from "./answer-resource.ts";
import type { Action, Exchange, Route } from "./exchange.ts";
import {
  type Change,
  createResource,
  deleteResource,
  patchResource,
  preconditionOf,
  replaceResource,
} from "./resource-changes.ts";

/** What a collection takes beside queries. */
export function createAction(type: ResourceType): Action {
  return async (exchange) => answerChange(exchange, type, await createResource(exchange, type));
}

/** What the address of one resource takes. */
export function memberRoute(type: ResourceType, id: string): Route {
  return {
    GET: (exchange) => readResource(exchange, type, id),
    PUT: async (exchange) => answerChange(exchange, type, await replaceResource(exchange, type, id)),
    PATCH: async (exchange) => answerChange(exchange, type, await patchResource(exchange, type, id)),
    DELETE: async (exchange) => answerChange(exchange, type, await deleteResource(exchange, type, id)),
  };
}

async function readResource(exchange: Exchange, type: ResourceType, id: string): Promise<Response> {
  const { domain, context } = exchange;
  const selection = selectionOf(exchange, type);
  const resource = await domain.backend.get(type, id, selection, context);
  const { ifMatch, ifNoneMatch } = preconditionOf(exchange) ?? {};
  // RFC 9110 §13.2.2: in this order.
  if (ifMatch !== undefined && !etagMatches(ifMatch, resource.version)) throw changedMeanwhile();
  if (etagMatches(ifNoneMatch, resource.version)) return answerEmpty(304, resource.version);
  return answerResource(exchange, type, resource, selection);
}

function answerChange(exchange: Exchange, type: ResourceType, change: Change): Response {
  if (change.status === 204) return answerEmpty(204, change.resource?.version);
  return answerResource(exchange, type, change.resource, change.selection, change.status);
}

function changedMeanwhile(): ScimError {
  return new ScimError("preconditionFailed", "The resource is not of a version that If-Match names.");
}
