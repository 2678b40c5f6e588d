/**
 * What a PATCH means (RFC 7644 §3.5.2).
 *
 * @module
 */
import { isHidden } from "./attribute.ts";
import { ScimError } from "./errors.ts";
import { refuseImmutableChanges } from "./immutable.ts";
import { isMembership, type MembershipDelta } from "./membership.ts";
import { valueAt } from "./patch-apply.ts";
import { type Edit, missing, toEdit } from "./patch-edit.ts";
import { toMembershipDeltas } from "./patch-membership.ts";
import { type AttributeOperation, type Operation, readOperations } from "./patch-operation.ts";
import { formatPath } from "./path.ts";
import { scopeOf } from "./read-values.ts";
import { findGap } from "./required.ts";
import type { ResourceType } from "./schema.ts";
import type { Urn } from "./urn.ts";
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
  /** Canonical paths of the attributes that the operations touch. */
  readonly written: ReadonlySet<string>;
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
    written: new Set(onAttributes.flatMap(attributeOf)),
    unknown,
  };
}

function attributeOf(operation: Operation): readonly string[] {
  return operation.op === "removeExtension" ? [] : [formatPath({ ...operation.path, subAttribute: undefined })];
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
  refuseMissing(draft, operations, type);
  refuseImmutableChanges(attributes, draft, type);
  return draft;
}

/** Only what the request touched: old gaps elsewhere are not this request's fault (J15). */
function refuseMissing(draft: Attributes, operations: readonly Operation[], type: ResourceType): void {
  for (const operation of operations) {
    if (operation.op !== "removeExtension") refuseGap(draft, operation);
    const extension = operation.op === "removeExtension" ? operation.extension : operation.path.extension;
    refuseLostExtension(draft, extension, type);
  }
}

function refuseGap(draft: Attributes, { op, path }: AttributeOperation): void {
  const { extension, attribute } = path;
  if (isHidden(attribute)) return;
  const place = findGap(valueAt(draft, { ...path, subAttribute: undefined }), attribute, extension, "create");
  if (place !== undefined) throw missing(op, place);
}

/** RFC 7643 §6: a resource of the type must carry it, and does so no longer when its last value is gone. */
function refuseLostExtension(draft: Attributes, extension: Urn | undefined, type: ResourceType): void {
  if (extension === undefined || scopeOf(draft, extension) !== undefined) return;
  const isRequired = type.extensions.some(({ schema, required }) => required && schema.id === extension);
  if (isRequired) throw new ScimError("mutability", `The extension ${extension} is required and cannot be emptied.`);
}

function isOnMembers(operation: Operation, type: ResourceType): operation is AttributeOperation {
  return operation.op !== "removeExtension" && isMembership(operation.path.attribute, type);
}
