/**
 * Values that one resource of a type may have at a time (`uniqueness` of RFC 7643 §7), as they are compared.
 *
 * @module
 */
import { comparable } from "./filter-match.ts";
import type { Filter } from "./filter-tree.ts";
import { type AttributePath, formatPath } from "./path.ts";
import { scopeOf } from "./read-values.ts";
import type { ResourceType } from "./schema.ts";
import { indexOf, type Scope } from "./schema-index.ts";
import { type Attributes, type AttributeValue, isComplex, listOf, ownValue } from "./value.ts";

/** A value that no other resource of the type may have at this path. */
export interface UniqueValue {
  /** Canonical: `serial`, `place.room`, `urn:…:tag`. */
  readonly path: string;
  /** Folded as `caseExact` says, dateTimes as instants: equal exactly when the filter `eq` says so. */
  readonly value: string | number | boolean;
}

/**
 * The unique values of a resource, those of extensions, sub-attributes and each of several values included.
 *
 * @param attributes of the resource
 * @param type says which of them are unique
 * @example
 * uniqueValues({ serial: "SN-1" }, device); // [{ path: "serial", value: "sn-1" }]
 */
export function uniqueValues(attributes: Attributes, type: ResourceType): readonly UniqueValue[] {
  const { core, extensions } = indexOf(type);
  return [core, ...extensions].flatMap((scope) => {
    const values = scopeOf(attributes, scope.extension);
    return values === undefined ? [] : uniqueOfScope(values, scope);
  });
}

/**
 * A value at a path as `uniqueValues` has it; none when it may occur any number of times there. What is read-only, `id`
 * above all, is the service's own to keep unique.
 */
function uniqueValueAt(path: AttributePath, value: AttributeValue): readonly UniqueValue[] {
  const leaf = path.subAttribute ?? path.attribute;
  const isFree = leaf.uniqueness === "none" || leaf.mutability === "readOnly";
  const compared = isFree ? undefined : comparable(value, leaf);
  return compared === undefined ? [] : [{ path: formatPath(path), value: compared }];
}

/** The unique values that every match of a filter has. */
export interface DemandedUniqueValues {
  readonly values: readonly UniqueValue[];
  /** Whether they are the whole filter: whatever has them, matches. */
  readonly exact: boolean;
}

/**
 * What of a filter can be answered by looking unique values up.
 *
 * @param filter what was parsed
 * @example
 * demandedUniqueValues(parseFilter('serial eq "SN-1"', device)); // { values: [{ path: "serial", … }], exact: true }
 */
export function demandedUniqueValues(filter: Filter): DemandedUniqueValues {
  if (filter.kind === "and") {
    const operands = filter.operands.map(demandedUniqueValues);
    return { values: operands.flatMap(({ values }) => values), exact: operands.every(({ exact }) => exact) };
  }
  if (filter.kind !== "compare" || filter.operator !== "eq" || filter.value === null)
    return { values: [], exact: false };
  const values = uniqueValueAt(filter.path, filter.value);
  return { values, exact: values.length > 0 };
}

function uniqueOfScope(values: Attributes, { extension, attributes }: Scope): readonly UniqueValue[] {
  return [...attributes.values()].flatMap((attribute) => {
    const value = ownValue(values, attribute.name);
    const path = { extension, attribute, subAttribute: undefined };
    return value === undefined ? [] : listOf(value).flatMap((one) => uniqueOfValue(one, path));
  });
}

/** A simple value itself, or the parts of a complex one. */
function uniqueOfValue(value: AttributeValue, path: AttributePath): readonly UniqueValue[] {
  if (!isComplex(value)) return uniqueValueAt(path, value);
  return (path.attribute.subAttributes ?? []).flatMap((subAttribute) => {
    const part = ownValue(value, subAttribute.name);
    const parts = part === undefined ? [] : listOf(part);
    return parts.flatMap((one) => uniqueValueAt({ ...path, subAttribute }, one));
  });
}
