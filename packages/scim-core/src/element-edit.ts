/**
 * Operations on some values of a multi-valued attribute: those that a value filter selects, or a sub-attribute of each
 * (RFC 7644 §3.5.2).
 *
 * @module
 */
import type { Attribute } from "./attribute.ts";
import { coerceSingle, coerceValue } from "./coerce.ts";
import { isPrimary, keepOnePrimary, refuseSeveralPrimaries } from "./elements.ts";
import { ScimError } from "./errors.ts";
import { compileElementFilter } from "./filter-match.ts";
import type { Filter } from "./filter-tree.ts";
import type { AttributeOperation } from "./patch-operation.ts";
import { type Attributes, type AttributeValue, isComplex } from "./value.ts";

type Elements = readonly AttributeValue[];

interface Change {
  /** What becomes of a selected element; undefined takes it away. */
  apply(element: AttributeValue): AttributeValue | undefined;
  /** True when it only takes away: then nothing is created for it. */
  readonly clears: boolean;
}

/**
 * @param place names the attribute in error texts
 * @param createsMissing whether `replace` creates what the filter does not find; `add` does in any case
 * @throws ScimError `invalidValue` for a value of the wrong type; the result throws `noTarget`
 */
export function toElementEdit(
  operation: AttributeOperation,
  place: string,
  createsMissing: boolean,
): (elements: Elements) => Elements {
  const { op, filter } = operation;
  const selects = filter === undefined ? () => true : compileElementFilter(filter);
  const change = toChange(operation, place);
  const creates = op === "add" || createsMissing || filter === undefined;
  return (elements) => {
    if (elements.some(selects)) return changeElements(elements, selects, change, place);
    if (change.clears) return elements;
    const seed = creates ? seedOf(filter) : undefined;
    if (seed === undefined) throw noTarget(place);
    return withCreated(elements, change.apply(checkedSeed(seed, operation.path.attribute, place)));
  };
}

function changeElements(
  elements: Elements,
  selects: (element: AttributeValue) => boolean,
  change: Change,
  place: string,
): Elements {
  const selected: AttributeValue[] = [];
  const preferred = new Set<AttributeValue>();
  const changed = elements.flatMap((element) => {
    if (!selects(element)) return [element];
    const result = change.apply(element);
    if (result === undefined) return [];
    selected.push(result);
    if (isPrimary(result) && !isPrimary(element)) preferred.add(result);
    return [result];
  });
  // Two marks that were there before are not this request's fault.
  if (preferred.size > 0) refuseSeveralPrimaries(selected, place);
  return keepOnePrimary(changed, preferred);
}

function withCreated(elements: Elements, created: AttributeValue | undefined): Elements {
  if (created === undefined) return elements;
  return keepOnePrimary([...elements, created], new Set(isPrimary(created) ? [created] : []));
}

function toChange(operation: AttributeOperation, place: string): Change {
  const { subAttribute } = operation.path;
  return subAttribute === undefined ? toWholeChange(operation, place) : toPartChange(operation, subAttribute, place);
}

function toPartChange({ op, value }: AttributeOperation, part: Attribute, place: string): Change {
  const removes = op === "remove" || op === "subtract";
  const given = removes ? undefined : coerceValue(value, part, place);
  if (given === undefined) return { clears: true, apply: (element) => without(element, part.name) };
  return { clears: false, apply: (element) => ({ ...partsOf(element), [part.name]: given }) };
}

/** `add` completes a value, `replace` takes its place (RFC 7644 §3.5.2.3); what the filter demands stays true of it. */
function toWholeChange({ op, path, filter, value }: AttributeOperation, place: string): Change {
  const removes = op === "remove" || op === "subtract";
  const given = removes ? undefined : coerceSingle(value, path.attribute, place);
  if (given === undefined) return { clears: true, apply: () => undefined };
  if (!isComplex(given)) return { clears: false, apply: () => given };
  const seed = seedOf(filter) ?? {};
  return { clears: false, apply: (element) => ({ ...(op === "add" ? partsOf(element) : seed), ...given }) };
}

/**
 * The element that a filter describes: possible for equalities joined by `and`. `roles[primary eq "True"]` asks for
 * `{ primary: true }`.
 */
function seedOf(filter: Filter | undefined): Attributes | undefined {
  if (filter === undefined) return {};
  if (filter.kind === "compare" && filter.operator === "eq" && filter.value !== null) {
    return { [filter.path.attribute.name]: filter.value };
  }
  if (filter.kind !== "and") return undefined;
  const seeds = filter.operands.map(seedOf);
  return seeds.includes(undefined) ? undefined : Object.assign({}, ...seeds);
}

/** A filter compares anything; only what a client may write, and is right, becomes part of a new element. */
function checkedSeed(seed: Attributes, attribute: Attribute, place: string): AttributeValue {
  return coerceSingle(seed, attribute, place) ?? {};
}

function without(element: AttributeValue, name: string): AttributeValue | undefined {
  const kept = Object.entries(partsOf(element)).filter(([part]) => part !== name);
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

function partsOf(element: AttributeValue): Attributes {
  return isComplex(element) ? element : {};
}

function noTarget(place: string): ScimError {
  return new ScimError("noTarget", `No value of ${place} matches the filter of the path.`);
}
