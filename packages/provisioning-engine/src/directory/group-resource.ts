/**
 * Directory groups as SCIM resources.
 *
 * @module
 */
import { type Attributes, type AttributeValue, type Resource, ScimError } from "@muster/scim-core";
import { readMembers } from "../group/membership.ts";
import type { DirectoryGroupRecord, DirectoryUserId, Transaction } from "../ports/index.ts";

/** Without `members`, which nobody loads unasked. */
export function groupResource({ id, attributes, createdAt, modifiedAt, version }: DirectoryGroupRecord): Resource {
  return { id, attributes, created: createdAt, lastModified: modifiedAt, version: String(version) };
}

export async function groupResourceWithMembers(tx: Transaction, group: DirectoryGroupRecord): Promise<Resource> {
  const resource = groupResource(group);
  const members = (await readMembers(tx, group)).map((value) => ({ value, type: "User" }));
  return members.length === 0 ? resource : { ...resource, attributes: { ...resource.attributes, members } };
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
