/**
 * What a client may find out about the service provider (RFC 7644 §4). Everything is derived from the live resource types
 * and limits.
 *
 * @module
 */
import {
  type DiscoveryDocument,
  resourceTypeDocuments,
  type SecurityEventsCapability,
  schemaDocuments,
  serviceProviderConfig,
} from "../discovery.ts";
import { ScimError } from "../errors.ts";
import { listResponse } from "../list.ts";
import { scimOpenApi } from "../openapi.ts";
import { answer } from "./answer.ts";
import type { Exchange } from "./exchange.ts";
import type { ScimDomain } from "./handler.ts";

/** A filter is ignored here, unlike below: some clients add one to every address. */
export async function readServiceProviderConfig({ limits, domain }: Exchange): Promise<Response> {
  const cursorSeconds = domain.cursorSecret === undefined ? undefined : limits.cursorSeconds;
  return answer(200, serviceProviderConfig({ ...limits, cursorSeconds }, domain.baseUrl, securityEventsOf(domain)));
}

function securityEventsOf({ asyncRequests, securityEventUris }: ScimDomain): SecurityEventsCapability | undefined {
  if (securityEventUris === undefined) return undefined;
  return { asyncRequest: asyncRequests === undefined ? "none" : "request", eventUris: securityEventUris };
}

export async function listSchemas(exchange: Exchange): Promise<Response> {
  return answerAll(exchange, schemaDocuments(exchange.resourceTypes, exchange.domain.baseUrl));
}

/** @param urn in any letter case */
export async function readSchema(exchange: Exchange, urn: string): Promise<Response> {
  const wanted = urn.toLowerCase();
  const documents = schemaDocuments(exchange.resourceTypes, exchange.domain.baseUrl);
  return answerOne(
    exchange,
    documents.find(({ id }) => id.toLowerCase() === wanted),
  );
}

export async function listResourceTypes(exchange: Exchange): Promise<Response> {
  return answerAll(exchange, resourceTypeDocuments(exchange.resourceTypes, exchange.domain.baseUrl));
}

export async function readResourceType(exchange: Exchange, name: string): Promise<Response> {
  const documents = resourceTypeDocuments(exchange.resourceTypes, exchange.domain.baseUrl);
  return answerOne(
    exchange,
    documents.find(({ id }) => id === name),
  );
}

/** A tool's document, not a SCIM resource: it has a media type of its own. */
export async function readOpenApi({ resourceTypes, limits, domain }: Exchange): Promise<Response> {
  const { baseUrl: serverUrl, asyncRequests } = domain;
  const document = scimOpenApi({ resourceTypes, limits, serverUrl, asyncRequests: asyncRequests !== undefined });
  return answer(200, document, { "content-type": "application/json" });
}

function answerAll(exchange: Exchange, documents: readonly DiscoveryDocument[]): Response {
  refuseFilter(exchange);
  return answer(200, listResponse(documents, { totalResults: documents.length, startIndex: 1 }));
}

function answerOne(exchange: Exchange, document: DiscoveryDocument | undefined): Response {
  refuseFilter(exchange);
  if (document === undefined) throw new ScimError("notFound", "There is nothing of this name.");
  return answer(200, document);
}

/** RFC 7644 §4: a client that filters here would take the answer for the whole. */
function refuseFilter({ params }: Exchange): void {
  if (params.has("filter"))
    throw new ScimError("forbidden", "Schemas and resource types cannot be filtered. Read them all.");
}
