/**
 * What a client may read about the service (RFC 7644 §4; RFC 7643 §5 to §7), made from the live resource types.
 *
 * @module
 */
import type { Attribute } from "./attribute.ts";
import type { ResourceType, Schema } from "./schema.ts";
import { RESOURCE_TYPE_URN, SCHEMA_URN, SERVICE_PROVIDER_CONFIG_URN, type Urn } from "./urn.ts";

/** A discovery resource: an object with an `id` and `meta`. */
export interface DiscoveryDocument {
  readonly schemas: readonly Urn[];
  readonly id: string;
  readonly meta: { readonly resourceType: string; readonly location: string };
}

export interface SchemaDocument extends DiscoveryDocument {
  readonly name: string;
  readonly description: string;
  readonly attributes: readonly Attribute[];
}

export interface ResourceTypeDocument extends DiscoveryDocument {
  readonly name: string;
  readonly description: string;
  readonly endpoint: string;
  readonly schema: Urn;
  readonly schemaExtensions: readonly { readonly schema: Urn; readonly required: boolean }[];
}

export interface ServiceProviderConfigDocument {
  readonly schemas: readonly Urn[];
  readonly patch: { readonly supported: boolean };
  readonly bulk: { readonly supported: boolean; readonly maxOperations: number; readonly maxPayloadSize: number };
  readonly filter: { readonly supported: boolean; readonly maxResults: number };
  readonly changePassword: { readonly supported: boolean };
  readonly sort: { readonly supported: boolean };
  readonly etag: { readonly supported: boolean };
  /** RFC 9865 §4. */
  readonly pagination: {
    readonly cursor: boolean;
    readonly index: boolean;
    readonly defaultPaginationMethod: "index";
    readonly defaultPageSize: number;
    readonly maxPageSize: number;
    /** Seconds. */
    readonly cursorTimeout?: number;
  };
  /** RFC 9967 §4; absent when there are no security events. */
  readonly securityEvents?: SecurityEventsCapability;
  readonly authenticationSchemes: readonly {
    readonly type: string;
    readonly name: string;
    readonly description: string;
    readonly specUri: string;
    readonly primary: boolean;
  }[];
  readonly meta: { readonly resourceType: string; readonly location: string };
}

/** The limits that a client is told. */
export interface ServiceLimits {
  /** Resources of one page. */
  readonly maxResults: number;
  /** Resources of a page when the client asks for no number. */
  readonly defaultResults: number;
  /** Seconds that a cursor is good for; undefined where lists are not walked by cursor. */
  readonly cursorSeconds: number | undefined;
  /** Operations of one bulk request. */
  readonly bulkOperations: number;
  /** Bytes of a bulk request. */
  readonly bulkBytes: number;
}

/** RFC 9967 §4. */
export interface SecurityEventsCapability {
  /** `request`: writes are put off for clients that prefer it. */
  readonly asyncRequest: "none" | "request";
  readonly eventUris: readonly string[];
}

/**
 * What the protocol core can do, and the limits it was given.
 *
 * @param baseUrl absolute, without a trailing slash
 * @param securityEvents what the connection tells receivers, if anything
 * @example
 * const pages = { maxResults: 1000, defaultResults: 100, cursorSeconds: 3600 };
 * const limits = { ...pages, bulkOperations: 1000, bulkBytes: 1048576 };
 * serviceProviderConfig(limits, "https://app.example.com/scim/v2/c1");
 */
export function serviceProviderConfig(
  { maxResults, defaultResults, cursorSeconds, bulkOperations, bulkBytes }: ServiceLimits,
  baseUrl: string,
  securityEvents?: SecurityEventsCapability,
): ServiceProviderConfigDocument {
  return {
    schemas: [SERVICE_PROVIDER_CONFIG_URN],
    patch: { supported: true },
    bulk: { supported: true, maxOperations: bulkOperations, maxPayloadSize: bulkBytes },
    filter: { supported: true, maxResults },
    changePassword: { supported: false },
    sort: { supported: true },
    etag: { supported: true },
    pagination: {
      cursor: cursorSeconds !== undefined,
      index: true,
      defaultPaginationMethod: "index",
      defaultPageSize: defaultResults,
      maxPageSize: maxResults,
      ...(cursorSeconds === undefined ? {} : { cursorTimeout: cursorSeconds }),
    },
    ...(securityEvents === undefined ? {} : { securityEvents }),
    authenticationSchemes: [
      {
        type: "oauthbearertoken",
        name: "Bearer token",
        description: "A token of the connection, in the Authorization header.",
        specUri: "https://www.rfc-editor.org/rfc/rfc6750",
        primary: true,
      },
    ],
    meta: { resourceType: "ServiceProviderConfig", location: `${baseUrl}/ServiceProviderConfig` },
  };
}

/**
 * Each schema once, extensions of the host included.
 *
 * @param baseUrl absolute, without a trailing slash
 * @example
 * listResponse(schemaDocuments([user, group], baseUrl), { totalResults: 3, startIndex: 1 });
 */
export function schemaDocuments(types: readonly ResourceType[], baseUrl: string): readonly SchemaDocument[] {
  const schemas = types.flatMap(({ schema, extensions }) => [
    schema,
    ...extensions.map((extension) => extension.schema),
  ]);
  const distinct = new Map(schemas.map((schema) => [schema.id, schema]));
  return [...distinct.values()].map((schema) => schemaDocument(schema, baseUrl));
}

/**
 * Each resource type with its endpoint and schemas.
 *
 * @param baseUrl absolute, without a trailing slash
 * @example
 * resourceTypeDocuments([user, group], baseUrl);
 */
export function resourceTypeDocuments(
  types: readonly ResourceType[],
  baseUrl: string,
): readonly ResourceTypeDocument[] {
  return types.map(({ name, description, endpoint, schema, extensions }) => ({
    schemas: [RESOURCE_TYPE_URN],
    id: name,
    name,
    description,
    endpoint,
    schema: schema.id,
    schemaExtensions: extensions.map((extension) => ({ schema: extension.schema.id, required: extension.required })),
    meta: { resourceType: "ResourceType", location: `${baseUrl}/ResourceTypes/${encodeURIComponent(name)}` },
  }));
}

function schemaDocument({ id, name, description, attributes }: Schema, baseUrl: string): SchemaDocument {
  return {
    schemas: [SCHEMA_URN],
    id,
    name,
    description,
    attributes: attributes.map(published),
    meta: { resourceType: "Schema", location: `${baseUrl}/Schemas/${id}` },
  };
}

/** Aliases are a tolerance, and no characteristic of RFC 7643 §7. */
function published({ aliases: _, ...attribute }: Attribute): Attribute {
  const { subAttributes } = attribute;
  return subAttributes === undefined ? attribute : { ...attribute, subAttributes: subAttributes.map(published) };
}
