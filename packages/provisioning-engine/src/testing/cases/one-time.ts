/**
 * Values that may be used once: put once, taken once, gone when expired.
 *
 * @module
 */
import assert from "node:assert/strict";
import type { Transaction } from "../../ports/index.ts";
import { ACME_CONNECTION, at, GLOBEX_CONNECTION } from "../records.ts";
import type { Cases } from "../world.ts";

const C = ACME_CONNECTION;

const put =
  (key: string, value: unknown, expires: number, now: number, purpose = "request") =>
  (tx: Transaction) =>
    tx.oneTime.put(C, purpose, key, value, at(expires), at(now));

const take =
  (key: string, now: number, purpose = "request") =>
  (tx: Transaction) =>
    tx.oneTime.take(C, purpose, key, at(now));

export const oneTimeCases: Cases = {
  "R87: a value is put once": async ({ run }) => {
    assert.equal(await run(put("_a1", null, 60, 0)), true);
    assert.equal(await run(put("_a1", null, 60, 1)), false);
    assert.equal(await run(put("_a2", null, 60, 1)), true);
  },
  "R87: a value is taken once": async ({ run }) => {
    const value = { returnTo: "/docs", list: [1, null] };
    await run(put("_a1", value, 60, 0));
    assert.deepEqual(await run(take("_a1", 1)), { value });
    assert.equal(await run(take("_a1", 1)), null);
  },
  "a value may be null and is not nothing": async ({ run }) => {
    await run(put("_a1", null, 60, 0));
    assert.deepEqual(await run(take("_a1", 1)), { value: null });
  },
  "what was never put is not there": async ({ run }) => {
    assert.equal(await run(take("_a1", 0)), null);
  },
  "a refused put keeps the first value and its end": async ({ run }) => {
    await run(put("_a1", "first", 60, 0));
    assert.equal(await run(put("_a1", "second", 600, 1)), false);
    assert.deepEqual(await run(take("_a1", 59)), { value: "first" });
  },
  "an expired value is not there, from the instant of its end on": async ({ run }) => {
    for (const now of [60, 61]) {
      await run(put("_a1", "old", 60, 0));
      assert.equal(await run(take("_a1", now)), null);
    }
  },
  "an expired value gives way to a new one": async ({ run }) => {
    await run(put("_a1", "old", 60, 0));
    assert.equal(await run(put("_a1", "new", 120, 60)), true);
    assert.deepEqual(await run(take("_a1", 61)), { value: "new" });
  },
  "a taken key is free again": async ({ run }) => {
    await run(put("_a1", "first", 60, 0));
    await run(take("_a1", 1));
    assert.equal(await run(put("_a1", "second", 60, 2)), true);
  },
  "purposes and connections do not see each other's keys": async ({ run }) => {
    await run(put("_a1", "request", 60, 0, "request"));
    assert.equal(await run(take("_a1", 1, "assertion")), null);
    assert.equal(await run((tx) => tx.oneTime.take(GLOBEX_CONNECTION, "request", "_a1", at(1))), null);
    assert.equal(await run(put("_a1", "assertion", 60, 0, "assertion")), true);
    assert.equal(await run((tx) => tx.oneTime.put(GLOBEX_CONNECTION, "request", "_a1", 1, at(60), at(0))), true);
    assert.deepEqual(await run(take("_a1", 1, "request")), { value: "request" });
  },
  "no purpose and key can be mistaken for another pair": async ({ run }) => {
    await run(put("b:c", 1, 60, 0, "a"));
    assert.equal(await run(take("c", 1, "a:b")), null);
    assert.equal(await run(take("b", 1, "a:c")), null);
    assert.equal(await run(put("c", 2, 60, 0, "a:b")), true);
  },
  "sweeping removes what has expired and nothing else": async ({ run }) => {
    await run(async (tx) => {
      await put("_old", 1, 10, 0)(tx);
      await put("_ends", 1, 20, 0)(tx);
      await put("_new", 1, 30, 0)(tx);
      await tx.oneTime.put(GLOBEX_CONNECTION, "request", "_old", 1, at(10), at(0));
      await tx.oneTime.sweep(at(20));
      await tx.oneTime.sweep(at(20));
    });
    // A swept value is not even there for a clock that runs behind.
    assert.equal(await run(take("_old", 0)), null);
    assert.equal(await run(take("_ends", 0)), null);
    assert.equal(await run((tx) => tx.oneTime.take(GLOBEX_CONNECTION, "request", "_old", at(0))), null);
    assert.deepEqual(await run(take("_new", 21)), { value: 1 });
  },
  "sweeping an empty store is no error": async ({ run }) => {
    await run((tx) => tx.oneTime.sweep(at(0)));
  },
  "a value that was taken in a transaction that failed is still there": async ({ run }) => {
    await run(put("_a1", "kept", 60, 0));
    await assert.rejects(
      run(async (tx) => {
        await take("_a1", 1)(tx);
        await put("_a2", "lost", 60, 1)(tx);
        throw new Error("changed its mind");
      }),
    );
    assert.deepEqual(await run(take("_a1", 2)), { value: "kept" });
    assert.equal(await run(take("_a2", 2)), null);
  },
  "R87: of twenty parallel puts of one assertion id exactly one wins": async ({ run }) => {
    const puts = Array.from({ length: 20 }, (_, index) => run(put("_assertion", index, 60, 0)));
    const results = await Promise.all(puts);
    assert.equal(results.filter((won) => won).length, 1);
    assert.deepEqual(await run(take("_assertion", 1)), { value: results.indexOf(true) });
  },
  "R87: of twenty parallel takes of one request exactly one gets it": async ({ run }) => {
    await run(put("_request", "state", 60, 0));
    const taken = await Promise.all(Array.from({ length: 20 }, () => run(take("_request", 1))));
    assert.deepEqual(
      taken.filter((value) => value !== null),
      [{ value: "state" }],
    );
  },
};
