/**
 * Whether a resource matches a filter (RFC 7644 §3.4.2.2). A filter is compiled once and costs one look at each
 * attribute that it names.
 *
 * - Text is compared as `caseExact` says, dateTimes as instants.
 * - A comparison with a multi-valued attribute holds when one value satisfies it.
 * - `ne` is the exact opposite of `eq`: true when no value is equal, also when there is none.
 * - `pr` is false for what is absent, empty text and empty arrays.
 *
 * @module
 */
import type { Attribute } from "./attribute.ts";
import { parseInstant } from "./date-time.ts";
import type { ComparisonOperator, Filter } from "./filter-tree.ts";
import type { AttributePath } from "./path.ts";
import { type FilterCandidate, readValues } from "./read-values.ts";
import type { ResourceType } from "./schema.ts";
import { type AttributeValue, isComplex, listOf, ownValue } from "./value.ts";

/** The values at a path of whatever is being matched: a resource, or an element of a multi-valued attribute. */
type Read = (path: AttributePath) => readonly AttributeValue[];
type Matcher = (read: Read) => boolean;
type Comparison = Extract<Filter, { readonly kind: "compare" }>;

/**
 * The filter as a test of resources. What it reads must have been loaded: see `filterAttributes`.
 *
 * @param filter what was parsed
 * @param type of the resources
 * @example
 * const matches = compileFilter(parseFilter('emails co "@example.com"', user), user);
 * resources.filter(matches);
 */
export function compileFilter(filter: Filter, type: ResourceType): (candidate: FilterCandidate) => boolean {
  const matcher = compile(filter);
  return (candidate) => matcher((path) => readValues(candidate, path, type));
}

/** As `compileFilter`, for what stands in the brackets of a value path. */
export function compileElementFilter(filter: Filter): (element: AttributeValue) => boolean {
  const matcher = compile(filter);
  return (element) => matcher((path) => readElement(element, path));
}

function compile(filter: Filter): Matcher {
  switch (filter.kind) {
    case "and": {
      const operands = filter.operands.map(compile);
      return (read) => operands.every((operand) => operand(read));
    }
    case "or": {
      const operands = filter.operands.map(compile);
      return (read) => operands.some((operand) => operand(read));
    }
    case "not": {
      const operand = compile(filter.operand);
      return (read) => !operand(read);
    }
    case "present":
      return (read) => read(filter.path).some(isAssigned);
    case "compare":
      return compileComparison(filter);
    case "element": {
      const matches = compileElementFilter(filter.filter);
      return (read) => read(filter.path).some(matches);
    }
  }
}

function compileComparison({ path, operator, value }: Comparison): Matcher {
  if (value === null) {
    return operator === "eq" ? (read) => !read(path).some(isAssigned) : (read) => read(path).some(isAssigned);
  }
  const leaf = path.subAttribute ?? path.attribute;
  const wanted = comparable(value, leaf);
  const holds = TESTS[operator === "ne" ? "eq" : operator];
  const some: Matcher = (read) => read(path).some((actual) => holds(comparable(actual, leaf), wanted));
  return operator === "ne" ? (read) => !some(read) : some;
}

type Comparable = string | number | boolean | undefined;

const TESTS: Readonly<Record<Exclude<ComparisonOperator, "ne">, (actual: Comparable, wanted: Comparable) => boolean>> =
  {
    eq: (actual, wanted) => actual === wanted,
    co: (actual, wanted) => areText(actual, wanted) && String(actual).includes(String(wanted)),
    sw: (actual, wanted) => areText(actual, wanted) && String(actual).startsWith(String(wanted)),
    ew: (actual, wanted) => areText(actual, wanted) && String(actual).endsWith(String(wanted)),
    gt: (actual, wanted) => compareValues(actual, wanted) > 0,
    ge: (actual, wanted) => compareValues(actual, wanted) >= 0,
    lt: (actual, wanted) => compareValues(actual, wanted) < 0,
    le: (actual, wanted) => compareValues(actual, wanted) <= 0,
  };

/** A value as it is compared: text folded unless case counts, instants as numbers. */
export function comparable(value: AttributeValue, attribute: Attribute): Comparable {
  if (typeof value === "object") return undefined;
  if (typeof value !== "string") return value;
  if (attribute.type === "dateTime") return parseInstant(value);
  return attribute.caseExact ? value : value.toLowerCase();
}

/** Order within one type; NaN, which no comparison satisfies, across types. */
export function compareValues(a: Comparable, b: Comparable): number {
  if (a === undefined || b === undefined || typeof a !== typeof b) return Number.NaN;
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function areText(a: Comparable, b: Comparable): boolean {
  return typeof a === "string" && typeof b === "string";
}

function readElement(element: AttributeValue, { attribute }: AttributePath): readonly AttributeValue[] {
  const value = isComplex(element) ? ownValue(element, attribute.name) : element;
  return value === undefined ? [] : listOf(value);
}

/** RFC 7644 table 3, `pr`: a non-empty value, or a complex one with a non-empty part. */
function isAssigned(value: AttributeValue): boolean {
  if (isComplex(value)) return Object.values(value).some(isAssigned);
  return Array.isArray(value) ? value.some(isAssigned) : value !== "";
}
