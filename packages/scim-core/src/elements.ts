/**
 * The values of a multi-valued attribute (RFC 7643 §2.4): when two are the same, what adding and taking away does, and
 * that one is primary at most. Pure, and linear in the number of values.
 *
 * @module
 */
import type { Attribute } from "./attribute.ts";
import { ScimError } from "./errors.ts";
import { subAttributeOf } from "./schema-index.ts";
import { type AttributeValue, isComplex, ownValue } from "./value.ts";

type Elements = readonly AttributeValue[];

/** Keeps the work of value filters bounded; nobody has this many addresses. */
const MAX_VALUES = 250;

/** @throws ScimError `invalidValue` beyond 250 values */
export function checkCount(count: number, place: string): void {
  if (count > MAX_VALUES) {
    throw new ScimError("invalidValue", `${place} has ${count} values. ${MAX_VALUES} are accepted at most.`);
  }
}

/** One of each: no two values with the same `value` and `type` remain (RFC 7643 §2.4). The later one completes the earlier. */
export function dedupe(elements: Elements, attribute: Attribute): Elements {
  if (elements.length < 2) return elements;
  const distinct = new Map<string, AttributeValue>();
  for (const element of elements) {
    const type = typeKey(element);
    const key = `${type.length} ${type}${valueKey(element, attribute)}`;
    const known = distinct.get(key);
    distinct.set(key, known === undefined ? element : combine(known, element));
  }
  return [...distinct.values()];
}

/**
 * What `add` means (RFC 7644 §3.5.2.1): a value that is there already, whatever else is said about it, is completed
 * and not repeated.
 */
export function mergeElements(current: Elements, added: Elements, attribute: Attribute): Elements {
  const merged = [...current];
  const places = placesByValue(merged, attribute);
  const preferred: number[] = [];
  for (const element of added) {
    const key = valueKey(element, attribute);
    const same = places.get(key) ?? [];
    const at = same.find((place) => typesAgree(merged[place], element)) ?? merged.length;
    if (at === merged.length) places.set(key, [...same, at]);
    merged[at] = combine(merged[at], element);
    if (isPrimary(element)) preferred.push(at);
  }
  return keepOnePrimary(merged, new Set(preferred.flatMap((at) => merged[at] ?? [])));
}

/** `Remove` with values: takes away what has one of them, whatever else is stored beside it. */
export function subtractElements(current: Elements, removed: Elements, attribute: Attribute): Elements {
  const places = placesByValue(removed, attribute);
  return current.filter((element) => {
    const candidates = places.get(valueKey(element, attribute)) ?? [];
    return !candidates.some((place) => typesAgree(removed[place], element));
  });
}

/**
 * RFC 7644 §3.5.2: a value that becomes primary takes the mark from the one that had it.
 *
 * @param preferred the values that a request made primary
 */
export function keepOnePrimary(elements: Elements, preferred: ReadonlySet<AttributeValue>): Elements {
  if (preferred.size === 0) return elements;
  return elements.map((element) =>
    isComplex(element) && isPrimary(element) && !preferred.has(element) ? { ...element, primary: false } : element,
  );
}

/** RFC 7643 §2.4: `primary` is true for no more than one value. */
export function refuseSeveralPrimaries(elements: Elements, place: string): void {
  const primaries = elements.filter(isPrimary).length;
  if (primaries > 1) {
    throw new ScimError("invalidValue", `${place} has ${primaries} primary values. Mark one as primary at most.`);
  }
}

/** What makes two values the same: `value`, or everything where there is none (addresses). Case counts by schema. */
export function valueKey(element: AttributeValue, attribute: Attribute): string {
  const leaf = subAttributeOf(attribute, "value") ?? attribute;
  const value = isComplex(element) ? ownValue(element, "value") : element;
  if (value === undefined) return `object ${JSON.stringify(sortedEntries(element))}`;
  return `${typeof value} ${typeof value === "string" && !leaf.caseExact ? value.toLowerCase() : String(value)}`;
}

function placesByValue(elements: Elements, attribute: Attribute): Map<string, readonly number[]> {
  const places = new Map<string, readonly number[]>();
  elements.forEach((element, at) => {
    const key = valueKey(element, attribute);
    places.set(key, [...(places.get(key) ?? []), at]);
  });
  return places;
}

/** The same `type`, or at least one that leaves it open. */
function typesAgree(a: AttributeValue | undefined, b: AttributeValue): boolean {
  const types = [typeKey(a), typeKey(b)];
  return types.includes("") || types[0] === types[1];
}

function typeKey(element: AttributeValue | undefined): string {
  const type = isComplex(element) ? ownValue(element, "type") : undefined;
  return typeof type === "string" ? type.toLowerCase() : "";
}

/** `value` keeps its spelling: it is the same one. */
function combine(known: AttributeValue | undefined, added: AttributeValue): AttributeValue {
  if (known === undefined) return added;
  if (!isComplex(known) || !isComplex(added)) return known;
  return { ...known, ...added, ...(Object.hasOwn(known, "value") ? { value: known.value as AttributeValue } : {}) };
}

/** Whether a value is marked as the preferred one. */
export function isPrimary(element: AttributeValue): boolean {
  return isComplex(element) && ownValue(element, "primary") === true;
}

function sortedEntries(element: AttributeValue): readonly (readonly [string, AttributeValue])[] {
  return isComplex(element) ? Object.entries(element).sort(([a], [b]) => (a < b ? -1 : 1)) : [];
}
