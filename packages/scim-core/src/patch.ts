/**
 * What a PATCH means (RFC 7644 §3.5.2).
 *
 * @module
 */
import { describeAttribute } from "./describe.ts";
import { ScimError } from "./errors.ts";
import { refuseImmutableChanges } from "./immutable.ts";
import { isMembership, type MembershipDelta } from "./membership.ts";
import { valueAt } from "./patch-apply.ts";
import { type Edit, toEdit } from "./patch-edit.ts";
import { toMembershipDeltas } from "./patch-membership.ts";
import { type AttributeOperation, type Operation, readOperations } from "./patch-operation.ts";
import { isBlank } from "./required.ts";
import type { ResourceType } from "./schema.ts";
import { type Attributes, type AttributeValue, equalAttributes } from "./value.ts";

export type { MembershipDelta } from "./membership.ts";

/** A parsed PATCH request: resolved against the schema, coerced, with membership split off. */
export interface Patch {
  /**
   * The attributes after the operations, in order, all or nothing. Pure: `attributes` is not touched, and is returned
   * itself when nothing changed. Throws `ScimError`.
   */
  apply(attributes: Attributes): Attributes;
  /** What happens to the `members` of a group, in order; empty for other types. Members never pass through `apply`. */
  readonly membership: readonly MembershipDelta[];
  /**
   * Names under a registered extension that it does not have, as `urn:…:name`, from path-less values: near misses that
   * an admin should hear of (R18).
   */
  readonly unknown: readonly string[];
}

export interface PatchOptions {
  /** `replace` on an unmatched value filter creates the element instead of answering `noTarget`. */
  readonly replaceCreatesMissing?: boolean;
  /** Operations of one request; 1000 without it. */
  readonly maxOperations?: number;
}

/**
 * Parses a PATCH in the order of its steps: envelope, dialects, paths, values. What is wrong whatever the resource looks
 * like is refused here; what depends on it, such as `noTarget`, by `apply`.
 *
 * @param body parsed JSON
 * @throws ScimError `invalidSyntax`, `payloadTooLarge`, `invalidPath`, `noTarget`, `mutability`, `invalidValue`
 * @example
 * const patch = parsePatch({ schemas: [PATCH_OP_URN], Operations: [{ op: "Replace", path: "active", value: "False" }] }, user);
 * const patched = patch.apply(attributes);
 */
export function parsePatch(body: unknown, type: ResourceType, options: PatchOptions = {}): Patch {
  const { operations, unknown } = readOperations(body, type, options.maxOperations ?? 1000);
  const onMembers = operations.filter((operation) => isOnMembers(operation, type));
  const onAttributes = operations.filter((operation) => !isOnMembers(operation, type));
  const replaceCreatesMissing = options.replaceCreatesMissing ?? false;
  const edits = onAttributes.map((operation) => toEdit(operation, { replaceCreatesMissing }));
  return {
    apply: (attributes) => apply(attributes, edits, onAttributes, type),
    membership: toMembershipDeltas(onMembers),
    unknown,
  };
}

/** All edits on one copy; the checks see the end, since a later operation may repair what an earlier one broke. */
function apply(
  attributes: Attributes,
  edits: readonly Edit[],
  operations: readonly Operation[],
  type: ResourceType,
): Attributes {
  const draft: Record<string, AttributeValue> = structuredClone(attributes);
  for (const edit of edits) edit(draft);
  if (equalAttributes(attributes, draft)) return attributes;
  refuseMissing(draft, operations);
  refuseImmutableChanges(attributes, draft, type);
  return draft;
}

/** Only what the request touched: old gaps elsewhere are not this request's fault (J15). */
function refuseMissing(draft: Record<string, AttributeValue>, operations: readonly Operation[]): void {
  for (const operation of operations) {
    if (operation.op === "removeExtension" || !operation.path.attribute.required) continue;
    const { op, path } = operation;
    // A part of it may go as long as something of it stays.
    if (!isBlank(valueAt(draft, { ...path, subAttribute: undefined }))) continue;
    const place = describeAttribute(path.extension, path.attribute);
    // RFC 7644 §3.5.2.2 has a code for removing; clearing by an empty value is a wrong value.
    throw new ScimError(op === "remove" ? "mutability" : "invalidValue", `${place} is required and cannot be empty.`);
  }
}

function isOnMembers(operation: Operation, type: ResourceType): operation is AttributeOperation {
  return operation.op !== "removeExtension" && isMembership(operation.path.attribute, type);
}
