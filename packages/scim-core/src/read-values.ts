/**
 * The values that stand at an attribute path of a resource, derived ones (`id`, `meta`, `schemas`) included.
 *
 * @module
 */

import { etagOf } from "./etag.ts";
import type { AttributePath } from "./path.ts";
import type { ResourceType } from "./schema.ts";
import type { Resource } from "./stored-resource.ts";
import type { Urn } from "./urn.ts";
import { type Attributes, type AttributeValue, isComplex, listOf, ownValue } from "./value.ts";

/** A resource as far as filters and sorting look at it. */
export type FilterCandidate = Pick<Resource, "id" | "attributes" | "created" | "lastModified"> &
  Partial<Pick<Resource, "version">>;

/** All values at the path; empty when it is unassigned. */
export function readValues(
  candidate: FilterCandidate,
  path: AttributePath,
  type: ResourceType,
): readonly AttributeValue[] {
  const value = readAttribute(candidate, path, type);
  return value === undefined ? [] : subValues(listOf(value), path);
}

/** Whether a resource has a value of its own for the attribute at a path. */
export function hasAttribute(attributes: Attributes, { extension, attribute }: AttributePath): boolean {
  return ownValue(scopeOf(attributes, extension), attribute.name) !== undefined;
}

/** The object that holds the attributes of a schema. */
export function scopeOf(attributes: Attributes, extension: Urn | undefined): Attributes | undefined {
  if (extension === undefined) return attributes;
  const scope = ownValue(attributes, extension);
  return isComplex(scope) ? scope : undefined;
}

/** The core URN, and those of extensions with data (RFC 7643 §3). */
export function schemasOf(attributes: Attributes, type: ResourceType): readonly Urn[] {
  const used = type.extensions.filter(({ schema }) => {
    const scope = scopeOf(attributes, schema.id);
    return scope !== undefined && Object.keys(scope).length > 0;
  });
  return [type.schema.id, ...used.map(({ schema }) => schema.id)];
}

function readAttribute(
  candidate: FilterCandidate,
  { extension, attribute }: AttributePath,
  type: ResourceType,
): AttributeValue | undefined {
  if (extension !== undefined) return ownValue(scopeOf(candidate.attributes, extension), attribute.name);
  switch (attribute.name) {
    case "id":
      return candidate.id;
    case "schemas":
      return schemasOf(candidate.attributes, type);
    case "meta":
      return metaOf(candidate, type);
    default:
      return ownValue(candidate.attributes, attribute.name);
  }
}

function metaOf({ created, lastModified, version }: FilterCandidate, type: ResourceType): Attributes {
  const tag = version === undefined ? {} : { version: etagOf(version) };
  return { resourceType: type.name, created, lastModified, ...tag };
}

function subValues(values: readonly AttributeValue[], { subAttribute }: AttributePath): readonly AttributeValue[] {
  if (subAttribute === undefined) return values;
  return values.flatMap((value) => {
    const sub = isComplex(value) ? ownValue(value, subAttribute.name) : undefined;
    return sub === undefined ? [] : listOf(sub);
  });
}
