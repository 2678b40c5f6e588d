import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Store, Transaction } from "../../../src/ports/index.ts";
import { memoryStore } from "../../../src/storage/memory/index.ts";
import {
  ACME,
  ACME_CONNECTION,
  aChange,
  aDirectoryGroup,
  aFailure,
  aLocalGroup,
  anAccount,
  anOverlay,
  at,
  aUser,
  id,
  ids,
} from "../../../src/testing/records.ts";

const C = ACME_CONNECTION;
const scope = { tenantId: ACME };

/** A step may be refused, or have nothing to do: that is part of the course of events. */
type Step = (tx: Transaction) => Promise<unknown>;

const number = fc.integer({ min: 1, max: 6 });
const version = fc.integer({ min: 1, max: 4 });
const flag = fc.boolean();
const kind = fc.constantFrom("user" as const, "reader" as const);

const step: fc.Arbitrary<Step> = fc.oneof(
  number.map(
    (n): Step =>
      (tx) =>
        tx.users.insert(aUser(n)),
  ),
  fc.tuple(number, number, version, flag).map(([n, name, next, deleted]): Step => {
    const changes = { userName: `user${name}@acme.test`, deletedAt: deleted ? at(next) : null, version: next };
    return (tx) => tx.users.update(aUser(n, changes));
  }),
  number.map(
    (n): Step =>
      (tx) =>
        tx.groups.insert(aDirectoryGroup(n)),
  ),
  number.map(
    (n): Step =>
      (tx) =>
        tx.groups.delete(C, id(n)),
  ),
  fc.tuple(number, fc.array(number), flag).map(([n, members, inEffect]): Step => {
    return (tx) => tx.members.replace(C, id(n), members.map(id), { inEffect });
  }),
  number.map(
    (n): Step =>
      (tx) =>
        tx.members.removeUser(C, id(n)),
  ),
  fc.constant<Step>((tx) => tx.members.settle(C)),
  fc.tuple(number, version).map(
    ([n, next]): Step =>
      (tx) =>
        tx.accounts.update(anAccount(n, { version: next })),
  ),
  number.map(
    (n): Step =>
      (tx) =>
        tx.accounts.insert(anAccount(n)),
  ),
  number.map(
    (n): Step =>
      (tx) =>
        tx.accounts.delete(ACME, id(n)),
  ),
  fc.tuple(number, flag).map(
    ([n, suspended]): Step =>
      (tx) =>
        tx.overlays.put(anOverlay(id(n), { suspended })),
  ),
  fc.tuple(number, kind, number, flag).map(([n, seat, limit, wait]): Step => {
    const wanted = { tenantId: ACME, accountId: id(n), kind: seat, at: at(n) };
    return (tx) => tx.seats.take(wanted, limit, wait ? "wait" : "refuse");
  }),
  number.map(
    (n): Step =>
      (tx) =>
        tx.seats.release(ACME, id(n)),
  ),
  fc.tuple(kind, number).map(
    ([seat, limit]): Step =>
      (tx) =>
        tx.seats.admitNext(ACME, seat, limit),
  ),
  number.map(
    (n): Step =>
      (tx) =>
        tx.localGroups.insert(aLocalGroup(n)),
  ),
  number.map(
    (n): Step =>
      (tx) =>
        tx.localGroups.delete(ACME, id(n)),
  ),
  fc.tuple(number, number).map(([n, account]): Step => {
    return (tx) =>
      tx.localGroups.addMember({ tenantId: ACME, groupId: id(n), accountId: id(account), source: "local" });
  }),
  number.map(
    (n): Step =>
      (tx) =>
        tx.failures.record(aFailure(n)),
  ),
  number.map(
    (n): Step =>
      (tx) =>
        tx.failures.resolve(ACME, aFailure(n).subject, at(n)),
  ),
  number.map(
    (n): Step =>
      (tx) =>
        tx.changes.append(aChange(n)),
  ),
  number.map(
    (n): Step =>
      (tx) =>
        tx.changes.advance(ACME, "listeners", String(n)),
  ),
  fc.tuple(number, number).map(
    ([n, now]): Step =>
      (tx) =>
        tx.oneTime.put(C, "p", id(n), n, at(n), at(now)),
  ),
  number.map(
    (n): Step =>
      (tx) =>
        tx.oneTime.sweep(at(n)),
  ),
);

