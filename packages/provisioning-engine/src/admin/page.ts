/**
 * Pages of a listing. One row more than asked for is read: it tells whether there is another page.
 *
 * @module
 */
import { ProvisioningError } from "../errors.ts";
import type { PageOptions } from "./admin.ts";
import type { Page } from "./views.ts";

const MOST_ITEMS = 500;
const DEFAULT_ITEMS = 50;

/** Listings whose pages begin after a row, which their cursors name. */
type Listing = "accounts" | "audit" | "deliveries" | "explained" | "resources" | "sign-ins" | "sync-events" | "tenants";

export function pageLimit({ limit = DEFAULT_ITEMS }: PageOptions): number {
  return Math.min(limit, MOST_ITEMS);
}

/** What a page is asked for, read. */
export interface Slice {
  /** Key of the last row of the page before. */
  readonly after: string | undefined;
  readonly limit: number;
}

/** @throws {ProvisioningError} `invalid_request` for a cursor that this listing never gave */
export function readSlice(listing: Listing, options: PageOptions): Slice {
  return { after: readCursor(listing, options.cursor), limit: pageLimit(options) };
}

/**
 * @param rows up to one more than `limit`
 * @param keyOf what the page after this row begins after
 */
export function toPage<Row, Item>(
  listing: Listing,
  rows: readonly Row[],
  limit: number,
  keyOf: (last: Row) => string,
  view: (row: Row) => Item,
): Page<Item> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const items = shown.map(view);
  return last === undefined || rows.length <= limit
    ? { items }
    : { items, nextCursor: cursorAfter(listing, keyOf(last)) };
}

/** A cursor names its listing: elsewhere it would begin anywhere, and an end would be taken for the last page. */
export function cursorAfter(listing: Listing, key: string): string {
  return Buffer.from(`${listing}:${key}`).toString("base64url");
}

/**
 * @returns the key that a cursor names; undefined without a cursor
 * @throws {ProvisioningError} `invalid_request` for one that this listing never gave
 */
export function readCursor(listing: Listing, cursor: string | undefined): string | undefined {
  if (cursor === undefined) return undefined;
  const key = Buffer.from(cursor, "base64url")
    .toString()
    .slice(listing.length + 1);
  if (cursorAfter(listing, key) === cursor) return key;
  throw new ProvisioningError("invalid_request", "cursor: Expected the nextCursor of the page before.");
}
