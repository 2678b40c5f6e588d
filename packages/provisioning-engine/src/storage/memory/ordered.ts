/**
 * Lists that are kept in the order of a key, unique in each. They are plain arrays: most have one item, and there are
 * several for every row of a table.
 *
 * @module
 */

/** What a list is ordered by. */
export type KeyOf<Item> = (item: Item) => string;

/** A look at an ordered list. */
export interface Ordered<Item> {
  size(): number;
  has(key: string): boolean;
  first(): Item | undefined;
  last(): Item | undefined;
  /** In order, those whose key is greater than `after`, less the first `offset` of them. */
  from(after?: string, offset?: number): IterableIterator<Item>;
  /** From the last to the first. */
  backwards(): IterableIterator<Item>;
}

export function viewOrdered<Item>(items: readonly Item[], keyOf: KeyOf<Item>): Ordered<Item> {
  return {
    size: () => items.length,
    has: (key) => hasAt(items, keyOf, position(items, keyOf, key), key),
    first: () => items[0],
    last: () => items.at(-1),
    *from(after, offset = 0) {
      const start = after === undefined ? 0 : position(items, keyOf, after);
      const skipped = after !== undefined && hasAt(items, keyOf, start, after) ? 1 : 0;
      yield* items.slice(start + skipped + offset);
    },
    *backwards() {
      yield* items.toReversed();
    },
  };
}

/** Adds, or puts in the place of the item with the same key. */
export function addOrdered<Item>(items: Item[], keyOf: KeyOf<Item>, item: Item): void {
  const key = keyOf(item);
  const at = position(items, keyOf, key);
  items.splice(at, hasAt(items, keyOf, at, key) ? 1 : 0, item);
}

export function deleteOrdered<Item>(items: Item[], keyOf: KeyOf<Item>, key: string): void {
  const at = position(items, keyOf, key);
  if (hasAt(items, keyOf, at, key)) items.splice(at, 1);
}

/** The index of the first item whose key is not below `key`. New keys mostly go last, so the end is tried first. */
function position<Item>(items: readonly Item[], keyOf: KeyOf<Item>, key: string): number {
  const last = items.at(-1);
  if (last === undefined || keyOf(last) < key) return items.length;
  let [low, high] = [0, items.length - 1];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (keyOf(items[middle] as Item) < key) low = middle + 1;
    else high = middle;
  }
  return low;
}

function hasAt<Item>(items: readonly Item[], keyOf: KeyOf<Item>, at: number, key: string): boolean {
  const item = items[at];
  return item !== undefined && keyOf(item) === key;
}

/** At most `limit` of the items. */
export function take<Item>(items: Iterable<Item>, limit: number): Item[] {
  const taken: Item[] = [];
  if (limit <= 0) return taken;
  for (const item of items) {
    taken.push(item);
    if (taken.length >= limit) break;
  }
  return taken;
}
