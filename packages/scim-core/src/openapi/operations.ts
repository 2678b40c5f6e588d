/**
 * The operations of a SCIM service as OpenAPI path items (RFC 7644 §3.2 table 2).
 *
 * @module
 */
import type { ResourceType } from "../schema.ts";
import { type JsonObject, reference, schemaName } from "./json-schema.ts";
import { CONDITIONS, ETAG, LOCATION, PREFER, pathParameter, QUERY, SELECTION, SET_TXN, TEXT } from "./parameters.ts";

/** Path items by path; in them operations by method in lower case. */
export type Paths = Readonly<Record<string, Readonly<Record<string, JsonObject>>>>;

/**
 * A resource type: its collection, one of it, and its searches.
 *
 * @param asyncRequests whether writes are put off for clients that prefer it
 */
export function resourcePaths(type: ResourceType, asyncRequests: boolean): Paths {
  const { endpoint, name } = type;
  const many = endpoint.slice(1);
  const sends = reference(schemaName(type, "request"));
  const whole = reference(schemaName(type, "answer"));
  const list = ok("A page of what matches.", reference(`${name}_List`));
  const id = pathParameter("id", "The id that this service gave the resource.");
  const about = { tag: name };
  const writes = { ...about, deferrable: asyncRequests };
  const changed = { "200": { ...answer("Changed.", whole), headers: ETAG } };
  return {
    [endpoint]: {
      get: operation(`list${many}`, { ...about, parameters: [...QUERY, ...SELECTION], answers: list }),
      post: operation(`create${name}`, {
        ...writes,
        parameters: SELECTION,
        sends,
        answers: { "201": { ...answer("Created.", whole), headers: { ...ETAG, ...LOCATION } } },
      }),
    },
    [`${endpoint}/{id}`]: {
      get: operation(`read${name}`, {
        ...about,
        parameters: [id, ...SELECTION, ...CONDITIONS],
        answers: { "200": { ...answer("As it is.", whole), headers: ETAG }, "304": NOT_MODIFIED },
      }),
      put: operation(`replace${name}`, {
        ...writes,
        parameters: [id, ...SELECTION, ...CONDITIONS],
        sends,
        answers: changed,
      }),
      patch: operation(`patch${name}`, {
        ...writes,
        parameters: [id, ...SELECTION, ...CONDITIONS],
        sends: reference("Scim_PatchRequest"),
        answers: { ...changed, "204": { description: "Changed.", headers: ETAG } },
      }),
      delete: operation(`delete${name}`, {
        ...writes,
        parameters: [id, ...CONDITIONS],
        answers: { "204": { description: "Deleted." } },
      }),
    },
    [`${endpoint}/.search`]: {
      post: operation(`search${many}`, { ...about, sends: reference("Scim_SearchRequest"), answers: list }),
    },
  };
}

/** What there is once, whatever the resource types are. */
export function servicePaths(): Paths {
  const search = { sends: reference("Scim_SearchRequest"), answers: ok("A page of all types.", reference("Any_List")) };
  const bulk = {
    sends: reference("Scim_BulkRequest"),
    answers: ok("A result for each.", reference("Scim_BulkResponse")),
  };
  return {
    "/.search": { post: operation("search", search) },
    "/Bulk": { post: operation("bulk", bulk) },
    "/ServiceProviderConfig": document("readServiceProviderConfig", "Scim_ServiceProviderConfig"),
    "/Schemas": document("listSchemas", "Scim_Schema_List"),
    "/Schemas/{urn}": document("readSchema", "Scim_Schema", pathParameter("urn", "The schema's URN.")),
    "/ResourceTypes": document("listResourceTypes", "Scim_ResourceType_List"),
    "/ResourceTypes/{name}": document(
      "readResourceType",
      "Scim_ResourceType",
      pathParameter("name", "The type's name."),
    ),
    "/AsyncResponses/{txn}": {
      get: operation("readAsyncResponse", {
        parameters: [pathParameter("txn", "What Set-Txn said in an answer 202.")],
        answers: {
          "200": { description: "A signed event.", content: { "application/secevent+jwt": { schema: TEXT } } },
        },
      }),
    },
    "/openapi.json": {
      get: operation("readOpenApi", {
        answers: { "200": { description: "This document.", content: { "application/json": { schema: ANY_OBJECT } } } },
      }),
    },
  };
}

function document(id: string, schema: string, ...parameters: readonly JsonObject[]): Paths[string] {
  return { get: operation(id, { parameters, answers: ok("What this service can do.", reference(schema)) }) };
}

interface Described {
  readonly tag?: string;
  readonly parameters?: readonly JsonObject[];
  readonly sends?: JsonObject;
  /** RFC 9967 section 2.5.1. */
  readonly deferrable?: boolean;
  /** By status. */
  readonly answers: JsonObject;
}

function operation(operationId: string, described: Described): JsonObject {
  const { tag = "Service", parameters = [], sends, deferrable = false, answers } = described;
  return {
    operationId,
    tags: [tag],
    parameters: deferrable ? [...parameters, PREFER] : parameters,
    ...(sends === undefined ? {} : { requestBody: { required: true, content: content(sends) } }),
    responses: {
      ...answers,
      ...(deferrable ? { "202": ACCEPTED } : {}),
      default: answer("Refused.", reference("Scim_Error")),
    },
  };
}

function ok(description: string, schema: JsonObject): JsonObject {
  return { "200": answer(description, schema) };
}

function answer(description: string, schema: JsonObject): JsonObject {
  return { description, content: content(schema) };
}

function content(schema: JsonObject): JsonObject {
  return { "application/scim+json": { schema } };
}

const ANY_OBJECT: JsonObject = { type: "object" };
const ACCEPTED: JsonObject = { description: "Will be done.", headers: { ...SET_TXN, ...LOCATION } };
const NOT_MODIFIED: JsonObject = { description: "Still the version of If-None-Match.", headers: ETAG };
