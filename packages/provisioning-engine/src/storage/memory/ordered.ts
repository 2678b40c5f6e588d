/**
 * A list that is kept in the order of a key, unique in it.
 *
 * @module
 */

export interface Ordered<Item> {
  size(): number;
  has(key: string): boolean;
  first(): Item | undefined;
  last(): Item | undefined;
  /** Adds, or puts in the place of the item with the same key. */
  add(item: Item): void;
  delete(key: string): void;
  /** In order, those whose key is greater than `after`, less the first `offset` of them. */
  from(after?: string, offset?: number): IterableIterator<Item>;
  /** From the last to the first. */
  backwards(): IterableIterator<Item>;
}

export function createOrdered<Item>(keyOf: (item: Item) => string): Ordered<Item> {
  const items: Item[] = [];
  const keyAt = (index: number) => {
    const item = items[index];
    return item === undefined ? undefined : keyOf(item);
  };
  /** The index of the first item whose key is not below `key`. New keys mostly go last, so the end is tried first. */
  const position = (key: string) => {
    const last = keyAt(items.length - 1);
    if (last === undefined || last < key) return items.length;
    let [low, high] = [0, items.length - 1];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((keyAt(middle) as string) < key) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const has = (key: string) => keyAt(position(key)) === key;
  return {
    size: () => items.length,
    has,
    first: () => items[0],
    last: () => items.at(-1),
    add: (item) => {
      const key = keyOf(item);
      items.splice(position(key), has(key) ? 1 : 0, item);
    },
    delete: (key) => {
      if (has(key)) items.splice(position(key), 1);
    },
    *from(after, offset = 0) {
      const start = after === undefined ? 0 : position(after);
      const skipped = after !== undefined && keyAt(start) === after ? 1 : 0;
      yield* items.slice(start + skipped + offset);
    },
    *backwards() {
      yield* items.toReversed();
    },
  };
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
