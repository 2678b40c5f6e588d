/**
 * Entries of the failure list that a trial opened and left open.
 *
 * @module
 */
import type { ExpectedFailure } from "../admin/explain-views.ts";
import type { SyncFailureRecord, TenantId, Transaction } from "../ports/index.ts";
import type { NewEvent } from "../unit-of-work.ts";

type OpenedFailure = Pick<SyncFailureRecord, "id" | "cause" | "message" | "subject">;

/** @param tenantId whose list it is; that of each tenant when absent */
export async function openedFailures(
  { failures }: Transaction,
  told: readonly NewEvent[],
  tenantId?: TenantId,
): Promise<readonly OpenedFailure[]> {
  const opened: OpenedFailure[] = [];
  for (const event of told) {
    if (event.type !== "sync.failed" || (tenantId ?? event.tenantId) !== event.tenantId) continue;
    const { failure } = event.data as { readonly failure: OpenedFailure };
    const now = await failures.get(event.tenantId, failure.id);
    // What followed may have closed it again.
    if (now?.resolvedAt === null) opened.push(failure);
  }
  return opened;
}

export function expected({ cause, subject, message }: OpenedFailure): ExpectedFailure {
  return { cause, subject: subject.label, message };
}