const everyone = ids(1, 6);

/** Everything that can be read, by every way of reading it. */
async function readAll(tx: Transaction) {
  const byNumber = [1, 2, 3, 4, 5, 6].map(async (n) => ({
    found: await tx.users.find({
      connectionId: C,
      lookups: [{ attribute: "userName", value: `user${n}@acme.test` }],
      limit: 9,
    }),
    retained: await tx.users.retained(C, { externalId: `ext-${n}`, userName: `user${n}@acme.test` }),
    members: await tx.members.page(C, id(n), { limit: 9 }),
    effective: await tx.members.effective(C, id(n), { limit: 9 }),
    groupsOf: await tx.members.groupsOf(C, id(n), "inEffect"),
    account: await tx.accounts.byUserName(ACME, `user${n}@acme.test`),
    localMembers: await tx.localGroups.membersOf(ACME, id(n)),
    failure: await tx.failures.get(ACME, id(n)),
  }));
  return {
    byNumber: await Promise.all(byNumber),
    users: await tx.users.find({ connectionId: C, lookups: [], limit: 9 }),
    groups: await tx.groups.find({ connectionId: C, lookups: [], limit: 9 }),
    accounts: await tx.accounts.find({ tenantId: ACME, limit: 9 }),
    overlays: await tx.overlays.getMany(ACME, everyone),
    seats: [await tx.seats.getMany(ACME, everyone), await tx.seats.count(ACME)],
    localGroups: await tx.localGroups.list(ACME),
    failures: [await tx.failures.list(ACME, { open: true, limit: 9 }), await tx.failures.countOpen(ACME)],
    changes: [await tx.changes.read(ACME, { limit: 99 }), await tx.changes.cursor(ACME, "listeners")],
  };
}

async function play(store: Store, steps: readonly Step[], ending: () => void): Promise<void> {
  await store.transaction(scope, async (tx) => {
    for (const each of steps) await each(tx);
    ending();
  });
}

function fail(): never {
  throw new Error("changed its mind");
}

describe("rollback", () => {
  it("I35: a transaction that failed leaves the store as if it had never been, whatever it did", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), fc.array(step, { maxLength: 30 }), async (kept, undone) => {
        const store = memoryStore();
        await play(store, kept, () => {});
        const before = await store.transaction(scope, readAll);
        await expect(play(store, undone, fail)).rejects.toThrow("changed its mind");
        expect(await store.transaction(scope, readAll)).toEqual(before);
      }),
      { seed: 7, numRuns: 150 },
    );
  });

  it("I35: what follows a rollback goes as it would have gone without it", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step), fc.array(step), fc.array(step), async (kept, undone, after) => {
        const [disturbed, quiet] = [memoryStore(), memoryStore()];
        for (const store of [disturbed, quiet]) await play(store, kept, () => {});
        await expect(play(disturbed, undone, fail)).rejects.toThrow("changed its mind");
        for (const store of [disturbed, quiet]) await play(store, after, () => {});
        expect(await disturbed.transaction(scope, readAll)).toEqual(await quiet.transaction(scope, readAll));
      }),
      { seed: 11, numRuns: 100 },
    );
  });

  it("I15: after any course of events the seat counters equal a recount", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const store = memoryStore();
        await play(store, steps, () => {});
        const { rows, count } = await store.transaction(scope, async (tx) => ({
          rows: await tx.seats.getMany(ACME, everyone),
          count: await tx.seats.count(ACME),
        }));
        for (const each of ["user", "reader"] as const) {
          for (const state of ["held", "waiting"] as const) {
            expect(count[each][state]).toBe(rows.filter((row) => row.kind === each && row.state === state).length);
          }
        }
      }),
      { seed: 13, numRuns: 100 },
    );
  });
});
