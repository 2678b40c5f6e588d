/**
 * Directory users as SCIM resources.
 *
 * @module
 */
import type { Attributes, Resource } from "@muster/scim-core";
import type { DirectoryUserRecord, Transaction } from "../ports/index.ts";

/** Without the read-only `groups`, which belong to another table. */
export function userResource({ id, attributes, createdAt, modifiedAt, version }: DirectoryUserRecord): Resource {
  return { id, attributes, created: createdAt, lastModified: modifiedAt, version: String(version) };
}

/** With `groups`, as the directory sees them (RFC 7643 §4.1.2, J35): group sync or not. */
export async function userResourceWithGroups(tx: Transaction, user: DirectoryUserRecord): Promise<Resource> {
  const resource = userResource(user);
  const groups = await readGroups(tx, user);
  return groups.length === 0 ? resource : { ...resource, attributes: { ...resource.attributes, groups } };
}

async function readGroups(tx: Transaction, { connectionId, id }: DirectoryUserRecord): Promise<readonly Attributes[]> {
  const groups: Attributes[] = [];
  for (const groupId of await tx.members.groupsOf(connectionId, id, "inDirectory")) {
    const group = await tx.groups.get(connectionId, groupId);
    if (group !== null) groups.push({ value: group.id, display: group.displayName, type: "direct" });
  }
  return groups;
}
