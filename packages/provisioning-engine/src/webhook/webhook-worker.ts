/**
 * The background work of webhooks: a reader of the feed that fills their queues, and a sender for each of them, at its own
 * pace. In order, except that what fails is tried again later.
 *
 * @module
 */
import type { EngineContext } from "../context.ts";
import type { TenantId } from "../ports/index.ts";
import type { FeedReader } from "../sync/change-feed.ts";
import { createKeyedRunner } from "../sync/keyed-runner.ts";
import { enqueueDeliveries } from "./enqueue-deliveries.ts";
import { sendNext } from "./send-delivery.ts";
import type { WebhookOptions, Webhooks } from "./webhook.ts";

export interface WebhookWorker {
  readonly webhooks: Webhooks;
  readonly reader: FeedReader;
  /** Finishes what is being sent, and sends nothing more; the rest waits for the next start. */
  close(): Promise<void>;
}

/** Timers take 32 bits; whoever is woken too early looks again. */
const LONGEST_PAUSE_MS = 60 * 60 * 1000;

/** @param contextOf the engine's, which does not exist yet */
export function createWebhookWorker(options: WebhookOptions, contextOf: () => EngineContext): WebhookWorker {
  const timers = new Map<string, NodeJS.Timeout>();
  let isClosed = false;
  const webhooks: Webhooks = {
    ...options,
    random: Math.random,
    wake: (tenantId, webhookId) => senders.wake(keyOf(tenantId, webhookId)),
  };
  const sleep = (key: string, milliseconds: number) => {
    clearTimeout(timers.get(key));
    const timer = setTimeout(() => {
      timers.delete(key);
      senders.wake(key);
    }, milliseconds);
    timer.unref();
    timers.set(key, timer);
  };
  const senders = createKeyedRunner(
    async (key) => {
      const [tenantId, webhookId] = partsOf(key);
      while (!isClosed && (await sendNext(contextOf(), webhooks, tenantId, webhookId)));
      const pause = await pauseUntilDue(contextOf(), tenantId, webhookId);
      if (pause !== undefined && !isClosed) sleep(key, pause);
    },
    (error, key) => {
      const [tenant, webhook] = partsOf(key);
      contextOf().logger.warn({ tenant, webhook, error: String(error) }, "A webhook will be tried again.");
    },
  );
  return {
    webhooks,
    reader: async (context, tenantId) => {
      for (const id of await enqueueDeliveries(context, tenantId)) webhooks.wake(tenantId, id);
    },
    close: async () => {
      isClosed = true;
      for (const timer of timers.values()) clearTimeout(timer);
      await senders.stop();
    },
  };
}

/** Milliseconds; undefined when nothing waits, or nothing may be sent. */
async function pauseUntilDue(
  { store, clock }: EngineContext,
  tenantId: TenantId,
  webhookId: string,
): Promise<number | undefined> {
  const due = await store.transaction({ tenantId }, async (tx) => {
    const webhook = await tx.webhooks.get(tenantId, webhookId);
    return webhook?.disabled === null ? tx.deliveries.nextDue(tenantId, webhookId) : null;
  });
  if (due === null) return undefined;
  return Math.min(Math.max(Date.parse(due) - clock().getTime(), 0), LONGEST_PAUSE_MS);
}

function keyOf(tenantId: TenantId, webhookId: string): string {
  return JSON.stringify([tenantId, webhookId]);
}

function partsOf(key: string): readonly [tenantId: TenantId, webhookId: string] {
  return JSON.parse(key) as [string, string];
}
