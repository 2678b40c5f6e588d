/**
 * What a compiled regular expression can do, whatever engine runs it.
 *
 * @module
 */

/** Where a match, or a group of it, stands. */
export interface MatchSpan {
  readonly start: number;
  readonly end: number;
}

/** One match: the whole first, then its groups in the engine's order; `undefined` for those that took no part. */
export type Match = readonly [MatchSpan, ...(MatchSpan | undefined)[]];

export interface Pattern {
  readonly source: string;
  /** By name and by number of .NET, the place in a `Match`. */
  readonly groups: ReadonlyMap<string, number>;
  /** How many steps the engine takes at most for a character. */
  readonly steps: number;
  /** A function that gives one match after the other, from left to right, none overlapping. */
  search(text: string): () => Match | undefined;
}
