import type { WebhookRecord, WebhookRepository } from "@muster/provisioning-engine/ports";
import type { Sql } from "./sql.ts";
import { defineTable } from "./table.ts";

const WEBHOOKS = defineTable<WebhookRecord>(
  "webhooks",
  {
    tenantId: "plain",
    id: "plain",
    url: "plain",
    description: "plain",
    types: "json",
    secrets: "json",
    disabled: "json",
    lastSuccessAt: "plain",
    createdAt: "plain",
    version: "plain",
  },
  { fixed: ["tenantId", "id", "lastSuccessAt"] },
);

const INSERT = `${WEBHOOKS.insert} on conflict (tenant_id, id) do nothing returning 1`;
const GET = "select * from webhooks where tenant_id = :tenant_id and id = :id";
const LIST = "select * from webhooks where tenant_id = :tenant_id order by id";
const UPDATE = `${WEBHOOKS.update} where tenant_id = :tenant_id and id = :id and version = :version - 1 returning 1`;
const DELETE = "delete from webhooks where tenant_id = :tenant_id and id = :id returning 1";
const DELETE_DELIVERIES = "delete from deliveries where tenant_id = :tenant_id and webhook_id = :id";
const TOUCH = "update webhooks set last_success_at = :last_success_at where tenant_id = :tenant_id and id = :id";

export function createWebhooks(sql: Sql): WebhookRepository {
  return {
    insert: async (webhook) => sql.insert(INSERT, WEBHOOKS.toRow(webhook)),
    get: async (tenantId, id) => WEBHOOKS.first(sql, GET, { tenant_id: tenantId, id }),
    list: async (tenantId) => WEBHOOKS.all(sql, LIST, { tenant_id: tenantId }),
    update: async (webhook) => sql.update(UPDATE, WEBHOOKS.toRow(webhook)),
    delete: async (tenantId, id) => {
      sql.all(DELETE_DELIVERIES, { tenant_id: tenantId, id });
      return sql.first(DELETE, { tenant_id: tenantId, id }) !== undefined;
    },
    touch: async (tenantId, id, lastSuccessAt) => {
      sql.all(TOUCH, { tenant_id: tenantId, id, last_success_at: lastSuccessAt });
    },
  };
}
