/**
 * How a query is answered: what the store looks up, and what of the filter is left to evaluate here (decision 6).
 *
 * @module
 */
import {
  compileFilter,
  type Filter,
  type FilterPlan,
  filterAttributes,
  planFilter,
  type Query,
  type QueryResult,
  type Resource,
} from "@muster/scim-core";
import type { ConnectionId, DirectoryLookup, Transaction } from "../ports/index.ts";
import type { Collection, PushedLookups } from "./endpoint.ts";

/** Where to search. */
export interface SearchScope<Row extends { readonly id: string }> {
  readonly tx: Transaction;
  readonly connectionId: ConnectionId;
  readonly collection: Collection<Row>;
}

export interface SearchPlan {
  readonly lookups: readonly DirectoryLookup[];
  /** How many rows the look-ups name. */
  readonly cost: FilterPlan["cost"];
  /** What of the filter the look-ups do not say; undefined when whatever they name, matches. */
  readonly matches: ((resource: Resource) => boolean) | undefined;
  /** Whether matching or sorting looks at the derived attribute. */
  readonly needsDerived: boolean;
}

/** A page of rows, before they are rendered. */
export interface SearchPage<Row> extends Omit<QueryResult, "resources"> {
  readonly rows: readonly Row[];
}

export function planSearch<Row extends { readonly id: string }>(
  { type, derived, pushDown }: Collection<Row>,
  { filter, sort }: Query,
): SearchPlan {
  const { lookups, residual, cost } = filter === undefined ? EVERYTHING : pushDown(filter);
  const read = new Set(residual && filterAttributes(residual)).add(sort?.by.split(".")[0] ?? "");
  return {
    lookups,
    cost,
    matches: residual && compileFilter(residual, type),
    needsDerived: derived !== undefined && read.has(derived),
  };
}

const EVERYTHING: PushedLookups = { lookups: [], residual: undefined, cost: "all" };

/**
 * The equalities of a filter with attributes of the core schema that the store has an index for.
 *
 * @param indexed what the repository answers to
 */
export function pushEqualities(filter: Filter, indexed: readonly DirectoryLookup["attribute"][]): PushedLookups {
  const { pushed, residual, cost } = planFilter(filter, indexed);
  return { lookups: pushed, residual, cost };
}
