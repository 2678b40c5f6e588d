/**
 * The sync log: one entry per write of an identity provider, whatever became of it.
 *
 * @module
 */
import type { SyncEventRecord, TenantId } from "../ports/index.ts";
import type { UnitOfWork } from "../unit-of-work.ts";

/** What is logged beside time and request. */
export type NewSyncEvent = Pick<SyncEventRecord, "operation" | "subject" | "outcome"> &
  Partial<Pick<SyncEventRecord, "cause" | "message">> & { readonly tenantId: TenantId };

export async function logSyncEvent({ tx, context, now, requestId }: UnitOfWork, event: NewSyncEvent): Promise<void> {
  const { tenantId, operation, subject, outcome, cause = null, message = null } = event;
  await tx.syncEvents.append({
    tenantId,
    id: context.newId(),
    at: now,
    operation,
    subject,
    outcome,
    cause,
    message,
    requestId: requestId ?? "",
  });
}
