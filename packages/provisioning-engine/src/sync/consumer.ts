/**
 * Reading the feed as a consumer with a cursor.
 *
 * @module
 */
import type { ChangeRecord, TenantId, Transaction } from "../ports/index.ts";

export const BATCH = 100;

/** The cursor of the host's listeners. */
export const LISTENERS = "listeners";

/** The cursor of those who receive security events. */
export const SECURITY_EVENTS = "security-events";

/** The cursor of what fills the queues of webhooks. */
export const WEBHOOKS = "webhooks";

/** No consumer: when the newest event was made that was trimmed. */
export const TRIMMED = "trimmed";

/** The cursor of a child over its parent's feed. */
export function childConsumer(childId: TenantId): string {
  return `child:${childId}`;
}

/** The cursor of a child over the people that were there before it; it exists while the child is being backfilled. */
export function backfillConsumer(childId: TenantId): string {
  return `backfill:${childId}`;
}

export interface Batch {
  readonly changes: readonly ChangeRecord[];
  /** Where the cursor goes once the batch is done; undefined for an empty one. */
  readonly position: string | undefined;
  /** More may follow. */
  readonly full: boolean;
}

/** The next changes after a consumer's cursor. */
export async function nextBatch(tx: Transaction, tenantId: TenantId, consumer: string): Promise<Batch> {
  const after = (await tx.changes.cursor(tenantId, consumer)) ?? undefined;
  const rows = await tx.changes.read(tenantId, { after, limit: BATCH });
  return { changes: rows.map(({ change }) => change), position: rows.at(-1)?.position, full: rows.length === BATCH };
}

/**
 * Lets a child consume from now on, and marks the people of now for the backfill. In the transaction that links it.
 *
 * @param rootTenantId the parent
 */
export async function beginChild(tx: Transaction, rootTenantId: TenantId, childId: TenantId): Promise<void> {
  const last = await tx.changes.last(rootTenantId);
  if (last !== null) await tx.changes.advance(rootTenantId, childConsumer(childId), last);
  await tx.changes.advance(rootTenantId, backfillConsumer(childId), "");
}

/** Ends both cursors of a child. In the transaction that unlinks it. */
export async function endChild(tx: Transaction, rootTenantId: TenantId, childId: TenantId): Promise<void> {
  await tx.changes.forget(rootTenantId, childConsumer(childId));
  await tx.changes.forget(rootTenantId, backfillConsumer(childId));
}

/** Whether people that were there before the child still have to be gone through. */
export async function isBackfilling(tx: Transaction, rootTenantId: TenantId, childId: TenantId): Promise<boolean> {
  return (await tx.changes.cursor(rootTenantId, backfillConsumer(childId))) !== null;
}
