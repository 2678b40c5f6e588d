import type { DeliveryRecord, DeliveryRepository } from "@muster/provisioning-engine/ports";
import { atMost, json, parsed, type Sql } from "./sql.ts";

type DeliveryRow = {
  readonly tenant_id: string;
  readonly webhook_id: string;
  readonly id: string;
  readonly type: string;
  readonly body: string;
  readonly created_at: string;
  readonly state: DeliveryRecord["state"];
  readonly attempts: number;
  readonly due_at: string;
  readonly last_attempt: string;
};

const ADD = `
  insert into deliveries (tenant_id, webhook_id, id, type, body, created_at, state, attempts, due_at, last_attempt)
  values (:tenant_id, :webhook_id, :id, :type, :body, :created_at, :state, :attempts, :due_at, :last_attempt)
  on conflict (tenant_id, webhook_id, id) do nothing`;
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
const WRITE = `
  update deliveries set type = :type, body = :body, created_at = :created_at, state = :state, attempts = :attempts,
    due_at = :due_at, last_attempt = :last_attempt
  where ${ONE}`;
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
  const first = (statement: string, parameters: Parameters<Sql["first"]>[1]) => {
    const row = sql.first<DeliveryRow>(statement, parameters);
    return row === undefined ? null : toDelivery(row);
  };
  return {
    add: async (delivery) => {
      sql.all(ADD, toRow(delivery));
    },
    get: async (tenantId, webhookId, id) => first(GET, { tenant_id: tenantId, webhook_id: webhookId, id }),
    page: async (tenantId, webhookId, { state, after = null, limit }) => {
      const slice = { tenant_id: tenantId, webhook_id: webhookId, after, limit: atMost(limit) };
      const rows =
        state === undefined
          ? sql.all<DeliveryRow>(PAGE, slice)
          : sql.all<DeliveryRow>(PAGE_OF_STATE, { ...slice, state });
      return rows.map(toDelivery);
    },
    claim: async (tenantId, webhookId, now, lease) =>
      first(CLAIM, { tenant_id: tenantId, webhook_id: webhookId, now, lease }),
    settle: async (delivery, lease) => sql.first(SETTLE, { ...toRow(delivery), lease }) !== undefined,
    update: async (delivery) => sql.first(UPDATE, toRow(delivery)) !== undefined,
    nextDue: async (tenantId, webhookId) =>
      sql.first<Pick<DeliveryRow, "due_at">>(NEXT_DUE, { tenant_id: tenantId, webhook_id: webhookId })?.due_at ?? null,
    revive: async (tenantId, webhookId, since, now) =>
      sql.all(REVIVE, { tenant_id: tenantId, webhook_id: webhookId, since, now }).length,
    trim: async (tenantId, webhookId, before, limit) =>
      sql.all(TRIM, { tenant_id: tenantId, webhook_id: webhookId, before, limit: atMost(limit) }).length,
  };
}

function toRow(delivery: DeliveryRecord): DeliveryRow {
  return {
    tenant_id: delivery.tenantId,
    webhook_id: delivery.webhookId,
    id: delivery.id,
    type: delivery.type,
    body: delivery.body,
    created_at: delivery.createdAt,
    state: delivery.state,
    attempts: delivery.attempts,
    due_at: delivery.dueAt,
    last_attempt: json(delivery.lastAttempt),
  };
}

function toDelivery(row: DeliveryRow): DeliveryRecord {
  return {
    tenantId: row.tenant_id,
    webhookId: row.webhook_id,
    id: row.id,
    type: row.type,
    body: row.body,
    createdAt: row.created_at,
    state: row.state,
    attempts: row.attempts,
    dueAt: row.due_at,
    lastAttempt: parsed(row.last_attempt),
  };
}
