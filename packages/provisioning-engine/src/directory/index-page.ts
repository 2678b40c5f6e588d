/**
 * Pages by index (RFC 7644 §3.4.2.4), with the total of what matches.
 *
 * @module
 */
import { type Query, sortResources } from "@muster/scim-core";
import { allMatches, ensureAffordable, lookAtEach } from "./candidates.ts";
import type { SearchPage, SearchPlan, SearchScope } from "./search-plan.ts";

type Identified = { readonly id: string };

/** @throws {ScimError} `tooMany` */
export function readIndexPage<Row extends Identified>(
  scope: SearchScope<Row>,
  plan: SearchPlan,
  query: Query,
): Promise<SearchPage<Row>> {
  if (query.sort !== undefined) return sorted(scope, plan, query, query.sort);
  if (plan.matches !== undefined) return scan(scope, plan, query);
  return plan.cost === "one" ? lookUpOne(scope, plan, query) : lookUp(scope, plan, query);
}

/** What identity providers ask most: is there somebody of this name? One look says it, without counting. */
async function lookUpOne<Row extends Identified>(
  { tx, connectionId, collection }: SearchScope<Row>,
  { lookups }: SearchPlan,
  query: Query,
): Promise<SearchPage<Row>> {
  const found = await collection.find(tx, { connectionId, lookups, limit: 1 });
  return { totalResults: found.length, rows: windowOf(found, query) };
}

async function lookUp<Row extends Identified>(
  { tx, connectionId, collection }: SearchScope<Row>,
  { lookups }: SearchPlan,
  { startIndex, count }: Query,
): Promise<SearchPage<Row>> {
  const totalResults = await collection.count(tx, connectionId, lookups);
  const offset = startIndex - 1;
  if (count === 0 || offset >= totalResults) return { totalResults, rows: [] };
  return { totalResults, rows: await collection.find(tx, { connectionId, lookups, offset, limit: count }) };
}

/** Counts every match, and keeps those of the page. */
async function scan<Row extends Identified>(
  scope: SearchScope<Row>,
  plan: SearchPlan,
  query: Query,
): Promise<SearchPage<Row>> {
  await ensureAffordable(scope, plan, query);
  const rows: Row[] = [];
  let totalResults = 0;
  for await (const { row, match } of lookAtEach(scope, plan)) {
    if (match === undefined) continue;
    totalResults += 1;
    if (totalResults >= query.startIndex && rows.length < query.count) rows.push(row);
  }
  return { totalResults, rows };
}

async function sorted<Row extends Identified>(
  scope: SearchScope<Row>,
  plan: SearchPlan,
  query: Query,
  sort: NonNullable<Query["sort"]>,
): Promise<SearchPage<Row>> {
  const matches = sortResources(await allMatches(scope, plan, query), sort, scope.collection.type);
  return { totalResults: matches.length, rows: windowOf(matches, query).map(({ row }) => row) };
}

function windowOf<Item>(items: readonly Item[], { startIndex, count }: Query): readonly Item[] {
  return items.slice(startIndex - 1, startIndex - 1 + count);
}
