/**
 * What is kept for how long: each tenant's feed and logs are trimmed in batches, at most once an hour while they grow,
 * and once a day while nothing happens.
 *
 * @module
 */
import type { EngineContext } from "../context.ts";
import type { Instant, TenantId, Transaction } from "../ports/index.ts";
import { runUseCase, type UnitOfWork } from "../unit-of-work.ts";
import type { FeedReader } from "./change-feed.ts";
import { childConsumer, LISTENERS, SECURITY_EVENTS, TRIMMED, WEBHOOKS } from "./consumer.ts";
import { noteMissed } from "./missed-events.ts";

/** Days; fractions are good. */
export interface RetentionOptions {
  /** Events of the change feed that everybody has read: 30 when absent. `admin.events` reaches back this far. */
  readonly eventDays?: number | undefined;
  /** Events that a listener, a child or a webhook has not read: 90 when absent, and never less than `eventDays`. */
  readonly unreadEventDays?: number | undefined;
  /** The sync log and the sign-in log: 90 when absent. */
  readonly syncEventDays?: number | undefined;
  /** Sync failures that are resolved: 90 when absent. Open ones stay. */
  readonly failureDays?: number | undefined;
  /** The audit log: kept for ever when absent. */
  readonly auditDays?: number | undefined;
  /** Deliveries of webhooks that are over: 30 when absent. */
  readonly deliveryDays?: number | undefined;
  /** How long an archived connection can be restored: as long as it exists when absent. */
  readonly restoreDays?: number | undefined;
}

export const RETENTION_DAYS = { event: 30, unreadEvent: 90, syncEvent: 90, failure: 90, delivery: 30 } as const;

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;
const BATCH = 500;
const MOST_BATCHES = 50;

/** Tenants that are woken at a time because nothing happens there. */
const MOST_QUIET = 1000;

export interface Retention {
  /** Trims a tenant when its feed has grown; a process begins an hour after it first saw the tenant. */
  readonly reader: FeedReader;
  close(): void;
}

export function createRetention(options: RetentionOptions = {}): Retention {
  /** Longest ago first. */
  const lastTrimmed = new Map<TenantId, number>();
  let timer: NodeJS.Timeout | undefined;
  const mark = (tenantId: TenantId, now: number) => {
    lastTrimmed.delete(tenantId);
    lastTrimmed.set(tenantId, now);
  };
  return {
    reader: async (context, tenantId) => {
      timer ??= setInterval(() => wakeQuiet(context, lastTrimmed), HOUR_MS).unref();
      const now = context.clock().getTime();
      const last = lastTrimmed.get(tenantId);
      if (last === undefined) mark(tenantId, now);
      if (last === undefined || now - last < HOUR_MS) return;
      mark(tenantId, now);
      await trimTenant(context, options, tenantId);
    },
    close: () => clearInterval(timer),
  };
}

function wakeQuiet({ feed, clock }: EngineContext, lastTrimmed: ReadonlyMap<TenantId, number>): void {
  const dayAgo = clock().getTime() - DAY_MS;
  let left = MOST_QUIET;
  for (const [tenantId, last] of lastTrimmed) {
    if (last > dayAgo || left-- === 0) return;
    feed.wake(tenantId);
  }
}

/** Bounded: what is left goes with the next time. */
export async function trimTenant(context: EngineContext, options: RetentionOptions, tenantId: TenantId): Promise<void> {
  const cut = cutsOf(options, context.clock());
  const useCase = { rootTenantId: tenantId, actor: { type: "job", id: "retention" }, requestId: null } as const;
  for (let batch = 0; batch < MOST_BATCHES; batch++) {
    const removed = await runUseCase(context, useCase, (unit) => trimBatch(unit, tenantId, cut));
    if (!removed.includes(BATCH)) return;
  }
}

interface Cuts {
  readonly events: Instant;
  readonly unreadEvents: Instant;
  readonly syncEvents: Instant;
  readonly failures: Instant;
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
    failures: daysAgo(options.failureDays ?? RETENTION_DAYS.failure),
    audit: auditDays === undefined ? undefined : daysAgo(auditDays),
    deliveries: daysAgo(options.deliveryDays ?? RETENTION_DAYS.delivery),
  };
}

/** @returns how many rows of each kind went */
async function trimBatch(unit: UnitOfWork, tenantId: TenantId, cuts: Cuts): Promise<readonly number[]> {
  const { tx } = unit;
  const removed = [
    await trimFeed(unit, tenantId, cuts),
    await tx.syncEvents.trim(tenantId, cuts.syncEvents, BATCH),
    await tx.signIns.trim(tenantId, cuts.syncEvents, BATCH),
    await tx.failures.trim(tenantId, cuts.failures, BATCH),
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
async function trimFeed(unit: UnitOfWork, tenantId: TenantId, cuts: Cuts): Promise<number> {
  const { changes } = unit.tx;
  const consumers = await consumersOf(unit.tx, tenantId);
  const { events: before, unreadEvents: unreadBefore } = cuts;
  const { removed, upTo, unreadBy } = await changes.trim(tenantId, { before, unreadBefore, consumers, limit: BATCH });
  if (upTo === null) return removed;
  await changes.advance(tenantId, TRIMMED, `${upTo.at} ${upTo.position}`);
  await noteMissed(unit, tenantId, { until: upTo.at, consumers, unreadBy });
  return removed;
}
