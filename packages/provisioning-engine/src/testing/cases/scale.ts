/**
 * What must not become slower as a tenant grows.
 *
 * @module
 */
import assert from "node:assert/strict";
import { performance } from "node:perf_hooks";
import { ACME_CONNECTION, aDirectoryGroup, aUser, id, ids } from "../records.ts";
import { type Cases, type World, written } from "../world.ts";

const C = ACME_CONNECTION;
const both = { inEffect: true } as const;
const MANY = 10_000;
const small = id(1_000_001);
const large = id(1_000_002);
const everyone = ids(1, MANY);

/** Inserts users, many at once: what takes long here is not what is measured. */
async function insertUsers(run: World["run"], first: number, last: number): Promise<void> {
  await run(async (tx) => {
    for (let next = first; next <= last; next += 500) {
      const numbers = Array.from({ length: Math.min(500, last - next + 1) }, (_, index) => next + index);
      const results = await Promise.all(numbers.map((number) => tx.users.insert(aUser(number, { attributes: {} }))));
      results.forEach(written);
    }
  });
}

async function tenThousandUsers(run: World["run"]): Promise<void> {
  await insertUsers(run, 1, MANY);
  await run(async (tx) => {
    for (const number of [1_000_001, 1_000_002]) written(await tx.groups.insert(aDirectoryGroup(number)));
  });
}

/** The median time of a run, in milliseconds; medians do not mind that a machine is busy now and then. */
async function median(times: number, work: () => Promise<unknown>): Promise<number> {
  const durations: number[] = [];
  for (let count = 0; count < times; count += 1) {
    const start = performance.now();
    await work();
    durations.push(performance.now() - start);
  }
  return durations.toSorted((a, b) => a - b)[Math.floor(times / 2)] ?? 0;
}

/** Far above what an index costs, far below what a scan of 10,000 rows does. */
function assertFlat(few: number, many: number): void {
  assert.ok(many <= 8 * few + 2, `${few.toFixed(2)} ms became ${many.toFixed(2)} ms`);
}

export const scaleCases: Cases = {
  "J08: add, remove and replace are exact with 10,000 members": async ({ run }) => {
    await tenThousandUsers(run);
    const added = await run((tx) => tx.members.add(C, large, everyone.toReversed(), both));
    assert.deepEqual([added.added.length, added.unknown.length], [MANY, 0]);
    const removed = await run((tx) => tx.members.remove(C, large, ids(101, 250), both));
    assert.equal(removed.length, 150);
    const replaced = await run((tx) => tx.members.replace(C, large, ids(51, MANY), both));
    assert.deepEqual([replaced.added.length, replaced.removed.length], [150, 50]);
    assert.deepEqual(await run((tx) => tx.members.page(C, large, { limit: 2 * MANY })), ids(51, MANY));
    const page = await run((tx) => tx.members.page(C, large, { after: id(9_990), limit: 5 }));
    assert.deepEqual(page, ids(9_991, 9_995));
  },
  "D51: adding and removing one member costs the same in a large group as in a small one": async ({ run }) => {
    await tenThousandUsers(run);
    await run(async (tx) => {
      await tx.members.add(C, small, everyone.slice(0, 100), both);
      await tx.members.add(C, large, everyone.slice(0, -1), both);
    });
    const changeOne = (groupId: string) =>
      median(31, () =>
        run(async (tx) => {
          await tx.members.add(C, groupId, [id(MANY)], both);
          await tx.members.has(C, groupId, id(MANY));
          await tx.members.page(C, groupId, { after: id(50), limit: 10 });
          await tx.members.groupsOf(C, id(MANY), "inEffect");
          await tx.members.remove(C, groupId, [id(MANY)], both);
        }),
      );
    await changeOne(small);
    assertFlat(await changeOne(small), await changeOne(large));
  },
  "a look-up, a count and a page cost the same among 10,000 users as among 100": async ({ run }) => {
    const look = (middle: number) =>
      median(31, () =>
        run(async (tx) => {
          const userName = `USER${middle}@acme.test`;
          const lookups = [{ attribute: "userName", value: userName }] as const;
          await tx.users.get(C, id(middle));
          assert.equal((await tx.users.find({ connectionId: C, lookups, limit: 1 })).length, 1);
          await tx.users.count(C, lookups);
          await tx.users.find({ connectionId: C, lookups: [], after: id(middle), limit: 10 });
        }),
      );
    await insertUsers(run, 1, 100);
    await look(50);
    const few = await look(50);
    await insertUsers(run, 101, MANY);
    assertFlat(few, await look(5_000));
    assert.equal(await run((tx) => tx.users.count(C, [])), MANY);
  },
};
