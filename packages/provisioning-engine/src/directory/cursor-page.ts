/**
 * Pages of a walk by cursor (RFC 9865). A page begins behind a place in the order, that of the last resource before it,
 * so that nobody is skipped or met twice when others come and go meanwhile. A total is told where it costs no scan.
 *
 * @module
 */
import { type Query, sortPosition, sortResources } from "@muster/scim-core";
import { allMatches, lookAtEach } from "./candidates.ts";
import type { SearchPage, SearchPlan, SearchScope } from "./search-plan.ts";

type Identified = { readonly id: string };

/**
 * @param after where the page begins; empty for the first one
 * @throws {ScimError} `tooMany` when it is sorted; `invalidCursor`
 */
export function readCursorPage<Row extends Identified>(
  scope: SearchScope<Row>,
  plan: SearchPlan,
  query: Query,
  after: string,
): Promise<SearchPage<Row>> {
  if (query.sort !== undefined && query.count > 0) return walkSorted(scope, plan, query, { ...query.sort, after });
  return plan.matches === undefined ? walkIndex(scope, plan, query, after) : walkMatches(scope, plan, query, after);
}

async function walkIndex<Row extends Identified>(
  { tx, connectionId, collection }: SearchScope<Row>,
  { lookups }: SearchPlan,
  { count }: Query,
  after: string,
): Promise<SearchPage<Row>> {
  const totalResults = await collection.count(tx, connectionId, lookups);
  if (count === 0) return { totalResults, rows: [] };
  // One more than fits says whether there is more.
  const found = await collection.find(tx, { connectionId, lookups, after, limit: count + 1 });
  return { totalResults, ...cut(found, count, ({ id }) => id) };
}

/** Looks until the page is full and one more was found, or as long as it may: the next page goes on there. */
async function walkMatches<Row extends Identified>(
  scope: SearchScope<Row>,
  plan: SearchPlan,
  { count, scannedResources }: Query,
  after: string,
): Promise<SearchPage<Row>> {
  if (count === 0) return { rows: [] };
  const rows: Row[] = [];
  let looked = 0;
  for await (const { row, match } of lookAtEach(scope, plan, after)) {
    if (match !== undefined) rows.push(row);
    if (rows.length > count) return cut(rows, count, ({ id }) => id);
    looked += 1;
    if (looked === scannedResources) return { rows, next: row.id };
  }
  return { rows, ...(after === "" && { totalResults: rows.length }) };
}

/** Every page costs a look at all that matches: an order is not kept between pages. */
async function walkSorted<Row extends Identified>(
  scope: SearchScope<Row>,
  plan: SearchPlan,
  query: Query,
  { after, ...sort }: NonNullable<Query["sort"]> & { readonly after: string },
): Promise<SearchPage<Row>> {
  const { type } = scope.collection;
  const matches = await allMatches(scope, plan, query);
  const behind = sortResources(matches, sort, type, after);
  const { rows, next } = cut(behind, query.count, (last) => sortPosition(last, sort, type));
  return { totalResults: matches.length, rows: rows.map(({ row }) => row), ...(next !== undefined && { next }) };
}

/** A page of what was found, and where the next begins if not all of it fits. */
function cut<Item>(
  found: readonly Item[],
  count: number,
  placeOf: (last: Item) => string,
): { readonly rows: readonly Item[]; readonly next?: string } {
  const rows = found.slice(0, count);
  const last = rows.at(-1);
  return last === undefined || found.length <= count ? { rows } : { rows, next: placeOf(last) };
}
