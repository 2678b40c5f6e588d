/**
 * Look-ups, counts and slices of directory users and groups.
 *
 * @module
 */
import assert from "node:assert/strict";
import type { DirectoryLookup, DirectoryQuery, Transaction } from "../../ports/index.ts";
import { ACME_CONNECTION, aDirectoryGroup, aUser, id, ids } from "../records.ts";
import { type Cases, type World, written } from "../world.ts";

async function fiveUsers(run: World["run"]): Promise<void> {
  await run(async (tx) => {
    // Not in order of id: creation order is the order of ids, whatever the order of arrival.
    for (const number of [13, 10, 14, 12, 11]) {
      const shared = number < 12 ? ["team@acme.test"] : [];
      written(await tx.users.insert(aUser(number, { emails: [`user${number}@acme.test`, ...shared] })));
    }
  });
}

const findUsers = (query: Omit<DirectoryQuery, "connectionId">) => async (tx: Transaction) =>
  (await tx.users.find({ connectionId: ACME_CONNECTION, ...query })).map((user) => user.id);

const findGroups = (lookups: readonly DirectoryLookup[]) => async (tx: Transaction) =>
  (await tx.groups.find({ connectionId: ACME_CONNECTION, lookups, limit: 10 })).map((group) => group.id);

/** Finds and counts users, and asserts that both agree. */
async function assertUsers({ run }: World, lookups: readonly DirectoryLookup[], expected: readonly string[]) {
  assert.deepEqual(await run(findUsers({ lookups, limit: 10 })), expected);
  assert.equal(await run((tx) => tx.users.count(ACME_CONNECTION, lookups)), expected.length);
}

