/**
 * The members of a group as ids. Members are rows of a backend, never part of an attribute list that grows without end.
 *
 * @module
 */
import type { Attribute } from "./attribute.ts";
import { coerceSingle } from "./coerce.ts";
import { describeValue } from "./describe.ts";
import { ScimError } from "./errors.ts";
import type { ResourceType } from "./schema.ts";
import { GROUP_URN } from "./urn.ts";
import { type Attributes, isComplex, ownValue } from "./value.ts";
import { rewriteValue } from "./value-dialects.ts";

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
  const members = rewriteValue(value, attribute, true) ?? [];
  if (!Array.isArray(members)) throw new ScimError("invalidValue", `${attribute.name} must be an array.`);
  return [...new Set(members.map((member) => memberIdOf(member, attribute)))];
}

/** Members as attribute values: nothing of a member is kept but who it is. */
export function membersOf(value: unknown, attribute: Attribute): readonly Attributes[] | undefined {
  const members = memberIdsOf(value, attribute).map((id) => ({ value: id }));
  return members.length === 0 ? undefined : members;
}

function memberIdOf(value: unknown, attribute: Attribute): string {
  const member = coerceSingle(value, attribute, attribute.name);
  const id = isComplex(member) ? ownValue(member, "value") : undefined;
  const type = isComplex(member) ? ownValue(member, "type") : undefined;
  if (typeof type === "string" && type.toLowerCase() === "group") {
    throw new ScimError("invalidValue", "members must be users: nested groups are not supported. Assign the people.");
  }
  if (typeof id !== "string") {
    throw new ScimError(
      "invalidValue",
      `Each of members needs a value, the id of a user; got ${describeValue(value)}.`,
    );
  }
  return id;
}
