/**
 * The store itself: what it declares, migration, closing.
 *
 * @module
 */
import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";
import { ACME, aUser } from "../records.ts";
import { type Cases, isClear, settles, written } from "../world.ts";

export const storeCases: Cases = {
  "declares what it can do": async ({ store }) => {
    assert.equal(typeof store.capabilities.durable, "boolean");
    assert.equal(typeof store.capabilities.multiProcess, "boolean");
    assert.ok(
      store.capabilities.durable || !store.capabilities.multiProcess,
      "what several processes share is durable",
    );
  },
  "migrating again changes nothing": async ({ store, run }) => {
    await Promise.all([store.migrate(), store.migrate()]);
    await store.migrate();
    assert.equal((await run((tx) => tx.tenants.get(ACME)))?.id, ACME);
  },
  "closing waits for the transactions in flight, and they commit": async ({ store, run }) => {
    const order: string[] = [];
    let begun = () => {};
    const beginning = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const work = run(async (tx) => {
      begun();
      await pause(20);
      written(await tx.users.insert(aUser(10)));
      await pause(20);
      order.push("committed");
      return "result";
    });
    await settles(beginning);
    const closing = store.close().then(() => order.push("closed"));
    assert.equal(await settles(work), "result");
    await settles(closing);
    assert.deepEqual(order, ["committed", "closed"]);
  },
  "closing twice is no error": async ({ store }) => {
    await store.close();
    await settles(store.close());
  },
  "a closed store refuses transactions and does not run their work": async ({ store, run }) => {
    await store.close();
    let ran = false;
    const work = run(async () => {
      ran = true;
    });
    await assert.rejects(settles(work), isClear);
    assert.equal(ran, false);
  },
};
