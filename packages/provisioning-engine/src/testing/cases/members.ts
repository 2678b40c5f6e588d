/**
 * Members of a directory group, as its identity provider names them.
 *
 * @module
 */
import assert from "node:assert/strict";
import type { Transaction } from "../../ports/index.ts";
import { ACME_CONNECTION, aDirectoryGroup, at, aUser, id, ids } from "../records.ts";
import { type Cases, sorted, type World, written } from "../world.ts";

const group = id(50);
const otherGroup = id(51);
const both = { inEffect: true } as const;
const C = ACME_CONNECTION;

/** Users 10 to 15, groups 50 and 51. */
async function people(run: World["run"]): Promise<void> {
  await run(async (tx) => {
    for (const number of [10, 11, 12, 13, 14, 15]) written(await tx.users.insert(aUser(number)));
    for (const number of [50, 51]) written(await tx.groups.insert(aDirectoryGroup(number)));
  });
}

const members = (tx: Transaction) => tx.members.page(C, group, { limit: 100 });

export const memberCases: Cases = {
  "R36: adds members and tells which were new": async ({ run }) => {
    await people(run);
    const first = await run((tx) => tx.members.add(C, group, [id(11), id(10)], both));
    assert.deepEqual([sorted(first.added), first.unknown], [ids(10, 11), []]);
    const second = await run((tx) => tx.members.add(C, group, ids(10, 12), both));
    assert.deepEqual([second.added, second.unknown], [[id(12)], []]);
    assert.deepEqual(await run(members), ids(10, 12));
  },
  "J31: an id given twice is added once": async ({ run }) => {
    await people(run);
    const { added } = await run((tx) => tx.members.add(C, group, [id(10), id(10)], both));
    assert.deepEqual(added, [id(10)]);
    assert.deepEqual(await run(members), [id(10)]);
  },
  "R37: skips unknown ids, names them, and adds the rest": async ({ run }) => {
    await people(run);
    const result = await run((tx) => tx.members.add(C, group, [id(98), id(10), id(99)], both));
    assert.deepEqual([result.added, sorted(result.unknown)], [[id(10)], [id(98), id(99)]]);
    assert.deepEqual(await run(members), [id(10)]);
  },
  "R37: a deleted user is unknown": async ({ run }) => {
    await people(run);
    await run(async (tx) => written(await tx.users.update(aUser(10, { deletedAt: at(60), version: 2 }))));
    const result = await run((tx) => tx.members.add(C, group, ids(10, 11), both));
    assert.deepEqual([result.added, result.unknown], [[id(11)], [id(10)]]);
  },
  "J11: the id of a group is not the id of a user": async ({ run }) => {
    await people(run);
    const result = await run((tx) => tx.members.add(C, group, [otherGroup], both));
    assert.deepEqual(result, { added: [], unknown: [otherGroup] });
  },
  "R33: removes members and tells which were present": async ({ run }) => {
    await people(run);
    await run((tx) => tx.members.add(C, group, ids(10, 12), both));
    const removed = await run((tx) => tx.members.remove(C, group, [id(12), id(10), id(15), id(99), id(10)], both));
    assert.deepEqual(sorted(removed), [id(10), id(12)]);
    assert.deepEqual(await run(members), [id(11)]);
    assert.deepEqual(await run((tx) => tx.members.remove(C, group, [id(10)], both)), []);
  },
  "D42: replaces members by the difference": async ({ run }) => {
    await people(run);
    await run((tx) => tx.members.add(C, group, ids(10, 12), both));
    const result = await run((tx) => tx.members.replace(C, group, [id(13), id(12), id(14), id(99)], both));
    assert.deepEqual(sorted(result.added), ids(13, 14));
    assert.deepEqual(sorted(result.removed), ids(10, 11));
    assert.deepEqual(result.unknown, [id(99)]);
    assert.deepEqual(await run(members), ids(12, 14));
  },
  "D27: replacing by the same members changes nothing": async ({ run }) => {
    await people(run);
    await run((tx) => tx.members.add(C, group, ids(10, 12), both));
    const result = await run((tx) => tx.members.replace(C, group, [id(12), id(11), id(10), id(10)], both));
    assert.deepEqual(result, { added: [], removed: [], unknown: [] });
    assert.deepEqual(await run(members), ids(10, 12));
  },
  "D42: replacing by nothing empties the group": async ({ run }) => {
    await people(run);
    await run((tx) => tx.members.add(C, group, ids(10, 12), both));
    const result = await run((tx) => tx.members.replace(C, group, [], both));
    assert.deepEqual([result.added, sorted(result.removed), result.unknown], [[], ids(10, 12), []]);
    assert.deepEqual(await run(members), []);
  },
  "nothing to add, nothing to remove": async ({ run }) => {
    await people(run);
    assert.deepEqual(await run((tx) => tx.members.add(C, group, [], both)), { added: [], unknown: [] });
    assert.deepEqual(await run((tx) => tx.members.remove(C, group, [], both)), []);
  },
  "a change of one group leaves another alone": async ({ run }) => {
    await people(run);
    await run(async (tx) => {
      await tx.members.add(C, group, ids(10, 12), both);
      await tx.members.add(C, otherGroup, ids(10, 12), both);
      await tx.members.replace(C, group, [id(15)], both);
      await tx.members.remove(C, group, [id(15)], both);
    });
    assert.deepEqual(await run((tx) => tx.members.page(C, otherGroup, { limit: 9 })), ids(10, 12));
  },
  "J08: pages members in order of user id": async ({ run }) => {
    await people(run);
    await run((tx) => tx.members.add(C, group, [id(14), id(10), id(12), id(13), id(11)], both));
    const page = (limit: number, after?: string) => run((tx) => tx.members.page(C, group, { limit, after }));
    assert.deepEqual(await page(2), ids(10, 11));
    assert.deepEqual(await page(2, id(11)), ids(12, 13));
    assert.deepEqual(await page(2, id(13)), [id(14)]);
    assert.deepEqual(await page(2, id(14)), []);
    assert.deepEqual(await page(0), []);
  },
  "has tells members from others": async ({ run }) => {
    await people(run);
    await run((tx) => tx.members.add(C, group, [id(10)], both));
    const has = (groupId: string, userId: string) => run((tx) => tx.members.has(C, groupId, userId));
    assert.equal(await has(group, id(10)), true);
    assert.equal(await has(group, id(11)), false);
    assert.equal(await has(otherGroup, id(10)), false);
    assert.equal(await has(group, id(99)), false);
  },
  "lists the groups of a user in order of group id": async ({ run }) => {
    await people(run);
    await run(async (tx) => {
      await tx.members.add(C, otherGroup, [id(10)], both);
      await tx.members.add(C, group, ids(10, 11), both);
    });
    for (const side of ["inDirectory", "inEffect"] as const) {
      assert.deepEqual(await run((tx) => tx.members.groupsOf(C, id(10), side)), [group, otherGroup]);
      assert.deepEqual(await run((tx) => tx.members.groupsOf(C, id(12), side)), []);
    }
  },
  "J35: removing a user ends all its memberships and no others": async ({ run }) => {
    await people(run);
    await run(async (tx) => {
      await tx.members.add(C, group, ids(10, 11), both);
      await tx.members.add(C, otherGroup, ids(10, 11), { inEffect: false });
      await tx.members.removeUser(C, id(10));
    });
    for (const side of ["inDirectory", "inEffect"] as const) {
      assert.deepEqual(await run((tx) => tx.members.groupsOf(C, id(10), side)), []);
    }
    assert.deepEqual(await run(members), [id(11)]);
    assert.deepEqual(await run((tx) => tx.members.page(C, otherGroup, { limit: 9 })), [id(11)]);
    assert.deepEqual(await run((tx) => tx.members.effective(C, group, { limit: 9 })), [id(11)]);
  },
};
