/**
 * Directory groups as SCIM resources.
 *
 * @module
 */
import {
  type Attributes,
  type AttributeValue,
  type PatchedResource,
  type Resource,
  ScimError,
} from "@muster/scim-core";
import { readMembers } from "../group/membership.ts";
import type { DirectoryGroupRecord, DirectoryUserId, Transaction } from "../ports/index.ts";

/** Without `members`, which nobody loads unasked. */
export function groupResource({ id, attributes, createdAt, modifiedAt, version }: DirectoryGroupRecord): Resource {
  return { id, attributes, created: createdAt, lastModified: modifiedAt, version: String(version) };
}

export async function groupResourceWithMembers(tx: Transaction, group: DirectoryGroupRecord): Promise<Resource> {
  return withMembers(groupResource(group), await readMembers(tx, group));
}

/** So many members are told with every PATCH of their group; beyond it, a change of one must not cost all of them. */
const FEW_MEMBERS = 100;

export async function groupResourceWithFewMembers(
  tx: Transaction,
  group: DirectoryGroupRecord,
): Promise<PatchedResource> {
  const resource = groupResource(group);
  const members = await tx.members.page(group.connectionId, group.id, { limit: FEW_MEMBERS + 1 });
  return members.length > FEW_MEMBERS ? { ...resource, brief: true } : withMembers(resource, members);
}

function withMembers(resource: Resource, ids: readonly DirectoryUserId[]): Resource {
  if (ids.length === 0) return resource;
  const members = ids.map((value) => ({ value, type: "User" }));
  return { ...resource, attributes: { ...resource.attributes, members } };
}

/** What a client sent about a group, taken apart: members are kept as rows of their own. */
export interface SentGroup {
  readonly attributes: Attributes;
  /** Distinct; empty when none were sent. */
  readonly members: readonly DirectoryUserId[];
}

/** @throws {ScimError} `invalidValue` for a group as a member */
export function splitMembers({ members, ...attributes }: Attributes): SentGroup {
  const sent = Array.isArray(members) ? (members as readonly AttributeValue[]) : [];
  return { attributes, members: [...new Set(sent.map(memberId))] };
}

/** J11: a nested group is refused loudly instead of being taken for a person. */
function memberId(member: AttributeValue): DirectoryUserId {
  const { value, type } = member as Attributes;
  if (typeof type === "string" && type.toLowerCase() !== "user") {
    throw new ScimError("invalidValue", "members: a group cannot be a member of a group here. Send people only.");
  }
  if (typeof value === "string") return value;
  throw new ScimError("invalidValue", "members: every member needs a value, the id of a User.");
}
