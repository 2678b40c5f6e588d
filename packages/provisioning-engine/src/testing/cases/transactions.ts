/**
 * Transactions: all or nothing, errors unchanged, never nested, over when they are over.
 *
 * @module
 */
import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";
import type { Transaction } from "../../ports/index.ts";
import {
  ACME,
  ACME_CONNECTION,
  aCredential,
  aDirectoryGroup,
  aFailure,
  aLocalGroup,
  anAccount,
  anOverlay,
  aTenant,
  at,
  aUser,
  id,
  ids,
} from "../records.ts";
import { type Cases, isClear, refused, settles, written } from "../world.ts";

const C = ACME_CONNECTION;
const scope = { tenantId: ACME } as const;
const failing = new Error("changed its mind");

const member = { tenantId: ACME, groupId: id(30), accountId: id(10), source: "local" } as const;

/** One row of everything. */
async function writeEverything(tx: Transaction): Promise<void> {
  written(await tx.users.insert(aUser(10)));
  written(await tx.groups.insert(aDirectoryGroup(20)));
  await tx.members.add(C, id(20), [id(10)], { inEffect: true });
  written(await tx.accounts.insert(anAccount(10)));
  await tx.overlays.put(anOverlay(id(10)));
  await tx.seats.take({ tenantId: ACME, accountId: id(10), kind: "user", at: at(0) }, 1, "wait");
  written(await tx.localGroups.insert(aLocalGroup(30)));
  await tx.localGroups.addMember(member);
  written(await tx.credentials.insert(aCredential()));
}

/** What `writeEverything` wrote, as it reads now. */
async function readEverything(tx: Transaction) {
  return {
    tenant: await tx.tenants.get(ACME),
    tenants: await tx.tenants.list({ limit: 10 }),
    user: await tx.users.get(C, id(10)),
    users: await tx.users.count(C, []),
    retained: await tx.users.retained(C, { externalId: "ext-10", userName: "user10@acme.test" }),
    group: await tx.groups.get(C, id(20)),
    members: await tx.members.page(C, id(20), { limit: 10 }),
    effective: await tx.members.effective(C, id(20), { limit: 10 }),
    groupsOf: await tx.members.groupsOf(C, id(10), "inDirectory"),
    account: await tx.accounts.get(ACME, id(10)),
    byName: await tx.accounts.byUserName(ACME, "user10@acme.test"),
    overlays: await tx.overlays.withRole(ACME, "Editor"),
    seats: await tx.seats.getMany(ACME, ids(10, 12)),
    seatCount: await tx.seats.count(ACME),
    localGroups: await tx.localGroups.list(ACME),
    localMembers: await tx.localGroups.membersOf(ACME, id(30)),
    credentials: await tx.credentials.list(C),
    failures: await tx.failures.countOpen(ACME),
  };
}

/** A change of every row that `writeEverything` wrote. */
async function changeEverything(tx: Transaction): Promise<void> {
  written(await tx.tenants.update(aTenant({ name: "Renamed", version: 2 })));
  written(await tx.tenants.insert(aTenant({ id: "acme-docs", parentId: ACME })));
  written(await tx.users.update(aUser(10, { deletedAt: at(9), version: 2 })));
  await tx.members.removeUser(C, id(10));
  written(await tx.users.insert(aUser(11, { userName: "user10@acme.test" })));
  await tx.members.replace(C, id(20), [id(11)], { inEffect: false });
  await tx.members.settle(C);
  written(await tx.groups.update(aDirectoryGroup(20, { displayName: "Renamed", version: 2 })));
  await tx.groups.delete(C, id(20));
  written(await tx.accounts.update(anAccount(10, { userName: "renamed", version: 2 })));
  await tx.accounts.delete(ACME, id(10));
  await tx.overlays.put(anOverlay(id(10), { role: "Owner" }));
  await tx.overlays.delete(ACME, id(10));
  await tx.seats.take({ tenantId: ACME, accountId: id(11), kind: "user", at: at(1) }, 1, "wait");
  await tx.seats.release(ACME, id(10));
  await tx.seats.admitNext(ACME, "user", 1);
  await tx.seats.take({ tenantId: ACME, accountId: id(12), kind: "reader", at: at(1) }, 1, "wait");
  await tx.localGroups.removeMember(member);
  await tx.localGroups.addMember({ ...member, source: "default" });
  written(await tx.localGroups.update(aLocalGroup(30, { name: "Renamed", version: 2 })));
  await tx.localGroups.delete(ACME, id(30));
  await tx.credentials.touch(C, aCredential().id, at(9));
  await tx.credentials.delete(C, aCredential().id);
  await tx.failures.record(aFailure(1));
}

