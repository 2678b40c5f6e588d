/**
 * What of a filter a store can answer from an index, and what is left to evaluate with `compileFilter`.
 *
 * @module
 */
import type { Filter } from "./filter-tree.ts";

/** An attribute by which stores look up; always one of the core schema. `emails` stands for `emails.value`. */
export type LookupAttribute = "id" | "externalId" | "userName" | "displayName" | "emails";

export interface Equality {
  readonly attribute: LookupAttribute;
  readonly value: string;
}

/** A filter, taken apart. */
export interface FilterPlan {
  /** All hold for every resource that the filter matches. */
  readonly pushed: readonly Equality[];
  /** What has to hold beside them; undefined when whatever has them, matches. */
  readonly residual: Filter | undefined;
  /** Whether they are the whole filter. */
  readonly exact: boolean;
  /** How many resources have what was pushed: one at most, some, or all there are. */
  readonly cost: "one" | "some" | "all";
}

/**
 * Takes a filter apart: what an index answers, and what is left to evaluate.
 *
 * @param indexed the attributes that the store looks up
 * @example
 * planFilter(parseFilter('userName eq "mira" and active eq true', user), ["id", "userName"]);
 * // pushed: [{ attribute: "userName", value: "mira" }], residual: `active eq true`, exact: false, cost: "one"
 */
export function planFilter(filter: Filter, indexed: readonly string[]): FilterPlan {
  const { pushed, residual, isUnique } = takeApart(filter, new Set(indexed));
  const cost = pushed.length === 0 ? "all" : isUnique ? "one" : "some";
  return { pushed, residual, exact: residual === undefined, cost };
}

/**
 * The core attributes that a filter looks at, by canonical name, so that a backend loads what matching needs.
 *
 * @param filter what was parsed
 * @example
 * filterAttributes(filter).has("members"); // true: load the members before matching
 */
export function filterAttributes(filter: Filter): ReadonlySet<string> {
  switch (filter.kind) {
    case "and":
    case "or":
      return new Set(filter.operands.flatMap((operand) => [...filterAttributes(operand)]));
    case "not":
      return filterAttributes(filter.operand);
    default:
      return new Set(filter.path.extension === undefined ? [filter.path.attribute.name] : []);
  }
}

interface Parts extends Pick<FilterPlan, "pushed" | "residual"> {
  /** Whether two resources cannot have the same value of a pushed attribute. */
  readonly isUnique: boolean;
}

function takeApart(filter: Filter, indexed: ReadonlySet<string>): Parts {
  switch (filter.kind) {
    case "and":
      return joined(filter.operands.map((operand) => takeApart(operand, indexed)));
    case "compare":
      return equalityParts(filter, indexed);
    case "element":
      return { pushed: indexed.has("emails") ? elementEqualities(filter) : [], residual: filter, isUnique: false };
    default:
      return { pushed: [], residual: filter, isUnique: false };
  }
}

function joined(parts: readonly Parts[]): Parts {
  const left = parts.flatMap(({ residual }) => residual ?? []);
  return {
    pushed: parts.flatMap(({ pushed }) => pushed),
    residual: left.length > 1 ? { kind: "and", operands: left } : left[0],
    isUnique: parts.some(({ isUnique }) => isUnique),
  };
}

function equalityParts(filter: Extract<Filter, { readonly kind: "compare" }>, indexed: ReadonlySet<string>): Parts {
  const pushed = equalityOf(filter).filter(({ attribute }) => indexed.has(attribute));
  if (pushed.length === 0) return { pushed, residual: filter, isUnique: false };
  return { pushed, residual: undefined, isUnique: filter.path.attribute.uniqueness !== "none" };
}

const LOOKUPS: ReadonlySet<string> = new Set<LookupAttribute>(["id", "externalId", "userName", "displayName"]);

function equalityOf({ path, operator, value }: Extract<Filter, { readonly kind: "compare" }>): readonly Equality[] {
  if (operator !== "eq" || typeof value !== "string" || path.extension !== undefined) return [];
  const { name } = path.attribute;
  if (name === "emails") return path.subAttribute?.name === "value" ? [{ attribute: "emails", value }] : [];
  return isLookup(name) ? [{ attribute: name, value }] : [];
}

/** `emails[type eq "work" and value eq "x"]` and `emails[…].value eq "x"` imply that `emails.value` has the value. */
function elementEqualities({ path, filter }: Extract<Filter, { readonly kind: "element" }>): readonly Equality[] {
  if (path.extension !== undefined || path.attribute.name !== "emails") return [];
  return valuesDemandedBy(filter).map((value): Equality => ({ attribute: "emails", value }));
}

function valuesDemandedBy(filter: Filter): readonly string[] {
  if (filter.kind === "and") return filter.operands.flatMap(valuesDemandedBy);
  const demands = filter.kind === "compare" && filter.operator === "eq" && filter.path.attribute.name === "value";
  return demands && typeof filter.value === "string" ? [filter.value] : [];
}

function isLookup(name: string): name is LookupAttribute {
  return LOOKUPS.has(name);
}
