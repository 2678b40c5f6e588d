/**
 * The order of a list (RFC 7644 §3.4.2.3).
 *
 * @module
 */
import { isHidden } from "./attribute.ts";
import type { Query } from "./backend.ts";
import { describeText } from "./describe.ts";
import { ScimError } from "./errors.ts";
import { comparable, compareValues } from "./filter-match.ts";
import { type AttributePath, formatPath, parsePath } from "./path.ts";
import { type FilterCandidate, readValues } from "./read-values.ts";
import type { ResourceType } from "./schema.ts";
import { subAttributeOf } from "./schema-index.ts";
import { type AttributeValue, isComplex, ownValue } from "./value.ts";

export type Sort = NonNullable<Query["sort"]>;

/**
 * @throws ScimError `invalidPath` for what cannot be sorted by, `sensitive` for what is never returned (J30)
 */
export function parseSort(sortBy: string, sortOrder: string | undefined, type: ResourceType): Sort {
  const path = sortPath(sortBy, type);
  const hidden = [path.attribute, path.subAttribute].some((part) => part !== undefined && isHidden(part));
  if (hidden) throw new ScimError("sensitive", `${sortBy} cannot be sorted by: it is never returned.`);
  const order = sortOrder?.toLowerCase() ?? "ascending";
  if (order !== "ascending" && order !== "descending") {
    throw new ScimError("invalidValue", `sortOrder must be ascending or descending; got ${describeText(order)}.`);
  }
  return { by: formatPath(path), descending: order === "descending" };
}

/**
 * A sorted copy; equal ones keep their order. Of several values the primary one counts, or the first. What has no value
 * comes last, and in descending order first.
 *
 * @example
 * sortResources(resources, { by: "name.familyName", descending: false }, user);
 */
export function sortResources<Candidate extends FilterCandidate>(
  resources: readonly Candidate[],
  sort: Sort,
  type: ResourceType,
): readonly Candidate[] {
  const path = sortPath(sort.by, type);
  const direction = sort.descending ? -1 : 1;
  const keyed = resources.map((resource) => ({ resource, key: sortKey(resource, path, type) }));
  keyed.sort((a, b) => direction * compareKeys(a.key, b.key));
  return keyed.map(({ resource }) => resource);
}

type Key = ReturnType<typeof comparable>;

/** `emails` means `emails.value`, as in filters. */
function sortPath(text: string, type: ResourceType): AttributePath {
  const path = parsePath(text, type);
  if (path.attribute.type !== "complex" || path.subAttribute !== undefined) return path;
  const subAttribute = subAttributeOf(path.attribute, "value");
  if (subAttribute === undefined) {
    throw new ScimError("invalidPath", `${formatPath(path)} cannot be sorted by: name one of its sub-attributes.`);
  }
  return { ...path, subAttribute };
}

function sortKey(resource: FilterCandidate, path: AttributePath, type: ResourceType): Key {
  const elements = readValues(resource, { ...path, subAttribute: undefined }, type);
  const chosen = elements.find(isPrimary) ?? elements[0];
  const value = path.subAttribute === undefined ? chosen : partOf(chosen, path.subAttribute.name);
  return value === undefined ? undefined : comparable(value, path.subAttribute ?? path.attribute);
}

function compareKeys(a: Key, b: Key): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  const key = [a, b].map((one) => (typeof one === "boolean" ? Number(one) : one));
  return compareValues(key[0], key[1]);
}

function isPrimary(element: AttributeValue): boolean {
  return partOf(element, "primary") === true;
}

function partOf(element: AttributeValue | undefined, name: string): AttributeValue | undefined {
  return isComplex(element) ? ownValue(element, name) : undefined;
}
