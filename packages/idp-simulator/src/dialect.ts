/**
 * A dialect is how one vendor's client spells the operations that all of them know. Dialects are pure: they turn an
 * intention into requests, and `provisioning-client.ts` sends them.
 *
 * @module
 */
import type { DirectoryGroup, DirectoryPerson, PersonChange } from "./directory.ts";
import type { JsonObject, ScimRequest } from "./scim-transport.ts";

export interface Dialect {
  readonly name: "entra" | "okta" | "onelogin";
  readonly userAgent: string;
  /** How the client tests the connection; `guid` is a value that matches nobody. */
  probe(guid: string): ScimRequest;
  matchPerson(userName: string): ScimRequest;
  /** The body of POST /Users. */
  person(person: DirectoryPerson): JsonObject;
  /** `current` is the resource as the service shows it; dialects that replace whole objects build on it. */
  updatePerson(id: string, change: PersonChange, current: JsonObject): ScimRequest;
  /** Whether `updatePerson` needs `current`, so that the client reads the resource first. */
  readonly readsBeforeUpdate: boolean;
  /** Disables or restores. */
  setActive(id: string, active: boolean, current: JsonObject): ScimRequest;
  matchGroup(displayName: string): ScimRequest;
  /** The body of POST /Groups. */
  group(group: DirectoryGroup): JsonObject;
  renameGroup(id: string, displayName: string): ScimRequest;
  addMembers(id: string, members: readonly string[]): ScimRequest;
  removeMembers(id: string, members: readonly string[]): ScimRequest;
}

/** One operation of an RFC 7644 §3.5.2 PATCH, in any vendor's spelling. */
export type PatchOperation = JsonObject;

const PATCH_OP = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

/** A PATCH request with its operations. */
export function patch(path: string, operations: readonly PatchOperation[]): ScimRequest {
  return { method: "PATCH", path, body: { schemas: [PATCH_OP], Operations: operations } };
}

/** A GET request with a filter that compares one attribute with a text. */
export function match(path: string, attribute: string, value: string, query = ""): ScimRequest {
  const filter = encodeURIComponent(`${attribute} eq ${JSON.stringify(value)}`);
  return { method: "GET", path: `${path}?${query}filter=${filter}` };
}

/** The path of one resource. */
export function resourcePath(type: "Users" | "Groups", id: string): string {
  return `/${type}/${encodeURIComponent(id)}`;
}
