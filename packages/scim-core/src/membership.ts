/**
 * The members of a group as ids. Members are rows of a backend, never part of an attribute list that grows without end.
 *
 * @module
 */
import type { Attribute } from "./attribute.ts";
import { coerceValue } from "./coerce.ts";
import { describeValue } from "./describe.ts";
import { ScimError } from "./errors.ts";
import type { ResourceType } from "./schema.ts";
import { GROUP_URN } from "./urn.ts";
import { type AttributeValue, isComplex, ownValue } from "./value.ts";

/** A change of a group's members by the ids of the members; ids are distinct within a delta. */
export interface MembershipDelta {
  /** `replace` makes the members exactly these; an empty list clears. */
  readonly kind: "add" | "remove" | "replace";
  readonly ids: readonly string[];
}

/** Whether an attribute holds the members of a group (RFC 7643 §4.2). */
export function isMembership(attribute: Attribute, type: ResourceType): boolean {
  return attribute.name === "members" && type.schema.id === GROUP_URN;
}

/**
 * The distinct ids of what a client lists as members: objects or bare ids, one or many, with or without `type`.
 *
 * @throws ScimError `invalidValue` for a member without a `value`, and for a group as a member (J11)
 */
export function memberIdsOf(value: unknown, attribute: Attribute): readonly string[] {
  return [...new Set(listMembers(value, attribute).map(memberId))];
}

/** @throws ScimError as `memberIdsOf` */
export function checkMembers(members: AttributeValue | undefined): void {
  if (Array.isArray(members)) members.forEach(memberId);
}

function listMembers(value: unknown, attribute: Attribute): readonly AttributeValue[] {
  const members = coerceValue(value, attribute, attribute.name);
  return Array.isArray(members) ? members : [];
}

function memberId(member: AttributeValue): string {
  const id = isComplex(member) ? ownValue(member, "value") : undefined;
  const type = isComplex(member) ? ownValue(member, "type") : undefined;
  if (typeof type === "string" && type.toLowerCase() === "group") {
    throw new ScimError("invalidValue", "members must be users: nested groups are not supported. Assign the people.");
  }
  if (typeof id !== "string") {
    throw new ScimError("invalidValue", `Each of members needs a value, the id of a user; got ${describeValue(id)}.`);
  }
  return id;
}
