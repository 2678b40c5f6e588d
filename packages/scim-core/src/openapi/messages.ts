/**
 * The messages of RFC 7644 and the discovery documents of RFC 7643 as JSON Schema.
 *
 * @module
 */
import type { ServiceLimits } from "../discovery.ts";
import { SCIM_TYPES } from "../errors.ts";
import {
  BULK_REQUEST_URN,
  BULK_RESPONSE_URN,
  ERROR_URN,
  LIST_RESPONSE_URN,
  PATCH_OP_URN,
  RESOURCE_TYPE_URN,
  SCHEMA_URN,
  SEARCH_REQUEST_URN,
  SERVICE_PROVIDER_CONFIG_URN,
  type Urn,
} from "../urn.ts";
import { type JsonObject, reference, schemasProperty } from "./json-schema.ts";

/** The limits that a client is told, and those of PATCH. */
export interface OpenApiLimits extends Omit<ServiceLimits, "defaultResults" | "cursorSeconds"> {
  /** Operations of one PATCH. */
  readonly patchOperations: number;
}

const TEXT: JsonObject = { type: "string" };
const TEXTS: JsonObject = { type: "array", items: TEXT };
const WHOLE: JsonObject = { type: "integer" };
const YES_OR_NO: JsonObject = { type: "boolean" };
const ANYTHING: JsonObject = {};

/** By names that no resource type can have. */
export function messageSchemas({
  patchOperations,
  bulkOperations,
  bulkBytes,
}: OpenApiLimits): Readonly<Record<string, JsonObject>> {
  return {
    Scim_Error: message(ERROR_URN, { status: TEXT, scimType: { enum: [...SCIM_TYPES] }, detail: TEXT }, [
      "status",
      "detail",
    ]),
    Scim_PatchRequest: message(PATCH_OP_URN, { Operations: list(PATCH_OPERATION, patchOperations) }, ["Operations"]),
    Scim_SearchRequest: message(SEARCH_REQUEST_URN, SEARCH),
    Scim_BulkRequest: {
      description: `At most ${bulkBytes} bytes.`,
      ...message(
        BULK_REQUEST_URN,
        { failOnErrors: { type: "integer", minimum: 1 }, Operations: list(BULK_OPERATION, bulkOperations) },
        ["Operations"],
      ),
    },
    Scim_BulkResponse: message(BULK_RESPONSE_URN, { Operations: list(BULK_RESULT) }, ["Operations"]),
    Scim_ServiceProviderConfig: message(SERVICE_PROVIDER_CONFIG_URN, SERVICE_PROVIDER_CONFIG),
    Scim_Schema: message(SCHEMA_URN, { ...DOCUMENT, attributes: list(reference("Scim_Attribute")) }, [
      "id",
      "attributes",
    ]),
    Scim_ResourceType: message(RESOURCE_TYPE_URN, RESOURCE_TYPE, ["id", "endpoint", "schema"]),
    Scim_Attribute: object(ATTRIBUTE, ["name", "type"]),
  };
}

/** A list response of whatever the items are. */
export function listSchema(items: JsonObject): JsonObject {
  return message(LIST_RESPONSE_URN, {
    totalResults: WHOLE,
    startIndex: WHOLE,
    itemsPerPage: WHOLE,
    nextCursor: TEXT,
    Resources: list(items),
  });
}

function message(urn: Urn, properties: JsonObject, required: readonly string[] = []): JsonObject {
  return object({ schemas: schemasProperty(urn), ...properties }, ["schemas", ...required]);
}

function object(properties: JsonObject, required: readonly string[] = []): JsonObject {
  return { type: "object", properties, required };
}

function list(items: JsonObject, maxItems?: number): JsonObject {
  return { type: "array", items, ...(maxItems === undefined ? {} : { maxItems }) };
}

const META: JsonObject = object({ resourceType: TEXT, location: TEXT });

const PATCH_OPERATION: JsonObject = object(
  { op: { enum: ["add", "remove", "replace"] }, path: TEXT, value: ANYTHING },
  ["op"],
);

const SEARCH: JsonObject = {
  filter: TEXT,
  sortBy: TEXT,
  sortOrder: { enum: ["ascending", "descending"] },
  startIndex: WHOLE,
  cursor: TEXT,
  count: WHOLE,
  attributes: TEXTS,
  excludedAttributes: TEXTS,
};

const BULK_METHOD: JsonObject = { enum: ["POST", "PUT", "PATCH", "DELETE"] };

const BULK_OPERATION: JsonObject = object(
  { method: BULK_METHOD, bulkId: TEXT, version: TEXT, path: TEXT, data: { type: "object" } },
  ["method", "path"],
);

const BULK_RESULT: JsonObject = object(
  {
    // As the client wrote it, which may be anything.
    method: TEXT,
    bulkId: TEXT,
    location: { type: "string", format: "uri" },
    version: TEXT,
    status: TEXT,
    response: reference("Scim_Error"),
  },
  ["method", "status"],
);

const SUPPORTED: JsonObject = object({ supported: YES_OR_NO }, ["supported"]);

const SERVICE_PROVIDER_CONFIG: JsonObject = {
  patch: SUPPORTED,
  bulk: object({ supported: YES_OR_NO, maxOperations: WHOLE, maxPayloadSize: WHOLE }, ["supported"]),
  filter: object({ supported: YES_OR_NO, maxResults: WHOLE }, ["supported"]),
  changePassword: SUPPORTED,
  sort: SUPPORTED,
  etag: SUPPORTED,
  pagination: object({
    cursor: YES_OR_NO,
    index: YES_OR_NO,
    defaultPaginationMethod: TEXT,
    defaultPageSize: WHOLE,
    maxPageSize: WHOLE,
    cursorTimeout: WHOLE,
  }),
  authenticationSchemes: list(
    object({ type: TEXT, name: TEXT, description: TEXT, specUri: TEXT, primary: YES_OR_NO }, ["type", "name"]),
  ),
  meta: META,
};

const DOCUMENT: JsonObject = { id: TEXT, name: TEXT, description: TEXT, meta: META };

const RESOURCE_TYPE: JsonObject = {
  ...DOCUMENT,
  endpoint: TEXT,
  schema: TEXT,
  schemaExtensions: list(object({ schema: TEXT, required: YES_OR_NO }, ["schema", "required"])),
};

const ATTRIBUTE: JsonObject = {
  name: TEXT,
  type: TEXT,
  multiValued: YES_OR_NO,
  description: TEXT,
  required: YES_OR_NO,
  canonicalValues: TEXTS,
  caseExact: YES_OR_NO,
  mutability: { enum: ["readOnly", "readWrite", "immutable", "writeOnly"] },
  returned: { enum: ["always", "never", "default", "request"] },
  uniqueness: { enum: ["none", "server", "global"] },
  referenceTypes: TEXTS,
  subAttributes: list(reference("Scim_Attribute")),
};
