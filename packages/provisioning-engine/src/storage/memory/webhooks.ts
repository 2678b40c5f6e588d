/**
 * Webhooks of a tenant, and what is on its way to each.
 *
 * @module
 */
import type { DeliveryRecord, DeliveryRepository, WebhookRecord, WebhookRepository } from "../../ports/index.ts";
import type { Journal } from "./journal.ts";
import { ALL, compositeKey, everyRow } from "./keys.ts";
import { take } from "./ordered.ts";
import { createTable, type Table } from "./table.ts";

type DeliveryTable = Table<DeliveryRecord, "all" | "state" | "due">;

/** The owner of a delivery is its webhook. */
export function createDeliveryTable(journal: Journal): DeliveryTable {
  return createTable<DeliveryRecord, "all" | "state" | "due">(journal, {
    owner: ownerOf,
    id: ({ id }) => id,
    indexes: {
      all: { values: everyRow },
      state: { values: ({ state }) => [state] },
      due: {
        values: ({ state }) => (state === "pending" ? [ALL] : []),
        order: ({ dueAt, id }) => `${dueAt} ${id}`,
      },
    },
  });
}

function ownerOf({ tenantId, webhookId }: Pick<DeliveryRecord, "tenantId" | "webhookId">): string {
  return compositeKey(tenantId, webhookId);
}

export function createWebhooks(journal: Journal, deliveries: DeliveryTable): WebhookRepository {
  const webhooks = createTable<WebhookRecord, "all">(journal, {
    owner: ({ tenantId }) => tenantId,
    id: ({ id }) => id,
    indexes: { all: { values: everyRow } },
  });
  return {
    insert: async (webhook) => webhooks.insert(webhook),
    get: async (tenantId, id) => webhooks.get(tenantId, id) ?? null,
    list: async (tenantId) => [...webhooks.rows(tenantId, "all", ALL).from()],
    update: async (webhook) => {
      const stored = webhooks.get(webhook.tenantId, webhook.id);
      return webhooks.update(stored, { ...webhook, lastSuccessAt: stored?.lastSuccessAt ?? null });
    },
    delete: async (tenantId, id) => {
      const owner = ownerOf({ tenantId, webhookId: id });
      for (const delivery of deliveries.rows(owner, "all", ALL).from()) deliveries.delete(owner, delivery.id);
      return webhooks.delete(tenantId, id) !== undefined;
    },
    touch: async (tenantId, id, lastSuccessAt) => {
      const webhook = webhooks.get(tenantId, id);
      if (webhook !== undefined) webhooks.put({ ...webhook, lastSuccessAt });
    },
  };
}

export function createDeliveries(deliveries: DeliveryTable): DeliveryRepository {
  const due = (tenantId: string, webhookId: string) =>
    deliveries.rows(ownerOf({ tenantId, webhookId }), "due", ALL).first();
  const put = (delivery: DeliveryRecord): boolean => {
    const isThere = deliveries.get(ownerOf(delivery), delivery.id) !== undefined;
    if (isThere) deliveries.put(delivery);
    return isThere;
  };
  return {
    add: async (delivery) => {
      deliveries.insert(delivery);
    },
    get: async (tenantId, webhookId, id) => deliveries.get(ownerOf({ tenantId, webhookId }), id) ?? null,
    page: async (tenantId, webhookId, { state, after, limit }) => {
      const owner = ownerOf({ tenantId, webhookId });
      const rows = state === undefined ? deliveries.rows(owner, "all", ALL) : deliveries.rows(owner, "state", state);
      return take(olderThan(after, rows.backwards()), limit);
    },
    claim: async (tenantId, webhookId, now, lease) => {
      const first = due(tenantId, webhookId);
      if (first === undefined || first.dueAt > now) return null;
      const claimed = { ...first, dueAt: lease };
      deliveries.put(claimed);
      return claimed;
    },
    settle: async (delivery, lease) => {
      const stored = deliveries.get(ownerOf(delivery), delivery.id);
      return stored?.state === "pending" && stored.dueAt === lease && put(delivery);
    },
    update: async (delivery) => put(delivery),
    nextDue: async (tenantId, webhookId) => due(tenantId, webhookId)?.dueAt ?? null,
    revive: async (tenantId, webhookId, since, now) => {
      const dead = [...deliveries.rows(ownerOf({ tenantId, webhookId }), "state", "dead").from()];
      const revived = dead.filter(({ createdAt }) => createdAt >= since);
      for (const delivery of revived) deliveries.put({ ...delivery, state: "pending", attempts: 0, dueAt: now });
      return revived.length;
    },
    trim: async (tenantId, webhookId, before, limit) => {
      const owner = ownerOf({ tenantId, webhookId });
      const isOver = ({ state, createdAt }: DeliveryRecord) => state !== "pending" && createdAt < before;
      const over = take([...deliveries.rows(owner, "all", ALL).from()].filter(isOver), limit);
      for (const { id } of over) deliveries.delete(owner, id);
      return over.length;
    },
  };
}

function* olderThan(id: string | undefined, deliveries: Iterable<DeliveryRecord>): Generator<DeliveryRecord> {
  for (const delivery of deliveries) if (id === undefined || delivery.id < id) yield delivery;
}
