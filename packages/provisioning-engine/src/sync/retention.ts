/**
 * What is kept for how long: each tenant's feed and logs are trimmed while they grow, at most once an hour, in batches.
 *
 * @module
 */
import type { EngineContext } from "../context.ts";
import type { Instant, TenantId, Transaction } from "../ports/index.ts";
import type { FeedReader } from "./change-feed.ts";
import { childConsumer, LISTENERS, SECURITY_EVENTS, TRIMMED, WEBHOOKS } from "./consumer.ts";

/** Days; fractions are good. */
export interface RetentionOptions {
  /** Events of the change feed that everybody has read: 30 when absent. `admin.events` reaches back this far. */
  readonly eventDays?: number | undefined;
  /** Events that a listener, a child or a webhook has not read: 90 when absent, and never less than `eventDays`. */
  readonly unreadEventDays?: number | undefined;
  /** The sync log and the sign-in log: 90 when absent. */
  readonly syncEventDays?: number | undefined;
  /** The audit log: kept for ever when absent. */
  readonly auditDays?: number | undefined;
  /** Deliveries of webhooks that are over: 30 when absent. */
  readonly deliveryDays?: number | undefined;
}

export const RETENTION_DAYS = { event: 30, unreadEvent: 90, syncEvent: 90, delivery: 30 } as const;

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;
const BATCH = 500;
const MOST_BATCHES = 50;

/** @returns trims a tenant when its feed has grown; a process begins an hour after it first saw the tenant */
export function createRetention(options: RetentionOptions = {}): FeedReader {
  const lastTrimmed = new Map<TenantId, number>();
  return async (context, tenantId) => {
    const now = context.clock().getTime();
    const last = lastTrimmed.get(tenantId);
    if (last === undefined) lastTrimmed.set(tenantId, now);
    if (last === undefined || now - last < HOUR_MS) return;
    lastTrimmed.set(tenantId, now);
    await trimTenant(context, options, tenantId);
  };
}

/** Bounded: what is left goes with the next hour. */
export async function trimTenant(
  { store, clock }: EngineContext,
  options: RetentionOptions,
  tenantId: TenantId,
): Promise<void> {
  const cut = cutsOf(options, clock());
  for (let batch = 0; batch < MOST_BATCHES; batch++) {
    const removed = await store.transaction({ tenantId }, (tx) => trimBatch(tx, tenantId, cut));
    if (!removed.includes(BATCH)) return;
  }
}

interface Cuts {
  readonly events: Instant;
  readonly unreadEvents: Instant;
  readonly syncEvents: Instant;
  /** Undefined keeps everything. */
  readonly audit: Instant | undefined;
  readonly deliveries: Instant;
}

function cutsOf(options: RetentionOptions, now: Date): Cuts {
  const daysAgo = (days: number) => new Date(now.getTime() - days * DAY_MS).toISOString();
  const { eventDays = RETENTION_DAYS.event, unreadEventDays = RETENTION_DAYS.unreadEvent, auditDays } = options;
  return {
    events: daysAgo(eventDays),
    unreadEvents: daysAgo(Math.max(eventDays, unreadEventDays)),
    syncEvents: daysAgo(options.syncEventDays ?? RETENTION_DAYS.syncEvent),
    audit: auditDays === undefined ? undefined : daysAgo(auditDays),
    deliveries: daysAgo(options.deliveryDays ?? RETENTION_DAYS.delivery),
  };
}

/** @returns how many rows of each kind went */
async function trimBatch(tx: Transaction, tenantId: TenantId, cuts: Cuts): Promise<readonly number[]> {
  const removed = [
    await trimFeed(tx, tenantId, cuts),
    await tx.syncEvents.trim(tenantId, cuts.syncEvents, BATCH),
    await tx.signIns.trim(tenantId, cuts.syncEvents, BATCH),
  ];
  if (cuts.audit !== undefined) removed.push(await tx.audit.trim(tenantId, cuts.audit, BATCH));
  for (const { id } of await tx.webhooks.list(tenantId)) {
    removed.push(await tx.deliveries.trim(tenantId, id, cuts.deliveries, BATCH));
  }
  return removed;
}

/** Those that read this feed. Security events that were switched off hold it until `unreadEventDays` are over. */
async function consumersOf(tx: Transaction, tenantId: TenantId): Promise<readonly string[]> {
  const children = await tx.tenants.children(tenantId);
  const { length: webhooks } = await tx.webhooks.list(tenantId);
  const receivers = await tx.changes.cursor(tenantId, SECURITY_EVENTS);
  return [
    LISTENERS,
    ...(receivers === null ? [] : [SECURITY_EVENTS]),
    ...(webhooks === 0 ? [] : [WEBHOOKS]),
    ...children.map(({ id }) => childConsumer(id)),
  ];
}

/** Remembers how far, so that whoever comes back later than that is told. */
async function trimFeed(tx: Transaction, tenantId: TenantId, cuts: Cuts): Promise<number> {
  const { removed, newest } = await tx.changes.trim(tenantId, {
    before: cuts.events,
    unreadBefore: cuts.unreadEvents,
    consumers: await consumersOf(tx, tenantId),
    limit: BATCH,
  });
  if (newest !== null) await tx.changes.advance(tenantId, TRIMMED, newest);
  return removed;
}
