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
 * A sorted copy; equal ones are in order of their ids. Of several values the primary one counts, or the first. What has
 * no value comes last, and in descending order first.
 *
 * @param after only those that come after this `sortPosition`; all of them when it is empty or left out
 * @throws ScimError `invalidCursor` for an `after` that is no position
 * @example
 * sortResources(resources, { by: "name.familyName", descending: false }, user);
 */
export function sortResources<Candidate extends FilterCandidate>(
  resources: readonly Candidate[],
  sort: Sort,
  type: ResourceType,
  after = "",
): readonly Candidate[] {
  const path = sortPath(sort.by, type);
  const compare = comparePositions(sort);
  const all = resources.map((resource) => ({ resource, id: resource.id, key: sortKey(resource, path, type) }));
  const start = after === "" ? undefined : readPosition(after);
  const behind = start === undefined ? all : all.filter((one) => compare(one, start) > 0);
  return behind.sort(compare).map(({ resource }) => resource);
}

/**
 * Where a resource stands in an order, as text, for a walk that goes on from there though the resource be gone.
 *
 * @param resource the last one of a page
 * @param sort the order
 * @param type of the resource
 * @example
 * sortResources(resources, sort, user, sortPosition(last, sort, user)); // what comes after `last`
 */
export function sortPosition(resource: FilterCandidate, sort: Sort, type: ResourceType): string {
  return JSON.stringify([resource.id, sortKey(resource, sortPath(sort.by, type), type)]);
}

type Key = ReturnType<typeof comparable>;

interface Position {
  readonly id: string;
  readonly key: Key;
}

function comparePositions({ descending }: Sort): (a: Position, b: Position) => number {
  const direction = descending ? -1 : 1;
  return (a, b) => direction * compareKeys(a.key, b.key) || compareValues(a.id, b.id);
}

function readPosition(text: string): Position {
  try {
    // What has no value is null in JSON.
    const [id, key]: [string, Key | null] = JSON.parse(text);
    return { id, key: key ?? undefined };
  } catch (cause) {
    throw new ScimError("invalidCursor", "The cursor is not one of a sorted list.", { cause });
  }
}

/** Two texts that differ later than this are in order of their ids: a position has to fit into an address. */
const COMPARED_CHARACTERS = 256;

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
  const key = value === undefined ? undefined : comparable(value, path.subAttribute ?? path.attribute);
  return typeof key === "string" ? key.slice(0, COMPARED_CHARACTERS) : key;
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
