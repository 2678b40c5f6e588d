/**
 * Microsoft Entra ID without compatibility flags: PATCH only, capitalised operation names, a path in every operation,
 * booleans as text. Shapes by Microsoft's "Develop a SCIM endpoint" and its compatibility page.
 *
 * @module
 */
import { type Dialect, match, type PatchOperation, patch, resourcePath } from "../dialect.ts";
import { CORE_GROUP, CORE_USER, type DirectoryPerson, ENTERPRISE_USER, TEAM_ACCOUNT_USER } from "../directory.ts";
import type { Json } from "../scim-transport.ts";

/** Entra lists this legacy schema with every group. */
const ADSCIM_GROUP = "http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group";

/** The target attribute of each source attribute, as in an attribute mapping of the Entra portal. */
const TARGETS: Readonly<Record<keyof Omit<DirectoryPerson, "externalId">, string>> = {
  userName: "userName",
  email: 'emails[type eq "work"].value',
  givenName: "name.givenName",
  familyName: "name.familyName",
  displayName: "displayName",
  title: "title",
  department: `${ENTERPRISE_USER}:department`,
  active: "active",
  isTeamAccount: `${TEAM_ACCOUNT_USER}:isTeamAccount`,
};

export const ENTRA: Dialect = {
  name: "entra",
  userAgent: "Microsoft-Entra-like provisioning simulator",
  readsBeforeUpdate: false,
  probe: (guid) => match("/Users", "userName", guid),
  matchPerson: (userName) => match("/Users", "userName", userName),
  person: (person) => ({
    // The custom extension is not listed in `schemas`; Entra lists only the two it knows.
    schemas: [CORE_USER, ENTERPRISE_USER],
    externalId: person.externalId,
    userName: person.userName,
    active: person.active,
    displayName: person.displayName,
    emails: [{ primary: true, type: "work", value: person.email }],
    meta: { resourceType: "User" },
    name: { formatted: person.displayName, familyName: person.familyName, givenName: person.givenName },
    roles: [],
    title: person.title ?? null,
    ...(person.department === undefined ? {} : { [ENTERPRISE_USER]: { department: person.department } }),
    // Mapped by Switch() or IIF(), whose results are text.
    ...(person.isTeamAccount === undefined
      ? {}
      : { [TEAM_ACCOUNT_USER]: { isTeamAccount: text(person.isTeamAccount) } }),
  }),
  updatePerson: (id, change) =>
    patch(
      resourcePath("Users", id),
      Object.entries(change).map(([name, value]) => replace(TARGETS[name as keyof typeof TARGETS], value)),
    ),
  setActive: (id, active) => patch(resourcePath("Users", id), [replace("active", active)]),
  matchGroup: (displayName) => match("/Groups", "displayName", displayName, "excludedAttributes=members&"),
  group: (group) => ({
    schemas: [CORE_GROUP, ADSCIM_GROUP],
    externalId: group.externalId,
    displayName: group.displayName,
    meta: { resourceType: "Group" },
  }),
  renameGroup: (id, displayName) => patch(resourcePath("Groups", id), [replace("displayName", displayName)]),
  addMembers: (id, members) => patch(resourcePath("Groups", id), [memberOperation("Add", members)]),
  removeMembers: (id, members) => patch(resourcePath("Groups", id), [memberOperation("Remove", members)]),
};

function replace(path: string, value: Json): PatchOperation {
  return { op: "Replace", path, value: typeof value === "boolean" ? text(value) : value };
}

function memberOperation(op: "Add" | "Remove", members: readonly string[]): PatchOperation {
  return { op, path: "members", value: members.map((value) => ({ $ref: null, value })) };
}

function text(value: boolean): "True" | "False" {
  return value ? "True" : "False";
}
