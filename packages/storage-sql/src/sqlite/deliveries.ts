import type { DeliveryRecord, DeliveryRepository } from "@muster/provisioning-engine/ports";
import { atMost, type Sql } from "./sql.ts";
import { defineTable } from "./table.ts";

const DELIVERIES = defineTable<DeliveryRecord>(
  "deliveries",
  {
    tenantId: "plain",
    webhookId: "plain",
    id: "plain",
    type: "plain",
    body: "plain",
    createdAt: "plain",
    state: "plain",
    attempts: "plain",
    dueAt: "plain",
    lastAttempt: "json",
  },
  { fixed: ["tenantId", "webhookId", "id"] },
);

const ADD = `${DELIVERIES.insert} on conflict (tenant_id, webhook_id, id) do nothing`;
const ONE = "tenant_id = :tenant_id and webhook_id = :webhook_id and id = :id";
const GET = `select * from deliveries where ${ONE}`;
const OF_WEBHOOK = "tenant_id = :tenant_id and webhook_id = :webhook_id";
const PAGE = `
  select * from deliveries where ${OF_WEBHOOK} and (:after is null or id < :after) order by id desc limit :limit`;
const PAGE_OF_STATE = `
  select * from deliveries where ${OF_WEBHOOK} and state = :state and (:after is null or id < :after)
  order by id desc limit :limit`;
const CLAIM = `
  update deliveries set due_at = :lease
  where rowid = (
    select rowid from deliveries where ${OF_WEBHOOK} and state = 'pending' and due_at <= :now
    order by due_at, id limit 1)
  returning *`;
const WRITE = `${DELIVERIES.update} where ${ONE}`;
const SETTLE = `${WRITE} and state = 'pending' and due_at = :lease returning 1`;
const UPDATE = `${WRITE} returning 1`;
const NEXT_DUE = `
  select due_at from deliveries where ${OF_WEBHOOK} and state = 'pending' order by due_at, id limit 1`;
const REVIVE = `
  update deliveries set state = 'pending', attempts = 0, due_at = :now
  where ${OF_WEBHOOK} and state = 'dead' and created_at >= :since
  returning 1`;
const TRIM = `
  delete from deliveries where rowid in (
    select rowid from deliveries where ${OF_WEBHOOK} and state <> 'pending' and created_at < :before
    order by id limit :limit)
  returning 1`;

export function createDeliveries(sql: Sql): DeliveryRepository {
  return {
    add: async (delivery) => {
      sql.all(ADD, DELIVERIES.toRow(delivery));
    },
    get: async (tenantId, webhookId, id) =>
      DELIVERIES.first(sql, GET, { tenant_id: tenantId, webhook_id: webhookId, id }),
    page: async (tenantId, webhookId, { state, after = null, limit }) => {
      const slice = { tenant_id: tenantId, webhook_id: webhookId, after, limit: atMost(limit) };
      return state === undefined
        ? DELIVERIES.all(sql, PAGE, slice)
        : DELIVERIES.all(sql, PAGE_OF_STATE, { ...slice, state });
    },
    claim: async (tenantId, webhookId, now, lease) =>
      DELIVERIES.first(sql, CLAIM, { tenant_id: tenantId, webhook_id: webhookId, now, lease }),
    settle: async (delivery, lease) => sql.first(SETTLE, { ...DELIVERIES.toRow(delivery), lease }) !== undefined,
    update: async (delivery) => sql.first(UPDATE, DELIVERIES.toRow(delivery)) !== undefined,
    nextDue: async (tenantId, webhookId) =>
      sql.first<{ readonly due_at: string }>(NEXT_DUE, { tenant_id: tenantId, webhook_id: webhookId })?.due_at ?? null,
    revive: async (tenantId, webhookId, since, now) =>
      sql.all(REVIVE, { tenant_id: tenantId, webhook_id: webhookId, since, now }).length,
    trim: async (tenantId, webhookId, before, limit) =>
      sql.all(TRIM, { tenant_id: tenantId, webhook_id: webhookId, before, limit: atMost(limit) }).length,
  };
}
