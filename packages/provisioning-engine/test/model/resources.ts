/** Schemas and parts of what a directory sends. */
export const USER = "urn:ietf:params:scim:schemas:core:2.0:User";
export const GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group";
export const PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

export function memberOf(value: string): { readonly value: string } {
  return { value };
}
