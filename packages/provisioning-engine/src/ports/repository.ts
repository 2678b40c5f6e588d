/**
 * What the repositories of a transaction have in common. Methods speak in intentions, so that each is one statement in SQL.
 * Uniqueness, compare-and-swap and seat counts are decided by the store, atomically: an adapter never selects before it
 * inserts. Records are plain data; their `version` starts at 1 and grows by one with each update of that row.
 *
 * @module
 */

/**
 * The answer of an insert or update that a unique key may refuse. `conflict` names the record field; a taken id is
 * always refused, as `id`, and so is an update of a row that does not exist, as `version`. The transaction goes on.
 */
export type WriteResult = { readonly ok: true } | { readonly ok: false; readonly conflict: string };

/** A slice of an ordered listing: at most `limit` rows whose key is greater than `after`. */
export interface Slice {
  readonly after?: string | undefined;
  readonly limit: number;
}
