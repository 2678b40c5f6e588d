/**
 * Sync failures: one open entry per subject and cause, until a success closes it.
 *
 * @module
 */
import assert from "node:assert/strict";
import type { SyncFailureRecord, Transaction } from "../../ports/index.ts";
import { ACME, aFailure, at, GLOBEX, id } from "../records.ts";
import { type Cases, sorted } from "../world.ts";

const ada = { type: "User", key: "ada@acme.test" } as const;
const bob = { type: "User", key: "bob@acme.test", label: "Bob", id: null } as const;

const record =
  (...failures: readonly SyncFailureRecord[]) =>
  async (tx: Transaction) => {
    for (const failure of failures) await tx.failures.record(failure);
  };

const list =
  (open?: boolean, limit = 100) =>
  async (tx: Transaction) =>
    (await tx.failures.list(ACME, { open, limit })).map((failure) => failure.id);

export const failureCases: Cases = {
  "a tenant without failures has none": async ({ run }) => {
    assert.equal(await run((tx) => tx.failures.get(ACME, id(1))), null);
    assert.deepEqual(await run(list()), []);
    assert.equal(await run((tx) => tx.failures.countOpen(ACME)), 0);
    assert.equal(await run((tx) => tx.failures.resolve(ACME, ada, at(9))), 0);
  },
  "R69: opens a failure with every field": async ({ run }) => {
    const without = aFailure(2, { subject: bob, retry: null });
    await run(record(aFailure(1), without));
    assert.deepEqual(await run((tx) => tx.failures.get(ACME, id(1))), aFailure(1));
    assert.deepEqual(await run((tx) => tx.failures.get(ACME, id(2))), without);
  },
  "I32: one more attempt is counted on the open failure": async ({ run }) => {
    const again = aFailure(2, {
      subject: { ...aFailure(1).subject, label: "ADA@acme.test", id: id(10) },
      operation: "replace",
      message: "Still taken.",
      retry: null,
    });
    await run(record(aFailure(1)));
    await run(record(again));
    const open = { ...again, id: id(1), firstSeen: at(1), attempts: 2 };
    assert.deepEqual(await run((tx) => tx.failures.get(ACME, id(1))), open);
    assert.equal(await run((tx) => tx.failures.get(ACME, id(2))), null);
    assert.equal(await run((tx) => tx.failures.countOpen(ACME)), 1);
    await run(record(aFailure(3)));
    assert.equal((await run((tx) => tx.failures.get(ACME, id(1))))?.attempts, 3);
  },
  "I32: another cause, another subject or another type is another failure": async ({ run }) => {
    await run(
      record(
        aFailure(1),
        aFailure(2, { cause: "seat_limit" }),
        aFailure(3, { subject: bob }),
        aFailure(4, { subject: { ...aFailure(1).subject, type: "Group" } }),
      ),
    );
    assert.equal(await run((tx) => tx.failures.countOpen(ACME)), 4);
    for (const number of [1, 2, 3, 4]) {
      assert.equal((await run((tx) => tx.failures.get(ACME, id(number))))?.attempts, 1);
    }
  },
  "I32: a success closes all open failures of its subject, and only those": async ({ run }) => {
    await run(record(aFailure(1), aFailure(2, { cause: "seat_limit" }), aFailure(3, { subject: bob })));
    assert.equal(await run((tx) => tx.failures.resolve(ACME, ada, at(9))), 2);
    assert.deepEqual(await run((tx) => tx.failures.get(ACME, id(1))), aFailure(1, { resolvedAt: at(9) }));
    assert.equal((await run((tx) => tx.failures.get(ACME, id(3))))?.resolvedAt, null);
    assert.equal(await run((tx) => tx.failures.countOpen(ACME)), 1);
    assert.equal(await run((tx) => tx.failures.resolve(ACME, ada, at(10))), 0);
    assert.equal((await run((tx) => tx.failures.get(ACME, id(1))))?.resolvedAt, at(9));
  },
  "I32: closes only the causes that are named": async ({ run }) => {
    await run(record(aFailure(1), aFailure(2, { cause: "seat_limit" }), aFailure(3, { cause: "last_owner" })));
    assert.equal(await run((tx) => tx.failures.resolve(ACME, ada, at(9), ["seat_limit", "last_owner"])), 2);
    assert.deepEqual(await run(list(true)), [id(1)]);
    assert.equal(await run((tx) => tx.failures.resolve(ACME, ada, at(9), ["seat_limit"])), 0);
  },
  "I32: what fails after a success opens anew": async ({ run }) => {
    await run(async (tx) => {
      await record(aFailure(1))(tx);
      await tx.failures.resolve(ACME, ada, at(2));
      await record(aFailure(3))(tx);
    });
    assert.deepEqual(await run((tx) => tx.failures.get(ACME, id(3))), aFailure(3));
    assert.deepEqual(await run((tx) => tx.failures.get(ACME, id(1))), aFailure(1, { resolvedAt: at(2) }));
    assert.equal(await run((tx) => tx.failures.countOpen(ACME)), 1);
  },
  "I32: the same failure can be closed and opened many times": async ({ run }) => {
    for (const number of [1, 2, 3]) {
      await run(record(aFailure(number)));
      assert.equal(await run((tx) => tx.failures.resolve(ACME, ada, at(9))), 1);
    }
    assert.deepEqual(sorted(await run(list(false))), [id(1), id(2), id(3)]);
  },
  "R67: lists the most recently seen first": async ({ run }) => {
    await run(record(aFailure(1), aFailure(2, { cause: "conflict" }), aFailure(3, { subject: bob })));
    await run(record(aFailure(4)));
    assert.deepEqual(await run(list()), [id(1), id(3), id(2)]);
    assert.deepEqual(await run(list(undefined, 2)), [id(1), id(3)]);
    assert.deepEqual(await run(list(undefined, 0)), []);
  },
  "R67: lists open failures, resolved ones, or both": async ({ run }) => {
    await run(async (tx) => {
      await record(aFailure(1), aFailure(2, { subject: bob }), aFailure(3, { cause: "conflict" }))(tx);
      await tx.failures.resolve(ACME, ada, at(9), ["duplicate"]);
    });
    assert.deepEqual(await run(list(true)), [id(3), id(2)]);
    assert.deepEqual(await run(list(false)), [id(1)]);
    assert.deepEqual(await run(list()), [id(3), id(2), id(1)]);
    assert.deepEqual(await run(list(true, 1)), [id(3)]);
  },
  "R69: trims those that were resolved first, and no open one, of one tenant": async ({ run }) => {
    await run(async (tx) => {
      await record(
        aFailure(1),
        aFailure(2, { subject: bob }),
        aFailure(3, { cause: "conflict" }),
        aFailure(4, { tenantId: GLOBEX }),
      )(tx);
      await tx.failures.resolve(ACME, bob, at(5));
      await tx.failures.resolve(ACME, ada, at(6), ["duplicate"]);
      await tx.failures.resolve(GLOBEX, ada, at(5));
    });
    const trim = (before: number, limit: number) => run((tx) => tx.failures.trim(ACME, at(before), limit));
    assert.equal(await trim(5, 9), 0);
    assert.equal(await trim(9, 1), 1);
    assert.deepEqual(await run(list()), [id(3), id(1)]);
    assert.equal(await trim(9, 9), 1);
    assert.equal(await trim(9, 9), 0);
    assert.deepEqual(await run(list()), [id(3)]);
    assert.equal(await run((tx) => tx.failures.get(ACME, id(1))), null);
    assert.notEqual(await run((tx) => tx.failures.get(GLOBEX, id(4))), null);
  },
  "R71: a rollback takes back an attempt and a closing": async ({ run }) => {
    await run(record(aFailure(1)));
    await assert.rejects(
      run(async (tx) => {
        await record(aFailure(2))(tx);
        await tx.failures.resolve(ACME, ada, at(9));
        throw new Error("changed its mind");
      }),
    );
    assert.deepEqual(await run((tx) => tx.failures.get(ACME, id(1))), aFailure(1));
    assert.equal(await run((tx) => tx.failures.countOpen(ACME)), 1);
  },
};
