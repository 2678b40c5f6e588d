/**
 * Pages of a listing. One row more than asked for is read: it tells whether there is another page.
 *
 * @module
 */
import type { PageOptions } from "./admin.ts";
import type { Page } from "./views.ts";

const MOST_ITEMS = 500;
const DEFAULT_ITEMS = 50;

export function pageLimit({ limit = DEFAULT_ITEMS }: PageOptions): number {
  return Math.min(limit, MOST_ITEMS);
}

/**
 * @param rows up to one more than `limit`
 * @param cursorOf where the page after this row begins
 */
export function toPage<Row, Item>(
  rows: readonly Row[],
  limit: number,
  cursorOf: (last: Row) => string,
  view: (row: Row) => Item,
): Page<Item> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const items = shown.map(view);
  return last === undefined || rows.length <= limit ? { items } : { items, nextCursor: cursorOf(last) };
}
