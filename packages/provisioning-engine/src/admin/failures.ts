/**
 * `admin.syncFailures`: who failed to sync and why, and another try where we have what was sent.
 *
 * @module
 */
import { ProvisioningError } from "../errors.ts";
import type { TenantId, Transaction } from "../ports/index.ts";
import { checked } from "../validation/checked.ts";
import type { Admin } from "./admin.ts";
import { retryFailure, tryRetry } from "./failure-retry.ts";
import { failureView, readFailure } from "./failure-view.ts";
import { type Operator, readTenant } from "./operator.ts";
import { pageLimit } from "./page.ts";
import { FAILURE_FILTER, SIMULATION } from "./shapes.ts";
import type { Page, SyncFailureView } from "./views.ts";

export function syncFailureOperations(operator: Operator): Admin["syncFailures"] {
  const read = (tenant: TenantId, id: string) => readTenant(operator, tenant, (tx) => readFailure(tx, tenant, id));
  return {
    get: read,
    list: async (tenant, input = {}) => {
      const { open, cursor, ...rest } = checked(FAILURE_FILTER, input);
      const slice = { open, offset: readOffset(cursor), limit: pageLimit(rest) };
      return readTenant(operator, tenant, (tx) => readPage(tx, tenant, slice));
    },
    retry: async (tenant, id, options = {}) => {
      const { simulate = false } = checked(SIMULATION, options);
      if (simulate) return tryRetry(operator, tenant, id);
      await retryFailure(operator, tenant, id);
      return read(tenant, id);
    },
  };
}

interface FailureSlice {
  readonly open: boolean | undefined;
  readonly offset: number;
  readonly limit: number;
}

/** The list is short, and the newest entries matter: it is paged by position, up to here. */
const DEEPEST_OFFSET = 10_000;

/** @throws {ProvisioningError} `invalid_request` for a cursor that this listing never gave */
function readOffset(cursor = "0"): number {
  const offset = /^\d{1,5}$/.test(cursor) ? Number(cursor) : DEEPEST_OFFSET + 1;
  if (offset <= DEEPEST_OFFSET) return offset;
  throw new ProvisioningError("invalid_request", "cursor: Expected the nextCursor of the page before.");
}

async function readPage(
  tx: Transaction,
  tenantId: string,
  { open, offset, limit }: FailureSlice,
): Promise<Page<SyncFailureView>> {
  const end = offset + limit;
  const newest = await tx.failures.list(tenantId, { open, limit: end + 1 });
  const items = newest.slice(offset, end).map(failureView);
  return newest.length > end && end <= DEEPEST_OFFSET ? { items, nextCursor: String(end) } : { items };
}
