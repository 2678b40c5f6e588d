/**
 * Secrets of a connection: the first one that is proposed for a purpose is everybody's.
 *
 * @module
 */
import assert from "node:assert/strict";
import type { Transaction } from "../../ports/index.ts";
import { ACME_CONNECTION, GLOBEX_CONNECTION } from "../records.ts";
import type { Cases } from "../world.ts";

const settle =
  (proposed: string, purpose = "cursors", connectionId = ACME_CONNECTION) =>
  (tx: Transaction) =>
    tx.secrets.settle(connectionId, purpose, proposed);

export const secretCases: Cases = {
  "J24: the first secret that is proposed stays": async ({ run }) => {
    assert.equal(await run(settle("first")), "first");
    assert.equal(await run(settle("second")), "first");
  },
  "J24: purposes and connections have secrets of their own": async ({ run }) => {
    await run(settle("cursors of acme"));
    assert.equal(await run(settle("other", "other")), "other");
    assert.equal(await run(settle("cursors of globex", "cursors", GLOBEX_CONNECTION)), "cursors of globex");
    assert.equal(await run(settle("late")), "cursors of acme");
  },
  "one that was proposed in a transaction that failed is forgotten": async ({ run }) => {
    await assert.rejects(
      run(async (tx) => {
        await settle("lost")(tx);
        throw new Error("changed its mind");
      }),
    );
    assert.equal(await run(settle("kept")), "kept");
  },
  "J24: twenty that are proposed at once are one": async ({ run }) => {
    const settled = await Promise.all(Array.from({ length: 20 }, (_, index) => run(settle(`secret ${index}`))));
    assert.equal(new Set(settled).size, 1);
  },
};
