/**
 * Okta's catalogue applications: profile updates replace the whole object, activation and group changes are path-less
 * or filtered PATCHes with lower-case names. Shapes by Okta's SCIM 2.0 protocol reference.
 *
 * @module
 */
import { type Dialect, match, patch, resourcePath } from "../dialect.ts";
import { CORE_GROUP } from "../directory.ts";
import { addMembers, removeMembers } from "./standard-members.ts";
import { replacedPerson, standardPerson } from "./whole-object.ts";

export const OKTA: Dialect = {
  name: "okta",
  userAgent: "Okta-like SCIM simulator",
  readsBeforeUpdate: true,
  probe: () => ({ method: "GET", path: "/Users?count=1&startIndex=1" }),
  matchPerson: (userName) => match("/Users", "userName", userName, "startIndex=1&count=100&"),
  person: (person) => ({ ...standardPerson(person), locale: "en-US", groups: [] }),
  updatePerson: (id, change, current) => ({
    method: "PUT",
    path: resourcePath("Users", id),
    body: replacedPerson(current, change),
  }),
  setActive: (id, active) => patch(resourcePath("Users", id), [{ op: "replace", value: { active } }]),
  matchGroup: (displayName) => match("/Groups", "displayName", displayName),
  group: (group) => ({ schemas: [CORE_GROUP], displayName: group.displayName, members: [] }),
  renameGroup: (id, displayName) =>
    // Okta repeats the id inside the value.
    patch(resourcePath("Groups", id), [{ op: "replace", value: { id, displayName } }]),
  addMembers,
  removeMembers,
};
