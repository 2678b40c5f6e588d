/**
 * Queries (RFC 7644 §3.4.2). Equalities go to the store, which answers them from an index; whatever else a filter says
 * is evaluated here, over pages of candidates (decision 6).
 *
 * @module
 */
import type { Query, QueryResult, Resource } from "@muster/scim-core";
import { readCursorPage } from "./cursor-page.ts";
import { readIndexPage } from "./index-page.ts";
import { planSearch, type SearchScope } from "./search-plan.ts";

/** @throws {ScimError} `tooMany` when no index answers the query, and more would be looked at than it may */
export async function search<Row extends { readonly id: string }>(
  scope: SearchScope<Row>,
  query: Query,
): Promise<QueryResult> {
  const plan = planSearch(scope.collection, query);
  const { rows, ...page } =
    query.after === undefined
      ? await readIndexPage(scope, plan, query)
      : await readCursorPage(scope, plan, query, query.after);
  return { ...page, resources: await renderAll(scope, rows, query) };
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
