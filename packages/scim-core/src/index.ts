/**
 * SCIM 2.0 (RFC 7643, RFC 7644): schemas as data, paths, filters, PATCH, lists, projection, discovery, errors.
 * Never touches storage, tenants, HTTP or SAML.
 *
 * @module
 */
export type { Attribute, AttributeDefinition, AttributeType } from "./attribute.ts";
export { defineAttribute } from "./attribute.ts";
export type {
  PatchedResource,
  Precondition,
  Query,
  QueryResult,
  RefusedWrite,
  RequestContext,
  Resource,
  ScimBackend,
} from "./backend.ts";
export { parseInstant } from "./date-time.ts";
export type { DefinedSchema, SchemaValues } from "./define-schema.ts";
export { defineSchema } from "./define-schema.ts";
export type {
  DiscoveryDocument,
  ResourceTypeDocument,
  SchemaDocument,
  SecurityEventsCapability,
  ServiceLimits,
  ServiceProviderConfigDocument,
} from "./discovery.ts";
export { resourceTypeDocuments, schemaDocuments, serviceProviderConfig } from "./discovery.ts";
export type { ScimErrorCode, ScimType } from "./errors.ts";
export { isScimError, ScimError } from "./errors.ts";
export type { EntityTags } from "./etag.ts";
export { etagMatches, etagOf, parseIfMatch, parseIfNoneMatch } from "./etag.ts";
export type { Extension } from "./extension.ts";
export { extension } from "./extension.ts";
export type { Field, FieldOptions, FieldsOf, FieldValue, FieldValues, ReferenceOptions } from "./field.ts";
export { binary, complex, dateTime, decimal, flag, integer, reference, text } from "./field.ts";
export type { ComparisonOperator, Filter } from "./filter.ts";
export { parseFilter } from "./filter.ts";
export { compileFilter } from "./filter-match.ts";
export type { FilterLimits } from "./filter-parser.ts";
export type { Equality, FilterPlan, LookupAttribute } from "./filter-plan.ts";
export { filterAttributes, planFilter } from "./filter-plan.ts";
export type { ListLimits, ListPage, ListResponse } from "./list.ts";
export { listResponse, parseQuery } from "./list.ts";
export type { MembershipDelta, Patch, PatchOptions } from "./patch.ts";
export { parsePatch } from "./patch.ts";
export type { PatchDialect, RawOperation } from "./patch-dialects.ts";
export { PATCH_DIALECTS } from "./patch-dialects.ts";
export type { PatchPath } from "./patch-path.ts";
export { parsePatchPath } from "./patch-path.ts";
export type { AttributePath } from "./path.ts";
export { parsePath } from "./path.ts";
export { meetsPrecondition } from "./precondition.ts";
export type { AttributeSelection, RequestedAttributes } from "./projection.ts";
export { projectResource, selectAttributes } from "./projection.ts";
export type { FilterCandidate } from "./read-values.ts";
export { replaceAttributes } from "./replace.ts";
export { locationOf, renderResource } from "./representation.ts";
export type { ResourceMode } from "./required.ts";
export type { ParsedResource, ResourceView } from "./resource.ts";
export { parseResource, viewResource } from "./resource.ts";
export type { DefinedResourceType, ResourceTypeDefinition } from "./resource-type.ts";
export { defineResourceType, groupResourceType, userResourceType } from "./resource-type.ts";
export type { ResourceType, Schema, SchemaExtension } from "./schema.ts";
export { ENTERPRISE_USER_SCHEMA } from "./schemas/enterprise-user.ts";
export { GROUP_SCHEMA } from "./schemas/group.ts";
export { USER_SCHEMA } from "./schemas/user.ts";
export { sortPosition, sortResources } from "./sort.ts";
export type { StandardSchema } from "./standard-schema.ts";
export type { DemandedUniqueValues, UniqueValue } from "./uniqueness.ts";
export { demandedUniqueValues, uniqueValues } from "./uniqueness.ts";
export type { Urn } from "./urn.ts";
export {
  BULK_REQUEST_URN,
  BULK_RESPONSE_URN,
  ENTERPRISE_USER_URN,
  ERROR_URN,
  GROUP_URN,
  LIST_RESPONSE_URN,
  PATCH_OP_URN,
  SEARCH_REQUEST_URN,
  USER_URN,
} from "./urn.ts";
export type { Attributes, AttributeValue } from "./value.ts";
export { equalAttributes } from "./value.ts";
export type { ValueDialect } from "./value-dialects.ts";
export { VALUE_DIALECTS } from "./value-dialects.ts";
