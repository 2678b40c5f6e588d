/**
 * The change feed: in order, without gaps, nothing that was rolled back; a cursor per consumer.
 *
 * @module
 */
import assert from "node:assert/strict";
import type { ChangeCut, Transaction } from "../../ports/index.ts";
import { ACME, aChange, at, GLOBEX } from "../records.ts";
import { type Cases, STRANGE_POSITIONS } from "../world.ts";

const append =
  (numbers: readonly number[], tenantId = ACME) =>
  async (tx: Transaction) => {
    for (const number of numbers) await tx.changes.append(aChange(number, { tenantId }));
  };

const read =
  (limit: number, after?: string, tenantId = ACME) =>
  (tx: Transaction) =>
    tx.changes.read(tenantId, { limit, after });

const changesOf = (rows: Awaited<ReturnType<ReturnType<typeof read>>>) => rows.map(({ change }) => change);

const NOTHING_TRIMMED = { removed: 0, upTo: null, unreadBy: [] };

export const changeCases: Cases = {
  "an empty feed has no changes and no last position": async ({ run }) => {
    assert.deepEqual(await run(read(5)), []);
    assert.equal(await run((tx) => tx.changes.last(ACME)), null);
    assert.equal(await run((tx) => tx.changes.cursor(ACME, "listeners")), null);
  },
  "keeps every field of a change": async ({ run }) => {
    const change = aChange(1, { accountId: null, groupId: "50.reader", data: { changes: [], deep: [[null]] } });
    await run((tx) => tx.changes.append(change));
    assert.deepEqual(changesOf(await run(read(1))), [change]);
  },
  "J27: reads the oldest first, in the order of writing": async ({ run }) => {
    await run(append([3, 1]));
    await run(append([2]));
    assert.deepEqual(changesOf(await run(read(5))), [aChange(3), aChange(1), aChange(2)]);
  },
  "R109: a walk by position sees every change once": async ({ run }) => {
    await run(append([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]));
    const first = await run(read(4));
    assert.deepEqual(changesOf(first), [aChange(1), aChange(2), aChange(3), aChange(4)]);
    await run(append([12]));
    const second = await run(read(7, first.at(-1)?.position));
    assert.deepEqual(
      changesOf(second),
      [5, 6, 7, 8, 9, 10, 11].map((number) => aChange(number)),
    );
    const third = await run(read(4, second.at(-1)?.position));
    assert.deepEqual(changesOf(third), [aChange(12)]);
    assert.deepEqual(await run(read(4, third.at(-1)?.position)), []);
    assert.deepEqual(await run(read(0)), []);
  },
  "R110: the last position is where only later changes follow": async ({ run }) => {
    await run(append([1, 2]));
    const last = await run((tx) => tx.changes.last(ACME));
    assert.equal(last, (await run(read(5))).at(-1)?.position);
    assert.ok(last !== null);
    assert.deepEqual(await run(read(5, last)), []);
    await run(append([3]));
    assert.deepEqual(changesOf(await run(read(5, last))), [aChange(3)]);
  },
  "a transaction reads the changes that it wrote": async ({ run }) => {
    await run(async (tx) => {
      await append([1])(tx);
      assert.deepEqual(changesOf(await read(5)(tx)), [aChange(1)]);
    });
  },
  "I39: a rollback leaves no change and no gap": async ({ run }) => {
    await run(append([1]));
    await assert.rejects(
      run(async (tx) => {
        await append([2, 3])(tx);
        throw new Error("changed its mind");
      }),
    );
    const first = await run(read(5));
    assert.deepEqual(changesOf(first), [aChange(1)]);
    await run(append([4]));
    assert.deepEqual(changesOf(await run(read(5, first.at(-1)?.position))), [aChange(4)]);
  },
  "J02: each tenant has a feed of its own": async ({ run }) => {
    await run(append([1]));
    await run(append([2], GLOBEX));
    await run(append([3]));
    assert.deepEqual(changesOf(await run(read(5))), [aChange(1), aChange(3)]);
    assert.deepEqual(changesOf(await run(read(5, undefined, GLOBEX))), [aChange(2, { tenantId: GLOBEX })]);
    assert.equal(await run((tx) => tx.changes.last("nobody")), null);
  },
  "J24: a position that was never given is no error and crosses no border": async ({ run }) => {
    await run(append([1]));
    await run(append([2], GLOBEX));
    for (const after of STRANGE_POSITIONS) {
      for (const change of changesOf(await run(read(5, after)))) assert.deepEqual(change, aChange(1));
    }
  },
  "each consumer has a cursor of its own": async ({ run }) => {
    await run(async (tx) => {
      await tx.changes.advance(ACME, "listeners", "1");
      await tx.changes.advance(ACME, "child:acme-docs", "2");
      await tx.changes.advance(ACME, "listeners", "3");
    });
    assert.equal(await run((tx) => tx.changes.cursor(ACME, "listeners")), "3");
    assert.equal(await run((tx) => tx.changes.cursor(ACME, "child:acme-docs")), "2");
    assert.equal(await run((tx) => tx.changes.cursor(GLOBEX, "listeners")), null);
    assert.equal(await run((tx) => tx.changes.cursor(ACME, "nobody")), null);
  },
  "R109: a cursor keeps any text, the empty one too": async ({ run }) => {
    for (const position of ["", "0197f000-0000-7000-8000-00000000000a", "007"]) {
      await run((tx) => tx.changes.advance(ACME, "backfill:acme-docs", position));
      assert.equal(await run((tx) => tx.changes.cursor(ACME, "backfill:acme-docs")), position);
    }
  },
  "a forgotten consumer begins anew": async ({ run }) => {
    await run(async (tx) => {
      await tx.changes.advance(ACME, "child:acme-docs", "2");
      await tx.changes.advance(ACME, "listeners", "1");
      await tx.changes.forget(ACME, "child:acme-docs");
      await tx.changes.forget(ACME, "child:acme-docs");
    });
    assert.equal(await run((tx) => tx.changes.cursor(ACME, "child:acme-docs")), null);
    assert.equal(await run((tx) => tx.changes.cursor(ACME, "listeners")), "1");
  },
  "I30: a cursor that was moved in a transaction that failed has not moved": async ({ run }) => {
    await run((tx) => tx.changes.advance(ACME, "listeners", "1"));
    await assert.rejects(
      run(async (tx) => {
        await tx.changes.advance(ACME, "listeners", "2");
        await tx.changes.advance(ACME, "child:acme-docs", "2");
        throw new Error("changed its mind");
      }),
    );
    assert.equal(await run((tx) => tx.changes.cursor(ACME, "listeners")), "1");
    assert.equal(await run((tx) => tx.changes.cursor(ACME, "child:acme-docs")), null);
  },
  "trims the oldest that every consumer has read, and gives no position again": async ({ run }) => {
    await run(append([1, 2, 3, 4]));
    const rows = await run(read(4));
    const upTo = (number: number) => ({ position: rows[number - 1]?.position, at: at(number) });
    const cut = { before: at(4), unreadBefore: at(0), consumers: ["listeners", "webhooks"], limit: 10 };
    const trim = (more: Partial<ChangeCut> = {}) => run((tx) => tx.changes.trim(ACME, { ...cut, ...more }));
    await run((tx) => tx.changes.advance(ACME, "listeners", rows[3]?.position ?? ""));
    await run((tx) => tx.changes.advance(ACME, "webhooks", rows[1]?.position ?? ""));
    await run((tx) => tx.changes.advance(ACME, "other", rows[0]?.position ?? ""));
    assert.deepEqual(await trim({ consumers: ["listeners", "nobody"] }), NOTHING_TRIMMED);
    assert.deepEqual(await trim({ limit: 1 }), { removed: 1, upTo: upTo(1), unreadBy: [] });
    assert.deepEqual(await trim(), { removed: 1, upTo: upTo(2), unreadBy: [] });
    assert.deepEqual(await trim(), NOTHING_TRIMMED);
    assert.deepEqual(changesOf(await run(read(5))), [aChange(3), aChange(4)]);
    assert.deepEqual(await trim({ unreadBefore: at(4), consumers: ["webhooks", "listeners", "nobody"] }), {
      removed: 1,
      upTo: upTo(3),
      unreadBy: ["webhooks", "nobody"],
    });
    assert.deepEqual(await trim({ before: at(9), consumers: [] }), { removed: 1, upTo: upTo(4), unreadBy: [] });
    assert.deepEqual(await run(read(5)), []);
    await run(append([5]));
    assert.deepEqual(changesOf(await run(read(5, rows[3]?.position))), [aChange(5)]);
    assert.deepEqual(changesOf(await run(read(5, rows[0]?.position))), [aChange(5)]);
  },
  "J02: trims the feed of one tenant, and nothing in a transaction that failed": async ({ run }) => {
    await run(append([1]));
    await run(append([2], GLOBEX));
    const cut = { before: at(9), unreadBefore: at(9), consumers: [], limit: 10 };
    const [row] = await run(read(1));
    await assert.rejects(
      run(async (tx) => {
        await tx.changes.trim(ACME, cut);
        throw new Error("changed its mind");
      }),
    );
    assert.deepEqual(await run((tx) => tx.changes.trim(ACME, cut)), {
      removed: 1,
      upTo: { position: row?.position, at: at(1) },
      unreadBy: [],
    });
    assert.equal((await run(read(5, undefined, GLOBEX))).length, 1);
  },
};
