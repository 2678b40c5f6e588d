/**
 * A page by index (RFC 7644 §3.4.2.4).
 *
 * @module
 */
import type { Exchange } from "./exchange.ts";
import { renderSelected, type SearchPage, type TypedQuery } from "./typed-query.ts";

/** What an earlier query has is skipped by the later ones, and the page ends where it is full. */
export async function readIndexPage(exchange: Exchange, queries: readonly TypedQuery[]): Promise<SearchPage> {
  const resources: object[] = [];
  let totalResults = 0;
  for (const typed of queries) {
    const { type, query } = typed;
    const startIndex = Math.max(1, query.startIndex - totalResults);
    const count = query.count - resources.length;
    const found = await exchange.domain.backend.query(type, { ...query, startIndex, count }, exchange.context);
    totalResults += found.totalResults ?? 0;
    resources.push(...renderSelected(exchange, typed, found.resources));
  }
  return { resources, totalResults, startIndex: queries[0]?.query.startIndex ?? 1 };
}
