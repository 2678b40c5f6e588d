/**
 * The two sides of a membership: what the directory says, and what is in effect.
 *
 * @module
 */
import assert from "node:assert/strict";
import type { Transaction } from "../../ports/index.ts";
import { ACME_CONNECTION, aDirectoryGroup, aUser, GLOBEX_CONNECTION, id, ids } from "../records.ts";
import { type Cases, sorted, type World, written } from "../world.ts";

const group = id(50);
const C = ACME_CONNECTION;
const syncOn = { inEffect: true } as const;
const syncOff = { inEffect: false } as const;

/** Users 10 to 15; 10 to 12 are members of the group on both sides. */
async function threeMembers(run: World["run"]): Promise<void> {
  await run(async (tx) => {
    for (const number of [10, 11, 12, 13, 14, 15]) written(await tx.users.insert(aUser(number)));
    written(await tx.groups.insert(aDirectoryGroup(50)));
    await tx.members.add(C, group, ids(10, 12), syncOn);
  });
}

const sides = async (tx: Transaction) => ({
  directory: await tx.members.page(C, group, { limit: 100 }),
  effect: await tx.members.effective(C, group, { limit: 100 }),
});

export const memberSideCases: Cases = {
  "R31: with group sync on both sides move together": async ({ run }) => {
    await threeMembers(run);
    await run(async (tx) => {
      await tx.members.remove(C, group, [id(10)], syncOn);
      await tx.members.add(C, group, [id(13)], syncOn);
    });
    assert.deepEqual(await run(sides), { directory: ids(11, 13), effect: ids(11, 13) });
    await run((tx) => tx.members.replace(C, group, ids(13, 14), syncOn));
    assert.deepEqual(await run(sides), { directory: ids(13, 14), effect: ids(13, 14) });
  },
  "R31: with group sync on, adding one whom the directory named before makes it effective": async ({ run }) => {
    await threeMembers(run);
    await run((tx) => tx.members.add(C, group, [id(13)], syncOff));
    const { added } = await run((tx) => tx.members.add(C, group, [id(13)], syncOn));
    assert.deepEqual(added, []);
    assert.deepEqual(await run(sides), { directory: ids(10, 13), effect: ids(10, 13) });
  },
  "I18: with group sync off an addition has no effect": async ({ run }) => {
    await threeMembers(run);
    const { added } = await run((tx) => tx.members.add(C, group, [id(13)], syncOff));
    assert.deepEqual(added, [id(13)]);
    assert.deepEqual(await run(sides), { directory: ids(10, 13), effect: ids(10, 12) });
    assert.equal(await run((tx) => tx.members.has(C, group, id(13))), true);
  },
  "I18: with group sync off a removal has no effect": async ({ run }) => {
    await threeMembers(run);
    const removed = await run((tx) => tx.members.remove(C, group, [id(10)], syncOff));
    assert.deepEqual(removed, [id(10)]);
    assert.deepEqual(await run(sides), { directory: ids(11, 12), effect: ids(10, 12) });
    assert.equal(await run((tx) => tx.members.has(C, group, id(10))), false);
    assert.deepEqual(await run((tx) => tx.members.groupsOf(C, id(10), "inDirectory")), []);
    assert.deepEqual(await run((tx) => tx.members.groupsOf(C, id(10), "inEffect")), [group]);
  },
  "I18: with group sync off a replacement has no effect": async ({ run }) => {
    await threeMembers(run);
    const result = await run((tx) => tx.members.replace(C, group, ids(12, 13), syncOff));
    assert.deepEqual([result.added, sorted(result.removed)], [[id(13)], ids(10, 11)]);
    assert.deepEqual(await run(sides), { directory: ids(12, 13), effect: ids(10, 12) });
  },
  "I18: what left the directory and comes back is an addition, and was in effect throughout": async ({ run }) => {
    await threeMembers(run);
    await run((tx) => tx.members.remove(C, group, [id(10)], syncOff));
    const { added } = await run((tx) => tx.members.add(C, group, [id(10), id(11)], syncOff));
    assert.deepEqual(added, [id(10)]);
    assert.deepEqual(await run(sides), { directory: ids(10, 12), effect: ids(10, 12) });
  },
  "a row without either side does not exist": async ({ run }) => {
    await threeMembers(run);
    await run(async (tx) => {
      await tx.members.add(C, group, [id(13)], syncOff);
      await tx.members.remove(C, group, [id(13)], syncOff);
      await tx.members.settle(C);
    });
    assert.deepEqual(await run(sides), { directory: ids(10, 12), effect: ids(10, 12) });
    assert.deepEqual(await run((tx) => tx.members.remove(C, group, [id(13)], syncOff)), []);
  },
  "R48: settling makes effective what the directory says": async ({ run }) => {
    await threeMembers(run);
    await run((tx) => tx.members.replace(C, group, ids(12, 14), syncOff));
    await run((tx) => tx.members.settle(C));
    assert.deepEqual(await run(sides), { directory: ids(12, 14), effect: ids(12, 14) });
    assert.deepEqual(await run((tx) => tx.members.groupsOf(C, id(10), "inEffect")), []);
    assert.deepEqual(await run((tx) => tx.members.groupsOf(C, id(13), "inEffect")), [group]);
  },
  "settling twice equals settling once, and an empty connection settles too": async ({ run }) => {
    await threeMembers(run);
    await run(async (tx) => {
      await tx.members.replace(C, group, [id(15)], syncOff);
      await tx.members.settle(C);
      await tx.members.settle(C);
      await tx.members.settle(GLOBEX_CONNECTION);
    });
    assert.deepEqual(await run(sides), { directory: [id(15)], effect: [id(15)] });
  },
  "effective members are paged in order of user id": async ({ run }) => {
    await threeMembers(run);
    await run((tx) => tx.members.remove(C, group, ids(10, 12), syncOff));
    const page = (limit: number, after?: string) => run((tx) => tx.members.effective(C, group, { limit, after }));
    assert.deepEqual(await page(2), ids(10, 11));
    assert.deepEqual(await page(2, id(11)), [id(12)]);
    assert.deepEqual(await page(2, id(12)), []);
  },
  "J35: removing a user ends a membership that is only in effect": async ({ run }) => {
    await threeMembers(run);
    await run(async (tx) => {
      await tx.members.remove(C, group, [id(10)], syncOff);
      await tx.members.removeUser(C, id(10));
    });
    assert.deepEqual(await run(sides), { directory: ids(11, 12), effect: ids(11, 12) });
  },
  "R40: deleting a group ends memberships that are only in effect": async ({ run }) => {
    await threeMembers(run);
    await run(async (tx) => {
      await tx.members.remove(C, group, ids(10, 12), syncOff);
      await tx.groups.delete(C, group);
    });
    assert.deepEqual(await run((tx) => tx.members.groupsOf(C, id(10), "inEffect")), []);
    assert.deepEqual(await run((tx) => tx.members.effective(C, group, { limit: 9 })), []);
  },
};
