/**
 * Members of a group by PATCH as RFC 7644 §3.5.2 shows it: added as a list, removed by a filter each.
 *
 * @module
 */
import { patch, resourcePath } from "../dialect.ts";
import type { ScimRequest } from "../scim-transport.ts";

export function addMembers(id: string, members: readonly string[]): ScimRequest {
  const value = members.map((member) => ({ value: member }));
  return patch(resourcePath("Groups", id), [{ op: "add", path: "members", value }]);
}

export function removeMembers(id: string, members: readonly string[]): ScimRequest {
  const path = (member: string) => `members[value eq ${JSON.stringify(member)}]`;
  return patch(
    resourcePath("Groups", id),
    members.map((member) => ({ op: "remove", path: path(member) })),
  );
}
