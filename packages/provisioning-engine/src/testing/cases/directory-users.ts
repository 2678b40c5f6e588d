/**
 * Directory users: uniqueness among the living, and what is retained of the deleted.
 *
 * @module
 */
import assert from "node:assert/strict";
import type { DirectoryUserRecord } from "../../ports/index.ts";
import { ACME_CONNECTION, at, aUser, id } from "../records.ts";
import { type Cases, refused, type World, written } from "../world.ts";
import { versionedCases } from "./versioned.ts";

const user = aUser(10);

/** Inserts a user and deletes it as SCIM DELETE does. */
async function retain(run: World["run"], given: DirectoryUserRecord, deletedAt: string): Promise<DirectoryUserRecord> {
  const deleted = { ...given, active: false, deletedAt, version: 2 };
  await run(async (tx) => {
    written(await tx.users.insert(given));
    written(await tx.users.update(deleted));
  });
  return deleted;
}

const keys = ({ externalId, userName }: DirectoryUserRecord) => ({ externalId, userName });

export const directoryUserCases: Cases = {
  ...versionedCases({
    row: user,
    changed: {
      accountId: id(99),
      userName: "ada@acme.test",
      externalId: null,
      emails: [],
      active: false,
      attributes: {},
      modifiedAt: at(99),
    },
    repository: (tx) => tx.users,
    get: (tx) => tx.users.get(ACME_CONNECTION, user.id),
  }),
  "I8: refuses a taken userName, whatever its case": async ({ run }) => {
    await run(async (tx) => written(await tx.users.insert(user)));
    const second = aUser(11, { userName: user.userName.toUpperCase() });
    await run(async (tx) => refused(await tx.users.insert(second), "userName"));
    assert.equal(await run((tx) => tx.users.get(ACME_CONNECTION, second.id)), null);
  },
  "I8: refuses a taken externalId": async ({ run }) => {
    await run(async (tx) => written(await tx.users.insert(user)));
    await run(async (tx) => refused(await tx.users.insert(aUser(11, { externalId: "ext-10" })), "externalId"));
  },
  "I8: tells externalIds apart by case": async ({ run }) => {
    await run(async (tx) => written(await tx.users.insert(user)));
    await run(async (tx) => written(await tx.users.insert(aUser(11, { externalId: "EXT-10" }))));
  },
  "any number of users may have no externalId": async ({ run }) => {
    await run(async (tx) => {
      for (const number of [10, 11, 12]) written(await tx.users.insert(aUser(number, { externalId: null })));
    });
  },
  "I8: refuses an update to a taken userName or externalId": async ({ run }) => {
    const other = aUser(11);
    await run(async (tx) => {
      written(await tx.users.insert(user));
      written(await tx.users.insert(other));
    });
    await run(async (tx) =>
      refused(await tx.users.update({ ...other, userName: "USER10@acme.test", version: 2 }), "userName"),
    );
    await run(async (tx) =>
      refused(await tx.users.update({ ...other, externalId: "ext-10", version: 2 }), "externalId"),
    );
    assert.deepEqual(await run((tx) => tx.users.get(ACME_CONNECTION, other.id)), other);
  },
  "a user may change the case of its own userName": async ({ run }) => {
    const renamed = { ...user, userName: "User10@Acme.test", version: 2 };
    await run(async (tx) => written(await tx.users.insert(user)));
    await run(async (tx) => written(await tx.users.update(renamed)));
    assert.deepEqual(await run((tx) => tx.users.get(ACME_CONNECTION, user.id)), renamed);
  },
  "J12: a rename frees the old userName": async ({ run }) => {
    await run(async (tx) => written(await tx.users.insert(user)));
    await run(async (tx) => written(await tx.users.update({ ...user, userName: "ada@acme.test", version: 2 })));
    await run(async (tx) => written(await tx.users.insert(aUser(11, { userName: user.userName }))));
  },
  "a refused insert leaves the transaction usable": async ({ run }) => {
    await run(async (tx) => written(await tx.users.insert(user)));
    await run(async (tx) => {
      refused(await tx.users.insert(aUser(11, { userName: user.userName })), "userName");
      written(await tx.users.insert(aUser(12)));
    });
    assert.deepEqual(await run((tx) => tx.users.get(ACME_CONNECTION, id(12))), aUser(12));
  },
  "R58: a deleted user is invisible to get, find, count and update": async ({ run }) => {
    const deleted = await retain(run, user, at(50));
    await run(async (tx) => {
      assert.equal(await tx.users.get(ACME_CONNECTION, user.id), null);
      assert.equal(await tx.users.count(ACME_CONNECTION, []), 0);
      for (const lookup of [
        { attribute: "id", value: user.id },
        { attribute: "externalId", value: "ext-10" },
        { attribute: "userName", value: user.userName },
        { attribute: "emails", value: user.userName },
      ] as const) {
        assert.deepEqual(await tx.users.find({ connectionId: ACME_CONNECTION, lookups: [lookup], limit: 5 }), []);
        assert.equal(await tx.users.count(ACME_CONNECTION, [lookup]), 0);
      }
      assert.deepEqual(await tx.users.find({ connectionId: ACME_CONNECTION, lookups: [], limit: 5 }), []);
      refused(await tx.users.update({ ...deleted, deletedAt: null, version: 3 }), "version");
    });
  },
  "R57: a deleted user's userName and externalId are free": async ({ run }) => {
    await retain(run, user, at(50));
    const again = aUser(11, keys(user));
    await run(async (tx) => written(await tx.users.insert(again)));
    assert.deepEqual(await run((tx) => tx.users.get(ACME_CONNECTION, again.id)), again);
  },
  "R57: a deleted user's id stays taken": async ({ run }) => {
    await retain(run, user, at(50));
    await run(async (tx) => refused(await tx.users.insert(aUser(10, { userName: "ada", externalId: null })), "id"));
  },
  "R57: finds a retained user by externalId": async ({ run }) => {
    const deleted = await retain(run, user, at(50));
    const found = await run((tx) => tx.users.retained(ACME_CONNECTION, { externalId: "ext-10", userName: "nobody" }));
    assert.deepEqual(found, deleted);
  },
  "R57: finds a retained user by userName, whatever its case": async ({ run }) => {
    const deleted = await retain(run, aUser(10, { userName: "User10@acme.test" }), at(50));
    for (const externalId of [null, "ext-unknown"]) {
      const userName = "USER10@acme.test";
      assert.deepEqual(await run((tx) => tx.users.retained(ACME_CONNECTION, { externalId, userName })), deleted);
    }
  },
  "R57: externalId goes before userName, even when that was deleted later": async ({ run }) => {
    const byExternalId = await retain(run, aUser(10), at(50));
    await retain(run, aUser(11), at(60));
    const wanted = { externalId: "ext-10", userName: "user11@acme.test" };
    assert.deepEqual(await run((tx) => tx.users.retained(ACME_CONNECTION, wanted)), byExternalId);
  },
  "R57: of several retained users the most recently deleted one counts": async ({ run }) => {
    await retain(run, aUser(12, keys(user)), at(50));
    const newest = await retain(run, aUser(10, keys(user)), at(70));
    await retain(run, aUser(11, keys(user)), at(60));
    assert.deepEqual(await run((tx) => tx.users.retained(ACME_CONNECTION, keys(user))), newest);
    const byName = { externalId: null, userName: user.userName };
    assert.deepEqual(await run((tx) => tx.users.retained(ACME_CONNECTION, byName)), newest);
  },
  "R57: a user that is not deleted is not retained": async ({ run }) => {
    await run(async (tx) => written(await tx.users.insert(user)));
    assert.equal(await run((tx) => tx.users.retained(ACME_CONNECTION, keys(user))), null);
  },
};
