/**
 * One delivery: claimed, sent outside of any transaction, settled. A process that dies in between leaves its lease, and
 * the message is sent again under the same id.
 *
 * @module
 */
import { ensureWritten } from "../admin/written.ts";
import type { EngineContext } from "../context.ts";
import type { DeliveryRecord, TenantId, Transaction, WebhookRecord } from "../ports/index.ts";
import { runUseCase, type UnitOfWork } from "../unit-of-work.ts";
import { ATTEMPT_SECONDS, type Posted, postMessage } from "./post-message.ts";
import { pauseAfter } from "./retry-schedule.ts";
import type { Webhooks } from "./webhook.ts";

/** Longer than an attempt takes: whoever holds it still then is gone. */
const LEASE_SECONDS = 3 * ATTEMPT_SECONDS;

interface Claim {
  readonly webhook: WebhookRecord;
  readonly delivery: DeliveryRecord;
}

/** @returns whether there was one, and another may be due */
export async function sendNext(
  context: EngineContext,
  webhooks: Webhooks,
  tenantId: TenantId,
  webhookId: string,
): Promise<boolean> {
  const claimed = await context.store.transaction({ tenantId }, (tx) => claim(context, tx, tenantId, webhookId));
  if (claimed === null) return false;
  const posted = await postMessage(context, webhooks, claimed.webhook, claimed.delivery);
  const settled = settledDelivery(claimed.delivery, posted, webhooks.random());
  const actor = { type: "job", id: "webhooks" } as const;
  await runUseCase(context, { rootTenantId: tenantId, actor, requestId: null }, (unit) =>
    settle(unit, claimed, settled),
  );
  return true;
}

async function claim(
  { clock }: EngineContext,
  tx: Transaction,
  tenantId: TenantId,
  webhookId: string,
): Promise<Claim | null> {
  const webhook = await tx.webhooks.get(tenantId, webhookId);
  if (webhook === null || webhook.disabled !== null) return null;
  const now = clock();
  const lease = later(now.toISOString(), LEASE_SECONDS);
  const delivery = await tx.deliveries.claim(tenantId, webhookId, now.toISOString(), lease);
  return delivery === null ? null : { webhook, delivery };
}

const GONE = 410;

/** What an attempt makes of a delivery. */
export function settledDelivery(
  delivery: DeliveryRecord,
  { attempt, retryAfter }: Posted,
  random: number,
): DeliveryRecord {
  const attempts = delivery.attempts + 1;
  const tried = { ...delivery, attempts, lastAttempt: attempt };
  if (attempt.error === null) return { ...tried, state: "delivered" };
  const pause = attempt.status === GONE ? undefined : pauseAfter(attempts, random, retryAfter);
  return pause === undefined ? { ...tried, state: "dead" } : { ...tried, dueAt: later(attempt.at, pause) };
}

async function settle(unit: UnitOfWork, { webhook, delivery }: Claim, settled: DeliveryRecord): Promise<void> {
  const { tx } = unit;
  const { tenantId, id } = webhook;
  const isOurs = await tx.deliveries.settle(settled, delivery.dueAt);
  if (!isOurs) return;
  if (settled.state === "delivered") await tx.webhooks.touch(tenantId, id, unit.now);
  if (settled.state === "dead") await giveUp(unit, tenantId, id, settled);
}

/** A receiver that is gone, or that took nothing for as long as a message was tried, gets nothing more. */
async function giveUp(unit: UnitOfWork, tenantId: TenantId, id: string, dead: DeliveryRecord): Promise<void> {
  const webhook = await unit.tx.webhooks.get(tenantId, id);
  if (webhook === null || webhook.disabled !== null) return;
  const isGone = dead.lastAttempt?.status === GONE;
  const tookOthers = webhook.lastSuccessAt !== null && webhook.lastSuccessAt >= dead.createdAt;
  if (!isGone && tookOthers) return;
  const reason = isGone ? "gone" : "failing";
  const disabled = { reason, at: unit.now } as const;
  ensureWritten(await unit.tx.webhooks.update({ ...webhook, disabled, version: webhook.version + 1 }));
  await unit.emit({ tenantId, type: "webhook.disabled", data: { webhook: { id, url: webhook.url, reason } } });
  const subject = { type: "webhook", id };
  await unit.audit({ tenantId, action: "webhook.disabled", subject, after: { disabled } });
}

function later(instant: string, seconds: number): string {
  return new Date(Date.parse(instant) + seconds * 1000).toISOString();
}
