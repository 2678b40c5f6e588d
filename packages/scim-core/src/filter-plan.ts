/**
 * What of a filter a store can answer from an index: equalities that hold for every match. The rest is evaluated by
 * `compileFilter`.
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

export interface PushedEqualities {
  /** All hold for every resource that the filter matches. */
  readonly equalities: readonly Equality[];
  /** Whether they are the whole filter: whatever has them, matches. */
  readonly exact: boolean;
}

/**
 * Takes a filter apart: what an index answers, and whether anything is left to evaluate.
 *
 * @example
 * pushedEqualities(parseFilter('userName eq "mira" and active eq true', user));
 * // { equalities: [{ attribute: "userName", value: "mira" }], exact: false }
 */
export function pushedEqualities(filter: Filter): PushedEqualities {
  switch (filter.kind) {
    case "and": {
      const plans = filter.operands.map(pushedEqualities);
      return {
        equalities: plans.flatMap(({ equalities }) => equalities),
        exact: plans.every(({ exact }) => exact),
      };
    }
    case "compare": {
      const equalities = equalityOf(filter);
      return { equalities, exact: equalities.length === 1 };
    }
    case "element":
      return { equalities: elementEqualities(filter), exact: false };
    default:
      return { equalities: [], exact: false };
  }
}

/**
 * The core attributes that a filter looks at, by canonical name, so that a backend loads what matching needs.
 *
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
