/**
 * Events that went before somebody had read them are not missed in silence: a child goes through its people again, and
 * of everybody else the log and the audit log tell, once until they read again.
 *
 * @module
 */
import type { Instant, TenantId } from "../ports/index.ts";
import type { UnitOfWork } from "../unit-of-work.ts";
import { childOf, restartChild } from "./consumer.ts";

/** What was trimmed of a feed. */
export interface Trimmed {
  /** When the newest event was made that went. */
  readonly until: Instant;
  readonly consumers: readonly string[];
  /** Those of them who had not read all that went. */
  readonly unreadBy: readonly string[];
}

/** In the transaction that trims. */
export async function noteMissed(unit: UnitOfWork, tenantId: TenantId, trimmed: Trimmed): Promise<void> {
  const { until, consumers, unreadBy } = trimmed;
  for (const consumer of consumers) {
    if (unreadBy.includes(consumer)) await missed(unit, tenantId, consumer, until);
    else await unit.tx.changes.forget(tenantId, noted(consumer));
  }
}

/** No consumer: until when somebody has missed events, of which was told. */
function noted(consumer: string): string {
  return `missed:${consumer}`;
}

async function missed(unit: UnitOfWork, tenantId: TenantId, consumer: string, until: Instant): Promise<void> {
  const { tx, context } = unit;
  const childId = childOf(consumer);
  if (childId !== undefined) await restartChild(tx, tenantId, childId);
  const isKnown = (await tx.changes.cursor(tenantId, noted(consumer))) !== null;
  await tx.changes.advance(tenantId, noted(consumer), until);
  if (isKnown) return;
  context.logger.error({ tenant: tenantId, consumer, until }, "Events went before they were read.");
  const subject = { type: "consumer", id: consumer };
  for (const affected of childId === undefined ? [tenantId] : [tenantId, childId]) {
    await unit.audit({ tenantId: affected, action: "events.missed", subject, after: { until } });
  }
}
