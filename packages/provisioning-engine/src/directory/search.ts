/**
 * Queries (RFC 7644 §3.4.2). Equalities go to the store, which answers them from an index; whatever else a filter says
 * is evaluated here, over pages of candidates (decision 6).
 *
 * @module
 */
import {
  compileFilter,
  type Filter,
  filterAttributes,
  pushedEqualities,
  type Query,
  type QueryResult,
  type Resource,
  sortResources,
} from "@muster/scim-core";
import type { ConnectionId, DirectoryLookup, Transaction } from "../ports/index.ts";
import type { Collection, PushedLookups } from "./endpoint.ts";

const PAGE = 500;

/** Where to search. */
export interface SearchScope<Row extends { readonly id: string }> {
  readonly tx: Transaction;
  readonly connectionId: ConnectionId;
  readonly collection: Collection<Row>;
}

export async function search<Row extends { readonly id: string }>(
  scope: SearchScope<Row>,
  query: Query,
): Promise<QueryResult> {
  const plan = planQuery(scope.collection, query);
  if (plan.isExact && query.sort === undefined) return lookUp(scope, plan.lookups, query);
  const matches = await scan(scope, plan, query);
  const window = matches.slice(query.startIndex - 1, query.startIndex - 1 + query.count);
  return { totalResults: matches.length, resources: await renderAll(scope, window, query) };
}

interface QueryPlan {
  readonly lookups: readonly DirectoryLookup[];
  /** Whether the look-ups alone express the filter. */
  readonly isExact: boolean;
  /** Whether matching or sorting looks at the derived attribute. */
  readonly needsDerived: boolean;
}

function planQuery<Row extends { readonly id: string }>(
  { derived, pushDown }: Collection<Row>,
  { filter, sort }: Query,
): QueryPlan {
  const sortsByDerived = derived !== undefined && sort?.by.split(".")[0] === derived;
  if (filter === undefined) return { lookups: [], isExact: true, needsDerived: sortsByDerived };
  const { lookups, exact } = pushDown(filter);
  const filtersByDerived = derived !== undefined && filterAttributes(filter).has(derived);
  return { lookups, isExact: exact, needsDerived: sortsByDerived || filtersByDerived };
}

/**
 * The equalities of a filter with attributes of the core schema that the store has an index for.
 *
 * @param indexed what the repository answers to
 */
export function pushEqualities(filter: Filter, indexed: readonly DirectoryLookup["attribute"][]): PushedLookups {
  const { equalities, exact } = pushedEqualities(filter);
  const lookups = equalities.filter(({ attribute }) => indexed.includes(attribute));
  return { lookups, exact: exact && lookups.length === equalities.length };
}

async function lookUp<Row extends { readonly id: string }>(
  scope: SearchScope<Row>,
  lookups: readonly DirectoryLookup[],
  query: Query,
): Promise<QueryResult> {
  const { tx, connectionId, collection } = scope;
  const totalResults = await collection.count(tx, connectionId, lookups);
  const offset = query.startIndex - 1;
  if (query.count === 0 || offset >= totalResults) return { totalResults, resources: [] };
  const rows = await collection.find(tx, { connectionId, lookups, offset, limit: query.count });
  return { totalResults, resources: await renderAll(scope, rows, query) };
}

/** Every match, in the order that was asked for. */
async function scan<Row extends { readonly id: string }>(
  scope: SearchScope<Row>,
  { lookups, needsDerived }: QueryPlan,
  { filter, sort }: Query,
): Promise<readonly Row[]> {
  const { tx, collection } = scope;
  const { type } = collection;
  const matches = filter === undefined ? () => true : compileFilter(filter, type);
  const found: Candidate<Row>[] = [];
  for await (const row of candidates(scope, lookups)) {
    const resource = needsDerived ? await collection.renderWhole(tx, row) : collection.render(row);
    if (matches(resource)) found.push({ ...resource, row });
  }
  const sorted = sort === undefined ? found : sortResources(found, sort, type);
  return sorted.map(({ row }) => row);
}

type Candidate<Row> = Resource & { readonly row: Row };

async function* candidates<Row extends { readonly id: string }>(
  { tx, connectionId, collection }: SearchScope<Row>,
  lookups: readonly DirectoryLookup[],
): AsyncGenerator<Row> {
  let after: string | undefined;
  do {
    const page = await collection.find(tx, { connectionId, lookups, after, limit: PAGE });
    yield* page;
    after = page.length < PAGE ? undefined : page.at(-1)?.id;
  } while (after !== undefined);
}

async function renderAll<Row extends { readonly id: string }>(
  { tx, collection }: SearchScope<Row>,
  rows: readonly Row[],
  { selection }: Query,
): Promise<readonly Resource[]> {
  const { derived } = collection;
  if (derived === undefined || !selection.includes(derived)) return rows.map((row) => collection.render(row));
  const resources: Resource[] = [];
  for (const row of rows) resources.push(await collection.renderWhole(tx, row));
  return resources;
}
