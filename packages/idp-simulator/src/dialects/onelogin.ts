/**
 * OneLogin's SCIM v2 connector: whole objects for people, also to suspend; groups by PATCH. Shapes by OneLogin's
 * "Define a user schema" template reference.
 *
 * @module
 */
import { type Dialect, match, patch, resourcePath } from "../dialect.ts";
import { CORE_GROUP, type PersonChange } from "../directory.ts";
import type { JsonObject, ScimRequest } from "../scim-transport.ts";
import { addMembers, removeMembers } from "./standard-members.ts";
import { replacedPerson, standardPerson } from "./whole-object.ts";

export const ONELOGIN: Dialect = {
  name: "onelogin",
  userAgent: "OneLogin-like SCIM simulator",
  readsBeforeUpdate: true,
  probe: () => ({ method: "GET", path: "/Users?count=1" }),
  matchPerson: (userName) => match("/Users", "userName", userName),
  // A template macro without a value becomes an empty text.
  person: (person) => ({ ...standardPerson(person), title: person.title ?? "" }),
  updatePerson: put,
  setActive: (id, active, current) => put(id, { active }, current),
  matchGroup: (displayName) => match("/Groups", "displayName", displayName),
  group: (group) => ({ schemas: [CORE_GROUP], displayName: group.displayName }),
  renameGroup: (id, displayName) =>
    patch(resourcePath("Groups", id), [{ op: "replace", path: "displayName", value: displayName }]),
  addMembers,
  removeMembers,
};

function put(id: string, change: PersonChange, current: JsonObject): ScimRequest {
  return { method: "PUT", path: resourcePath("Users", id), body: replacedPerson(current, change) };
}
