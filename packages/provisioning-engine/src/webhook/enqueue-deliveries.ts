/**
 * From rows of the feed to deliveries: each event once for each webhook that wants it, in the transaction that moves the
 * cursor.
 *
 * @module
 */
import type { Reader } from "../account/group-role.ts";
import { effectiveConnection } from "../connection/effective-connection.ts";
import type { EngineContext } from "../context.ts";
import { EVENT_NAMES, type EventName, type ProvisioningEvents } from "../events.ts";
import type { DeliveryRecord, TenantId, Transaction, WebhookRecord } from "../ports/index.ts";
import { nextBatch, WEBHOOKS } from "../sync/consumer.ts";
import { readEvent } from "../sync/event-payload.ts";
import type { WebhookMessage } from "./verify-webhook.ts";

/** @returns the webhooks that may have something to deliver */
export async function enqueueDeliveries(context: EngineContext, tenantId: TenantId): Promise<readonly string[]> {
  for (;;) {
    const { webhooks, more } = await context.store.transaction({ tenantId }, (tx) =>
      enqueueBatch({ tx, context }, tenantId),
    );
    if (!more) return webhooks.map(({ id }) => id);
  }
}

interface Enqueued {
  readonly webhooks: readonly WebhookRecord[];
  readonly more: boolean;
}

async function enqueueBatch(reader: Reader, tenantId: TenantId): Promise<Enqueued> {
  const { tx } = reader;
  const all = await tx.webhooks.list(tenantId);
  if (all.length === 0) return { webhooks: [], more: false };
  const webhooks = all.filter(({ disabled }) => disabled === null);
  const { changes, position, full } = await nextBatch(tx, tenantId, WEBHOOKS);
  for (const change of changes) {
    const receivers = webhooks.filter((webhook) => wants(webhook, change.type));
    if (receivers.length === 0) continue;
    const event = await readEvent(reader, await effectiveConnection(tx, tenantId), change);
    if (event === undefined) continue;
    for (const { id } of receivers) await tx.deliveries.add(newDelivery(id, event));
  }
  if (position !== undefined) await tx.changes.advance(tenantId, WEBHOOKS, position);
  return { webhooks, more: full };
}

/** Rows of other consumers are no events. */
function wants({ types }: WebhookRecord, type: string): boolean {
  return (types ?? EVENT_NAMES).includes(type as EventName);
}

function newDelivery(webhookId: string, event: ProvisioningEvents[EventName]): DeliveryRecord {
  const { id, tenant: tenantId, type, at } = event;
  const message: WebhookMessage = { type, timestamp: at, data: event };
  const fresh = { state: "pending", attempts: 0, lastAttempt: null } as const;
  return { tenantId, webhookId, id, type, body: JSON.stringify(message), createdAt: at, dueAt: at, ...fresh };
}

/**
 * The first webhook of a tenant begins with what happens from now on. In the transaction that makes it.
 */
export async function beginWebhooks(tx: Transaction, tenantId: TenantId): Promise<void> {
  if ((await tx.webhooks.list(tenantId)).length > 0) return;
  const last = await tx.changes.last(tenantId);
  if (last === null) await tx.changes.forget(tenantId, WEBHOOKS);
  else await tx.changes.advance(tenantId, WEBHOOKS, last);
}
