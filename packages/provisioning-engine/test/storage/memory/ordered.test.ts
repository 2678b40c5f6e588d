import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addOrdered, deleteOrdered, take, viewOrdered } from "../../../src/storage/memory/ordered.ts";

interface Item {
  readonly key: string;
  readonly value: number;
}

const keyOf = ({ key }: Item) => key;

const createList = () => {
  const items: Item[] = [];
  return {
    ...viewOrdered(items, keyOf),
    add: (item: Item) => addOrdered(items, keyOf, item),
    delete: (key: string) => deleteOrdered(items, keyOf, key),
  };
};

const ordered = (...keys: readonly string[]) => {
  const list = createList();
  for (const [value, key] of keys.entries()) list.add({ key, value });
  return list;
};

const keysOf = (items: Iterable<Item>) => Array.from(items, ({ key }) => key);

describe("an ordered list", () => {
  it("keeps the order of its keys and not that of arrival", () => {
    const list = ordered("c", "a", "d", "b");
    expect(keysOf(list.from())).toEqual(["a", "b", "c", "d"]);
    expect(keysOf(list.backwards())).toEqual(["d", "c", "b", "a"]);
    expect([list.first()?.key, list.last()?.key, list.size()]).toEqual(["a", "d", 4]);
  });

  it("puts an item in the place of the one with its key", () => {
    const list = ordered("a", "b", "a");
    expect([...list.from()]).toEqual([
      { key: "a", value: 2 },
      { key: "b", value: 1 },
    ]);
  });

  it("goes on after a key, whether it is there or not", () => {
    const list = ordered("b", "d", "f");
    expect(keysOf(list.from("b"))).toEqual(["d", "f"]);
    expect(keysOf(list.from("c"))).toEqual(["d", "f"]);
    expect(keysOf(list.from("a"))).toEqual(["b", "d", "f"]);
    expect(keysOf(list.from("f"))).toEqual([]);
    expect(keysOf(list.from("b", 1))).toEqual(["f"]);
  });

  it("is walked as it was when the walk began", () => {
    const list = ordered("a", "b", "c");
    const seen: string[] = [];
    for (const { key } of list.from()) {
      list.delete(key);
      seen.push(key);
    }
    expect(seen).toEqual(["a", "b", "c"]);
    expect(list.size()).toBe(0);
  });

  it("is empty in every respect when it is empty", () => {
    const list = ordered();
    list.delete("a");
    expect([list.size(), list.first(), list.last(), list.has("a"), [...list.from("a")]]).toEqual([
      0,
      undefined,
      undefined,
      false,
      [],
    ]);
  });

  it("behaves as a sorted map does, whatever is added and deleted", () => {
    const key = fc.string({ unit: fc.constantFrom("a", "b", "c", "Z", " ", "é"), maxLength: 3 });
    const step = fc.record({ key, value: fc.integer(), deletes: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step), key, fc.nat(3), (steps, after, offset) => {
        const list = createList();
        const model = new Map<string, Item>();
        for (const { deletes, ...item } of steps) {
          if (deletes) {
            list.delete(item.key);
            model.delete(item.key);
          } else {
            list.add(item);
            model.set(item.key, item);
          }
        }
        const expected = [...model.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
        expect([...list.from()]).toEqual(expected);
        expect(list.has(after)).toBe(model.has(after));
        expect([...list.from(after, offset)]).toEqual(expected.filter((item) => item.key > after).slice(offset));
      }),
      { seed: 7, numRuns: 300 },
    );
  });
});

describe("take", () => {
  it("takes no more than it is told and draws no more than it takes", () => {
    let drawn = 0;
    function* numbers() {
      for (;;) {
        drawn += 1;
        yield drawn;
      }
    }
    expect(take(numbers(), 3)).toEqual([1, 2, 3]);
    expect(drawn).toBe(3);
    expect(take(numbers(), 0)).toEqual([]);
    expect(take(numbers(), -1)).toEqual([]);
    expect(drawn).toBe(3);
    expect(take([1], 5)).toEqual([1]);
  });
});
