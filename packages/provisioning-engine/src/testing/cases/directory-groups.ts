/**
 * Directory groups: unique names, and an end that takes the memberships along.
 *
 * @module
 */
import assert from "node:assert/strict";
import { ACME_CONNECTION, aDirectoryGroup, at, aUser, id } from "../records.ts";
import { type Cases, refused, written } from "../world.ts";
import { versionedCases } from "./versioned.ts";

const group = aDirectoryGroup(20);

export const directoryGroupCases: Cases = {
  ...versionedCases({
    row: group,
    changed: { displayName: "Writers", externalId: null, attributes: {}, modifiedAt: at(99) },
    repository: (tx) => tx.groups,
    get: (tx) => tx.groups.get(ACME_CONNECTION, group.id),
  }),
  "J41: refuses a taken displayName, whatever its case": async ({ run }) => {
    await run(async (tx) => written(await tx.groups.insert(group)));
    await run(async (tx) =>
      refused(await tx.groups.insert(aDirectoryGroup(21, { displayName: "GROUP 20" })), "displayName"),
    );
    assert.equal(await run((tx) => tx.groups.get(ACME_CONNECTION, id(21))), null);
  },
  "J41: refuses an update to a taken displayName": async ({ run }) => {
    const other = aDirectoryGroup(21);
    await run(async (tx) => {
      written(await tx.groups.insert(group));
      written(await tx.groups.insert(other));
      refused(await tx.groups.update({ ...other, displayName: "group 20", version: 2 }), "displayName");
    });
    assert.deepEqual(await run((tx) => tx.groups.get(ACME_CONNECTION, other.id)), other);
  },
  "R39: a renamed group keeps its id and frees the old name": async ({ run }) => {
    const renamed = { ...group, displayName: "Writers", version: 2 };
    await run(async (tx) => {
      written(await tx.groups.insert(group));
      written(await tx.groups.update(renamed));
      written(await tx.groups.insert(aDirectoryGroup(21, { displayName: "Group 20" })));
    });
    assert.deepEqual(await run((tx) => tx.groups.get(ACME_CONNECTION, group.id)), renamed);
  },
  "several groups may have one externalId": async ({ run }) => {
    await run(async (tx) => {
      for (const number of [20, 21]) written(await tx.groups.insert(aDirectoryGroup(number, { externalId: "same" })));
    });
    const lookups = [{ attribute: "externalId", value: "same" }] as const;
    const found = await run((tx) => tx.groups.find({ connectionId: ACME_CONNECTION, lookups, limit: 5 }));
    assert.deepEqual(
      found.map((row) => row.id),
      [id(20), id(21)],
    );
  },
  "R40: a deleted group is gone and its name is free": async ({ run }) => {
    await run(async (tx) => written(await tx.groups.insert(group)));
    assert.equal(await run((tx) => tx.groups.delete(ACME_CONNECTION, group.id)), true);
    await run(async (tx) => {
      assert.equal(await tx.groups.get(ACME_CONNECTION, group.id), null);
      assert.equal(await tx.groups.count(ACME_CONNECTION, []), 0);
      assert.equal(await tx.groups.delete(ACME_CONNECTION, group.id), false);
      written(await tx.groups.insert(aDirectoryGroup(21, { displayName: group.displayName })));
    });
  },
  "R40: deleting a group ends both sides of its memberships": async ({ run }) => {
    await run(async (tx) => {
      written(await tx.users.insert(aUser(10)));
      for (const number of [20, 21]) {
        written(await tx.groups.insert(aDirectoryGroup(number)));
        await tx.members.add(ACME_CONNECTION, id(number), [id(10)], { inEffect: true });
      }
      await tx.groups.delete(ACME_CONNECTION, group.id);
    });
    for (const side of ["inDirectory", "inEffect"] as const) {
      assert.deepEqual(await run((tx) => tx.members.groupsOf(ACME_CONNECTION, id(10), side)), [id(21)]);
    }
    assert.equal(await run((tx) => tx.members.has(ACME_CONNECTION, group.id, id(10))), false);
  },
};
