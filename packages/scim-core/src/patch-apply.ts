/**
 * The only place that talks to scim-patch. It knows no schema, and its paths could reach what every JavaScript object
 * inherits; therefore it is given canonical paths of existing attributes, values of their types, and a private copy.
 *
 * @module
 */
import { type ScimPatchOperation, type ScimResource, scimPatch } from "scim-patch";
import { type AttributePath, formatPath } from "./path.ts";
import { scopeOf } from "./read-values.ts";
import { type Attributes, type AttributeValue, isComplex, ownValue } from "./value.ts";

/** A deep copy of attributes that is being changed. */
export type Draft = Record<string, AttributeValue>;

/** Gives the attribute or sub-attribute this value. A list replaces the list that was there. */
export function setAt(draft: Draft, path: AttributePath, value: AttributeValue): void {
  run(draft, { op: "replace", path: formatPath(path), value });
}

/** Unassigns it; what becomes empty around it goes too (RFC 7644 §3.5.2.2). */
export function removeAt(draft: Draft, path: AttributePath): void {
  run(draft, { op: "remove", path: formatPath(path) });
  if (path.subAttribute !== undefined) dropIfEmpty(draft, { ...path, subAttribute: undefined });
  if (path.extension !== undefined && isEmpty(ownValue(draft, path.extension))) delete draft[path.extension];
}

/** What stands at the path now. */
export function valueAt(
  draft: Attributes,
  { extension, attribute, subAttribute }: AttributePath,
): AttributeValue | undefined {
  const value = ownValue(scopeOf(draft, extension), attribute.name);
  if (subAttribute === undefined) return value;
  return isComplex(value) ? ownValue(value, subAttribute.name) : undefined;
}

function dropIfEmpty(draft: Draft, path: AttributePath): void {
  if (isEmpty(valueAt(draft, path))) run(draft, { op: "remove", path: formatPath(path) });
}

function isEmpty(value: AttributeValue | undefined): boolean {
  return isComplex(value) && Object.keys(value as Attributes).length === 0;
}

function run(draft: Draft, operation: ScimPatchOperation): void {
  // Its type asks for `schemas` and `meta`, of which it reads nothing; it changes the draft in place.
  scimPatch(draft as Draft & ScimResource, [operation], { mutateDocument: true, treatMissingAsAdd: true });
}
