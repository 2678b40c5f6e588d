/**
 * The events that are told (RFC 9967 §7.4).
 *
 * @module
 */
export const FEED_ADD: string = "urn:ietf:params:scim:event:feed:add";
export const FEED_REMOVE: string = "urn:ietf:params:scim:event:feed:remove";
export const PROV_DELETE: string = "urn:ietf:params:scim:event:prov:delete";
export const PROV_ACTIVATE: string = "urn:ietf:params:scim:event:prov:activate";
export const PROV_DEACTIVATE: string = "urn:ietf:params:scim:event:prov:deactivate";
export const ASYNC_RESPONSE: string = "urn:ietf:params:scim:event:misc:asyncresp";

/** `full` carries what a resource is, `notice` only the names of what changed (§2.4). */
export type EventMode = "full" | "notice";

/** Writes that come in both modes. */
export type WriteName = "create" | "put" | "patch";

export function writeUri(write: WriteName, mode: EventMode): string {
  return `urn:ietf:params:scim:event:prov:${write}:${mode}`;
}

/** What a service provider config tells of (§4): the events that can come, and no other. */
export function eventUris(
  mode: EventMode,
  { selective, asynchronous }: { readonly selective: boolean; readonly asynchronous: boolean },
): readonly string[] {
  return [
    ...(selective ? [FEED_ADD, FEED_REMOVE] : []),
    ...(["create", "put", "patch"] as const).map((write) => writeUri(write, mode)),
    PROV_DELETE,
    PROV_ACTIVATE,
    PROV_DEACTIVATE,
    ...(asynchronous ? [ASYNC_RESPONSE] : []),
  ];
}