export const directoryQueryCases: Cases = {
  "an empty connection has no users and no groups": async (world) => {
    await assertUsers(world, [], []);
    assert.deepEqual(await world.run(findGroups([])), []);
    assert.equal(await world.run((tx) => tx.groups.count(ACME_CONNECTION, [])), 0);
  },
  "finds all users in order of id": async (world) => {
    await fiveUsers(world.run);
    await assertUsers(world, [], ids(10, 14));
  },
  "finds a user by id": async (world) => {
    await fiveUsers(world.run);
    await assertUsers(world, [{ attribute: "id", value: id(12) }], [id(12)]);
    await assertUsers(world, [{ attribute: "id", value: id(99) }], []);
  },
  "finds a user by userName, whatever its case": async (world) => {
    await fiveUsers(world.run);
    await assertUsers(world, [{ attribute: "userName", value: "USER12@Acme.Test" }], [id(12)]);
    await assertUsers(world, [{ attribute: "userName", value: "user12" }], []);
  },
  "J01: finds a user by externalId, exactly": async (world) => {
    await fiveUsers(world.run);
    await assertUsers(world, [{ attribute: "externalId", value: "ext-12" }], [id(12)]);
    await assertUsers(world, [{ attribute: "externalId", value: "EXT-12" }], []);
    await assertUsers(world, [{ attribute: "externalId", value: id(12) }], []);
  },
  "finds users by any of their e-mail addresses, whatever its case": async (world) => {
    await fiveUsers(world.run);
    await assertUsers(world, [{ attribute: "emails", value: "User12@acme.test" }], [id(12)]);
    await assertUsers(world, [{ attribute: "emails", value: "TEAM@acme.test" }], [id(10), id(11)]);
  },
  "J31: a user with one address twice is found and counted once": async (world) => {
    const emails = ["ada@acme.test", "ada@acme.test"];
    await world.run(async (tx) => written(await tx.users.insert(aUser(10, { emails }))));
    await assertUsers(world, [{ attribute: "emails", value: "ada@acme.test" }], [id(10)]);
    assert.deepEqual((await world.run((tx) => tx.users.get(ACME_CONNECTION, id(10))))?.emails, emails);
  },
  "all look-ups must hold": async (world) => {
    await fiveUsers(world.run);
    const team: DirectoryLookup = { attribute: "emails", value: "team@acme.test" };
    await assertUsers(world, [team, { attribute: "userName", value: "user11@acme.test" }], [id(11)]);
    await assertUsers(world, [team, { attribute: "userName", value: "user12@acme.test" }], []);
    await assertUsers(
      world,
      [{ attribute: "externalId", value: "ext-10" }, team, { attribute: "id", value: id(10) }],
      [id(10)],
    );
    await assertUsers(world, [team, { attribute: "emails", value: "user10@acme.test" }], [id(10)]);
  },
  "an update moves a user to its new look-up values": async (world) => {
    await fiveUsers(world.run);
    const moved = aUser(10, { userName: "ada", externalId: "x", emails: ["ada@acme.test"], version: 2 });
    await world.run(async (tx) => written(await tx.users.update(moved)));
    await assertUsers(world, [{ attribute: "userName", value: "user10@acme.test" }], []);
    await assertUsers(world, [{ attribute: "externalId", value: "ext-10" }], []);
    await assertUsers(world, [{ attribute: "emails", value: "team@acme.test" }], [id(11)]);
    await assertUsers(world, [{ attribute: "userName", value: "ada" }], [id(10)]);
    await assertUsers(world, [{ attribute: "emails", value: "ada@acme.test" }], [id(10)]);
  },
  "walks users in slices by id": async ({ run }) => {
    await fiveUsers(run);
    assert.deepEqual(await run(findUsers({ lookups: [], limit: 2 })), [id(10), id(11)]);
    assert.deepEqual(await run(findUsers({ lookups: [], after: id(11), limit: 2 })), [id(12), id(13)]);
    assert.deepEqual(await run(findUsers({ lookups: [], after: id(13), limit: 2 })), [id(14)]);
    assert.deepEqual(await run(findUsers({ lookups: [], after: id(14), limit: 2 })), []);
    assert.deepEqual(await run(findUsers({ lookups: [], limit: 0 })), []);
  },
  "walks what several look-ups name in slices by id": async ({ run }) => {
    await fiveUsers(run);
    const lookups = [
      { attribute: "emails", value: "team@acme.test" },
      { attribute: "emails", value: "Team@acme.test" },
    ] as const;
    assert.deepEqual(await run(findUsers({ lookups, limit: 1 })), [id(10)]);
    assert.deepEqual(await run(findUsers({ lookups, after: id(10), limit: 1 })), [id(11)]);
    assert.deepEqual(await run(findUsers({ lookups, after: id(11), limit: 1 })), []);
  },
  "J26: a walk that began before a row was deleted loses nobody": async ({ run }) => {
    await fiveUsers(run);
    await run(async (tx) =>
      written(await tx.users.update(aUser(11, { deletedAt: "2026-02-01T00:00:00.000Z", version: 2 }))),
    );
    assert.deepEqual(await run(findUsers({ lookups: [], after: id(11), limit: 5 })), ids(12, 14));
  },
  "skips `offset` rows in order of id": async ({ run }) => {
    await fiveUsers(run);
    assert.deepEqual(await run(findUsers({ lookups: [], offset: 3, limit: 5 })), [id(13), id(14)]);
    assert.deepEqual(await run(findUsers({ lookups: [], offset: 5, limit: 5 })), []);
  },
  "applies the look-ups before the offset": async ({ run }) => {
    await fiveUsers(run);
    const team: DirectoryLookup = { attribute: "emails", value: "team@acme.test" };
    assert.deepEqual(await run(findUsers({ lookups: [team], offset: 1, limit: 5 })), [id(11)]);
    const both = [team, { attribute: "id", value: id(11) }] as const;
    assert.deepEqual(await run(findUsers({ lookups: both, offset: 0, limit: 5 })), [id(11)]);
    assert.deepEqual(await run(findUsers({ lookups: both, offset: 1, limit: 5 })), []);
  },
  "J41: finds groups by id, externalId and displayName": async ({ run }) => {
    await run(async (tx) => {
      for (const number of [21, 20]) written(await tx.groups.insert(aDirectoryGroup(number)));
    });
    assert.deepEqual(await run(findGroups([])), [id(20), id(21)]);
    assert.deepEqual(await run(findGroups([{ attribute: "id", value: id(21) }])), [id(21)]);
    assert.deepEqual(await run(findGroups([{ attribute: "externalId", value: "ext-20" }])), [id(20)]);
    assert.deepEqual(await run(findGroups([{ attribute: "externalId", value: "EXT-20" }])), []);
    const byName: DirectoryLookup = { attribute: "displayName", value: "GROUP 20" };
    assert.deepEqual(await run(findGroups([byName])), [id(20)]);
    assert.deepEqual(await run(findGroups([byName, { attribute: "id", value: id(21) }])), []);
    assert.equal(await run((tx) => tx.groups.count(ACME_CONNECTION, [byName])), 1);
  },
};
