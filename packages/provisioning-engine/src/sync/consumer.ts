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

/** No consumer: when the newest event was made that was trimmed, and its position. */
export const TRIMMED = "trimmed";

const CHILD = "child:";

/** The cursor of a child over its parent's feed. */
export function childConsumer(childId: TenantId): string {
  return `${CHILD}${childId}`;
}

/** Whose cursor it is; undefined for a consumer that is no child. */
export function childOf(consumer: string): TenantId | undefined {
  return consumer.startsWith(CHILD) ? consumer.slice(CHILD.length) : undefined;
}

/** The cursor of a child over the people that were there before it; it exists while the child is being backfilled. */
export function backfillConsumer(childId: TenantId): string {
  return `backfill:${childId}`;
}

/** Where the backfill of a new child begins, and how the places begin that follow. */
export const BACKFILL = "";

/** The same for a child that goes through its people again. */
export const BACKFILL_AGAIN = "again:";

export interface Batch {
  readonly changes: readonly ChangeRecord[];
  /** Where the cursor goes once the batch is done; undefined for an empty one. */
  readonly position: string | undefined;
  /** More may follow. */
  readonly full: boolean;
}

/** The next changes after a consumer's cursor. */
export async function nextBatch(
  tx: Transaction,
  tenantId: TenantId,
  consumer: string,
  limit: number = BATCH,
): Promise<Batch> {
  const after = (await tx.changes.cursor(tenantId, consumer)) ?? undefined;
  const rows = await tx.changes.read(tenantId, { after, limit });
  return { changes: rows.map(({ change }) => change), position: rows.at(-1)?.position, full: rows.length === limit };
}

/**
 * Lets a child consume from now on, and marks the people of now for the backfill. In the transaction that links it.
 *
 * @param rootTenantId the parent
 */
export async function beginChild(tx: Transaction, rootTenantId: TenantId, childId: TenantId): Promise<void> {
  await passFeed(tx, rootTenantId, childConsumer(childId));
  await tx.changes.advance(rootTenantId, backfillConsumer(childId), BACKFILL);
}

/** Lets a child that has missed changes go through the people as they are now, and consume from now on. */
export async function restartChild(tx: Transaction, rootTenantId: TenantId, childId: TenantId): Promise<void> {
  await passFeed(tx, rootTenantId, childConsumer(childId));
  await tx.changes.advance(rootTenantId, backfillConsumer(childId), BACKFILL_AGAIN);
}

async function passFeed({ changes }: Transaction, tenantId: TenantId, consumer: string): Promise<void> {
  const last = await changes.last(tenantId);
  if (last !== null) await changes.advance(tenantId, consumer, last);
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
