/**
 * The SCIM endpoints as an OpenAPI 3.1 document, made from the live resource types: extensions and attributes of the
 * host are in it.
 *
 * @module
 */
import { type JsonObject, reference, resourceSchema, schemaName } from "./openapi/json-schema.ts";
import { listSchema, messageSchemas, type OpenApiLimits } from "./openapi/messages.ts";
import { type Paths, resourcePaths, servicePaths } from "./openapi/operations.ts";
import type { ResourceType } from "./schema.ts";

export type { OpenApiLimits } from "./openapi/messages.ts";

export interface OpenApiOptions {
  readonly resourceTypes: readonly ResourceType[];
  readonly limits: OpenApiLimits;
  /** The SCIM base URL: absolute, without a trailing slash. */
  readonly serverUrl: string;
  /** Whether writes are put off for clients that prefer it (RFC 9967 §2.5.1). */
  readonly asyncRequests?: boolean;
}

export interface OpenApiDocument {
  readonly openapi: "3.1.0";
  readonly info: { readonly title: string; readonly version: string };
  readonly servers: readonly { readonly url: string }[];
  readonly security: readonly JsonObject[];
  readonly paths: Paths;
  readonly components: {
    readonly securitySchemes: JsonObject;
    readonly schemas: Readonly<Record<string, JsonObject>>;
  };
}

/**
 * What a client generator, a gateway or a reader needs to know about the endpoints. `/Me` is not in it, since it is not
 * offered.
 *
 * @param options the types that are served, the limits, and where
 * @example
 * const limits = { maxResults: 1000, patchOperations: 1000, bulkOperations: 1000, bulkBytes: 1048576 };
 * scimOpenApi({ resourceTypes: [user, group], limits, serverUrl: "https://app.example/scim/v2" }).paths["/Users"];
 */
export function scimOpenApi(options: OpenApiOptions): OpenApiDocument {
  const { resourceTypes, limits, serverUrl, asyncRequests = false } = options;
  const typePaths = resourceTypes.map((type) => resourcePaths(type, asyncRequests));
  return {
    openapi: "3.1.0",
    info: { title: "SCIM 2.0", version: "2.0" },
    servers: [{ url: serverUrl }],
    security: [{ bearer: [] }],
    paths: Object.assign({}, ...typePaths, servicePaths()),
    components: {
      securitySchemes: { bearer: { type: "http", scheme: "bearer" } },
      schemas: { ...typeSchemas(resourceTypes), ...listSchemas(resourceTypes), ...messageSchemas(limits) },
    },
  };
}

function typeSchemas(types: readonly ResourceType[]): Readonly<Record<string, JsonObject>> {
  const directions = ["answer", "request"] as const;
  return Object.fromEntries(
    types.flatMap((type) =>
      directions.map((direction) => [schemaName(type, direction), resourceSchema(type, direction)]),
    ),
  );
}

function listSchemas(types: readonly ResourceType[]): Readonly<Record<string, JsonObject>> {
  const names = [...types.map((type) => schemaName(type, "answer")), "Scim_Schema", "Scim_ResourceType"];
  const any = { anyOf: types.map((type) => reference(schemaName(type, "answer"))) };
  return {
    ...Object.fromEntries(names.map((name) => [`${name}_List`, listSchema(reference(name))])),
    Any_List: listSchema(any),
  };
}
