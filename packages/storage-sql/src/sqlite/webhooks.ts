import type { WebhookRecord, WebhookRepository } from "@muster/provisioning-engine/ports";
import { json, parsed, type Sql } from "./sql.ts";

type WebhookRow = {
  readonly tenant_id: string;
  readonly id: string;
  readonly url: string;
  readonly description: string | null;
  readonly types: string;
  readonly secrets: string;
  readonly disabled: string;
  readonly last_success_at: string | null;
  readonly created_at: string;
  readonly version: number;
};

const INSERT = `
  insert into webhooks (tenant_id, id, url, description, types, secrets, disabled, last_success_at, created_at, version)
  values (:tenant_id, :id, :url, :description, :types, :secrets, :disabled, :last_success_at, :created_at, :version)
  on conflict (tenant_id, id) do nothing
  returning 1`;
const GET = "select * from webhooks where tenant_id = :tenant_id and id = :id";
const LIST = "select * from webhooks where tenant_id = :tenant_id order by id";
const UPDATE = `
  update webhooks set url = :url, description = :description, types = :types, secrets = :secrets,
    disabled = :disabled, created_at = :created_at, version = :version
  where tenant_id = :tenant_id and id = :id and version = :version - 1
  returning 1`;
const DELETE = "delete from webhooks where tenant_id = :tenant_id and id = :id returning 1";
const DELETE_DELIVERIES = "delete from deliveries where tenant_id = :tenant_id and webhook_id = :id";
const TOUCH = "update webhooks set last_success_at = :last_success_at where tenant_id = :tenant_id and id = :id";

export function createWebhooks(sql: Sql): WebhookRepository {
  return {
    insert: async (webhook) => sql.insert(INSERT, toRow(webhook)),
    get: async (tenantId, id) => {
      const row = sql.first<WebhookRow>(GET, { tenant_id: tenantId, id });
      return row === undefined ? null : toWebhook(row);
    },
    list: async (tenantId) => sql.all<WebhookRow>(LIST, { tenant_id: tenantId }).map(toWebhook),
    update: async (webhook) => {
      const { last_success_at: _, ...row } = toRow(webhook);
      return sql.update(UPDATE, row);
    },
    delete: async (tenantId, id) => {
      sql.all(DELETE_DELIVERIES, { tenant_id: tenantId, id });
      return sql.first(DELETE, { tenant_id: tenantId, id }) !== undefined;
    },
    touch: async (tenantId, id, lastSuccessAt) => {
      sql.all(TOUCH, { tenant_id: tenantId, id, last_success_at: lastSuccessAt });
    },
  };
}

function toRow(webhook: WebhookRecord): WebhookRow {
  return {
    tenant_id: webhook.tenantId,
    id: webhook.id,
    url: webhook.url,
    description: webhook.description,
    types: json(webhook.types),
    secrets: json(webhook.secrets),
    disabled: json(webhook.disabled),
    last_success_at: webhook.lastSuccessAt,
    created_at: webhook.createdAt,
    version: webhook.version,
  };
}

function toWebhook(row: WebhookRow): WebhookRecord {
  return {
    tenantId: row.tenant_id,
    id: row.id,
    url: row.url,
    description: row.description,
    types: parsed(row.types),
    secrets: parsed(row.secrets),
    disabled: parsed(row.disabled),
    lastSuccessAt: row.last_success_at,
    createdAt: row.created_at,
    version: row.version,
  };
}
