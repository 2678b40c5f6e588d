/**
 * The URNs of RFC 7643 §8.1 and RFC 7644 §3.1.
 *
 * @module
 */

/** A schema or message URN. Compared without case (RFC 8141 §3.1; RFC 7643 §2.1). */
export type Urn = `urn:${string}`;

export const USER_URN: Urn = "urn:ietf:params:scim:schemas:core:2.0:User";
export const ENTERPRISE_USER_URN: Urn = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
export const GROUP_URN: Urn = "urn:ietf:params:scim:schemas:core:2.0:Group";
export const SCHEMA_URN: Urn = "urn:ietf:params:scim:schemas:core:2.0:Schema";
export const RESOURCE_TYPE_URN: Urn = "urn:ietf:params:scim:schemas:core:2.0:ResourceType";
export const SERVICE_PROVIDER_CONFIG_URN: Urn = "urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig";

export const ERROR_URN: Urn = "urn:ietf:params:scim:api:messages:2.0:Error";
export const LIST_RESPONSE_URN: Urn = "urn:ietf:params:scim:api:messages:2.0:ListResponse";
export const PATCH_OP_URN: Urn = "urn:ietf:params:scim:api:messages:2.0:PatchOp";
export const BULK_REQUEST_URN: Urn = "urn:ietf:params:scim:api:messages:2.0:BulkRequest";
export const BULK_RESPONSE_URN: Urn = "urn:ietf:params:scim:api:messages:2.0:BulkResponse";
export const SEARCH_REQUEST_URN: Urn = "urn:ietf:params:scim:api:messages:2.0:SearchRequest";
