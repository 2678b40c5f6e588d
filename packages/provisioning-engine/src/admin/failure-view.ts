/**
 * An entry of the failure list, found and shown.
 *
 * @module
 */
import { ProvisioningError } from "../errors.ts";
import type { SyncFailureRecord, TenantId, Transaction } from "../ports/index.ts";
import type { SyncFailureView } from "./views.ts";

/** @throws {ProvisioningError} `not_found` */
export async function existingFailure(tx: Transaction, tenantId: TenantId, id: string): Promise<SyncFailureRecord> {
  const failure = await tx.failures.get(tenantId, id);
  if (failure !== null) return failure;
  throw new ProvisioningError("not_found", `There is no sync failure "${id}" in the tenant "${tenantId}".`);
}

export function failureView({ tenantId: _, retry: again, ...failure }: SyncFailureRecord): SyncFailureView {
  return { ...failure, retryable: again !== null && failure.resolvedAt === null };
}

/** @throws {ProvisioningError} `not_found` */
export async function readFailure(tx: Transaction, tenantId: TenantId, id: string): Promise<SyncFailureView> {
  return failureView(await existingFailure(tx, tenantId, id));
}