export const transactionCases: Cases = {
  "gives back what the work gives": async ({ run }) => {
    const value = { any: "thing" };
    assert.equal(await run(async () => value), value);
    assert.equal(await run(async () => undefined), undefined);
  },
  "reads its own writes": async ({ run }) => {
    await run(async (tx) => {
      written(await tx.users.insert(aUser(10)));
      assert.deepEqual(await tx.users.get(C, id(10)), aUser(10));
      refused(await tx.users.insert(aUser(11, { userName: "user10@acme.test" })), "userName");
      assert.equal(await tx.users.count(C, []), 1);
    });
  },
  "works under the scope of a tenant": async ({ store }) => {
    await store.transaction(scope, writeEverything);
    const read = await store.transaction(scope, readEverything);
    assert.deepEqual([read.user, read.account, read.members], [aUser(10), anAccount(10), [id(10)]]);
  },
  "I35: a rollback takes back everything that was inserted": async ({ run }) => {
    const before = await run(readEverything);
    await assert.rejects(
      run(async (tx) => {
        await writeEverything(tx);
        throw failing;
      }),
    );
    assert.deepEqual(await run(readEverything), before);
    await run(writeEverything);
  },
  "I35: a rollback takes back every change and deletion": async ({ run }) => {
    await run(writeEverything);
    const before = await run(readEverything);
    await assert.rejects(
      run(async (tx) => {
        await changeEverything(tx);
        assert.notDeepEqual(await readEverything(tx), before);
        throw failing;
      }),
    );
    assert.deepEqual(await run(readEverything), before);
    await run(changeEverything);
  },
  "I35: a transaction that failed does not disturb what is written after it": async ({ run }) => {
    await assert.rejects(
      run(async (tx) => {
        written(await tx.users.insert(aUser(10)));
        throw failing;
      }),
    );
    await run(async (tx) => written(await tx.users.insert(aUser(11))));
    await assert.rejects(run(() => Promise.reject(failing)));
    assert.deepEqual(await run((tx) => tx.users.get(C, id(11))), aUser(11));
    assert.equal(await run((tx) => tx.users.get(C, id(10))), null);
  },
  "rejects with the error of the work, unchanged": async ({ run }) => {
    for (const thrown of [failing, new TypeError("misuse"), "text", undefined, { code: "own" }]) {
      await assert.rejects(
        run(() => Promise.reject(thrown)),
        (error: unknown) => error === thrown,
      );
    }
  },
  "work that throws before it gives a promise is rolled back like any other": async ({ run }) => {
    let inserted: Promise<unknown> = Promise.resolve();
    const throwing = run((tx) => {
      inserted = tx.users.insert(aUser(10)).catch(() => {});
      throw failing;
    });
    await assert.rejects(throwing, (error: unknown) => error === failing);
    await inserted;
    assert.equal(await run((tx) => tx.users.get(C, id(10))), null);
  },
  "an error that the work catches itself rolls nothing back": async ({ run }) => {
    await run(async (tx) => {
      written(await tx.users.insert(aUser(10)));
      await Promise.reject(failing).catch(() => {});
    });
    assert.deepEqual(await run((tx) => tx.users.get(C, id(10))), aUser(10));
  },
  "a nested transaction is refused instead of waiting for ever": async ({ store, run }) => {
    const nested = run(async (tx) => {
      written(await tx.users.insert(aUser(10)));
      await store.transaction(scope, async () => {});
    });
    await assert.rejects(settles(nested), isClear);
    assert.equal(await settles(run((tx) => tx.users.get(C, id(10)))), null);
  },
  "a transaction may follow in the wake of another one": async ({ store, run }) => {
    const follow = run(async () => {}).then(() => store.transaction(scope, async () => "followed"));
    assert.equal(await settles(follow), "followed");
  },
  "a transaction that is used after its end is refused and writes nothing": async ({ run }) => {
    for (const end of [async () => {}, () => Promise.reject(failing)]) {
      let kept: Transaction | undefined;
      await run((tx) => {
        kept = tx;
        return end();
      }).catch(() => {});
      assert.ok(kept !== undefined);
      const { users } = kept;
      await assert.rejects(async () => users.insert(aUser(10)), isClear);
      await assert.rejects(async () => users.get(C, id(10)), isClear);
    }
    assert.equal(await run((tx) => tx.users.get(C, id(10))), null);
  },
  "work that is not awaited cannot write after the end": async ({ run }) => {
    let late: Promise<unknown> = Promise.resolve();
    await run(async (tx) => {
      late = pause(10).then(() => tx.users.insert(aUser(10)));
    });
    await assert.rejects(late, isClear);
    assert.equal(await run((tx) => tx.users.get(C, id(10))), null);
  },
  "several reads and writes of one transaction may be under way at once": async ({ run }) => {
    await run(async (tx) => {
      const results = await Promise.all([10, 11, 12, 13].map((number) => tx.users.insert(aUser(number))));
      for (const result of results) written(result);
      const found = await Promise.all(ids(10, 13).map((userId) => tx.users.get(C, userId)));
      assert.deepEqual(found, [aUser(10), aUser(11), aUser(12), aUser(13)]);
    });
  },
};
