/**
 * Webhooks, and the queue of deliveries of each: nobody gets a claimed one, until its lease is over.
 *
 * @module
 */
import assert from "node:assert/strict";
import type { DeliveryRecord, Transaction } from "../../ports/index.ts";
import { ACME, aDelivery, at, aWebhook, GLOBEX, id, ids } from "../records.ts";
import type { Cases } from "../world.ts";

const HOOK = id(1);

const add =
  (...deliveries: readonly DeliveryRecord[]) =>
  async (tx: Transaction) => {
    for (const delivery of deliveries) await tx.deliveries.add(delivery);
  };

const claim =
  (now: number, lease = now + 60, webhookId = HOOK) =>
  (tx: Transaction) =>
    tx.deliveries.claim(ACME, webhookId, at(now), at(lease));

const page = (state?: DeliveryRecord["state"]) => async (tx: Transaction) =>
  (await tx.deliveries.page(ACME, HOOK, { state, limit: 10 })).map((delivery) => delivery.id);

export const webhookCases: Cases = {
  "keeps every field of a webhook, and lists those of a tenant": async ({ run }) => {
    const full = aWebhook(2, {
      description: "Billing",
      types: ["account.created"],
      secrets: [
        { secret: "whsec_bmV3", expiresAt: null },
        { secret: "whsec_b2xk", expiresAt: at(9) },
      ],
      disabled: { reason: "gone", at: at(5) },
      lastSuccessAt: at(4),
    });
    await run(async (tx) => {
      for (const webhook of [full, aWebhook(1), aWebhook(3, { tenantId: GLOBEX })]) {
        assert.deepEqual(await tx.webhooks.insert(webhook), { ok: true });
      }
      assert.deepEqual(await tx.webhooks.insert(aWebhook(1)), { ok: false, conflict: "id" });
    });
    assert.deepEqual(await run((tx) => tx.webhooks.list(ACME)), [aWebhook(1), full]);
    assert.deepEqual(await run((tx) => tx.webhooks.get(ACME, full.id)), full);
    assert.equal(await run((tx) => tx.webhooks.get(ACME, id(3))), null);
  },
  "an update needs the version before, and leaves the last success alone": async ({ run }) => {
    await run((tx) => tx.webhooks.insert(aWebhook(1)));
    await run((tx) => tx.webhooks.touch(ACME, HOOK, at(7)));
    const next = aWebhook(1, { url: "https://acme.test/other", version: 2 });
    assert.deepEqual(await run((tx) => tx.webhooks.update(next)), { ok: true });
    assert.deepEqual(await run((tx) => tx.webhooks.update(next)), { ok: false, conflict: "version" });
    assert.deepEqual(await run((tx) => tx.webhooks.get(ACME, HOOK)), { ...next, lastSuccessAt: at(7) });
  },
  "a webhook ends with its deliveries, and with no others": async ({ run }) => {
    await run((tx) => tx.webhooks.insert(aWebhook(1)));
    await run(add(aDelivery(5), aDelivery(5, { webhookId: id(2) })));
    assert.equal(await run((tx) => tx.webhooks.delete(ACME, HOOK)), true);
    assert.equal(await run((tx) => tx.webhooks.delete(ACME, HOOK)), false);
    assert.equal(await run((tx) => tx.deliveries.get(ACME, HOOK, id(5))), null);
    assert.notEqual(await run((tx) => tx.deliveries.get(ACME, id(2), id(5))), null);
  },
  "keeps every field of a delivery; one that is there already stays": async ({ run }) => {
    const delivery = aDelivery(5, { attempts: 2, lastAttempt: { at: at(1), status: 503, error: "It answered 503." } });
    await run(add(delivery, aDelivery(5)));
    assert.deepEqual(await run((tx) => tx.deliveries.get(ACME, HOOK, id(5))), delivery);
    assert.equal(await run((tx) => tx.deliveries.get(GLOBEX, HOOK, id(5))), null);
  },
  "J27: claims what has been due the longest, and nothing that is not due": async ({ run }) => {
    await run(add(aDelivery(6, { dueAt: at(3) }), aDelivery(5, { dueAt: at(3) }), aDelivery(7, { dueAt: at(20) })));
    assert.equal(await run(claim(2)), null);
    assert.deepEqual(await run(claim(3)), aDelivery(5, { dueAt: at(63) }));
    assert.deepEqual(await run(claim(3)), aDelivery(6, { dueAt: at(63) }));
    assert.equal(await run(claim(3)), null);
    assert.equal(await run((tx) => tx.deliveries.nextDue(ACME, HOOK)), at(20));
    assert.equal(await run((tx) => tx.deliveries.nextDue(ACME, id(2))), null);
  },
  "J28: a lease that is over lets another one claim, and the first one settle nothing": async ({ run }) => {
    await run(add(aDelivery(5)));
    const lost = await run(claim(10, 20));
    assert.equal(await run(claim(19, 30)), null);
    const second = await run(claim(20, 30));
    assert.ok(lost !== null && second !== null);
    const delivered = { ...second, state: "delivered", attempts: 1 } as const;
    assert.equal(await run((tx) => tx.deliveries.settle({ ...lost, state: "dead" }, at(20))), false);
    assert.equal(await run((tx) => tx.deliveries.settle(delivered, at(30))), true);
    assert.equal(await run((tx) => tx.deliveries.settle(delivered, at(30))), false);
    assert.deepEqual(await run((tx) => tx.deliveries.get(ACME, HOOK, id(5))), delivered);
    assert.equal(await run(claim(999)), null);
  },
  "J28: of twenty parallel claims of one delivery exactly one gets it": async ({ run }) => {
    await run(add(aDelivery(5)));
    const claims = await Promise.all(ids(1, 20).map(() => run(claim(10))));
    assert.equal(claims.filter((claimed) => claimed !== null).length, 1);
  },
  "a claim in a transaction that failed is none": async ({ run }) => {
    await run(add(aDelivery(5)));
    await assert.rejects(
      run(async (tx) => {
        await claim(10)(tx);
        throw new Error("changed its mind");
      }),
    );
    assert.notEqual(await run(claim(10)), null);
  },
  "J02: lists the newest first, by state and from an id on, of one webhook": async ({ run }) => {
    await run(add(aDelivery(5), aDelivery(6, { state: "dead" }), aDelivery(7), aDelivery(8, { webhookId: id(2) })));
    assert.deepEqual(await run(page()), [id(7), id(6), id(5)]);
    assert.deepEqual(await run(page("pending")), [id(7), id(5)]);
    assert.deepEqual(await run(page("dead")), [id(6)]);
    const older = await run((tx) => tx.deliveries.page(ACME, HOOK, { after: id(7), limit: 1 }));
    assert.deepEqual(older, [aDelivery(6, { state: "dead" })]);
  },
  "an update writes over any state, and makes no row": async ({ run }) => {
    const again = aDelivery(5, { attempts: 0, dueAt: at(99) });
    assert.equal(await run((tx) => tx.deliveries.update(again)), false);
    await run(add(aDelivery(5, { state: "delivered", attempts: 3 })));
    assert.equal(await run((tx) => tx.deliveries.update(again)), true);
    assert.deepEqual(await run((tx) => tx.deliveries.get(ACME, HOOK, id(5))), again);
  },
  "revives the dead that were made since then": async ({ run }) => {
    const dead = { state: "dead", attempts: 10 } as const;
    await run(add(aDelivery(5, dead), aDelivery(6, dead), aDelivery(7, { state: "delivered" })));
    assert.equal(await run((tx) => tx.deliveries.revive(ACME, HOOK, at(6), at(50))), 1);
    assert.deepEqual(await run(claim(50, 60)), aDelivery(6, { attempts: 0, dueAt: at(60) }));
    assert.deepEqual(await run(page("dead")), [id(5)]);
  },
  "trims the oldest that are over, never a pending one": async ({ run }) => {
    const over = { state: "delivered" } as const;
    await run(add(aDelivery(4), aDelivery(5, over), aDelivery(6, { state: "dead" }), aDelivery(7, over)));
    const trim = (limit: number) => run((tx) => tx.deliveries.trim(ACME, HOOK, at(7), limit));
    assert.equal(await trim(1), 1);
    assert.deepEqual(await run(page()), [id(7), id(6), id(4)]);
    assert.equal(await trim(5), 1);
    assert.equal(await trim(5), 0);
    assert.deepEqual(await run(page()), [id(7), id(4)]);
  },
};
