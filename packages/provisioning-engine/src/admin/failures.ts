/**
 * `admin.syncFailures`: who failed to sync and why, and another try where we have what was sent.
 *
 * @module
 */
import { isScimError } from "@muster/scim-core";
import type { EffectiveConnection } from "../connection/effective-connection.ts";
import { isScimOpen } from "../connection/new-settings.ts";
import { createScimBackend } from "../directory/scim-backend.ts";
import { ProvisioningError } from "../errors.ts";
import type { SyncFailureRecord, Transaction } from "../ports/index.ts";
import { checked } from "../validation/checked.ts";
import type { Admin } from "./admin.ts";
import { changeTenant, type Operator, readTenant } from "./operator.ts";
import { pageLimit } from "./page.ts";
import { FAILURE_FILTER } from "./shapes.ts";
import type { Page, SyncFailureView } from "./views.ts";

export function syncFailureOperations(operator: Operator): Admin["syncFailures"] {
  return {
    get: (tenant, id) =>
      readTenant(operator, tenant, async (tx, connection) => failureView(await existingFailure(tx, connection, id))),
    list: async (tenant, input = {}) => {
      const { open, cursor, ...rest } = checked(FAILURE_FILTER, input);
      const slice = { open, offset: readOffset(cursor), limit: pageLimit(rest) };
      return readTenant(operator, tenant, (tx) => readPage(tx, tenant, slice));
    },
    retry: async (tenant, id) => {
      await retry(operator, tenant, id);
      return readTenant(operator, tenant, async (tx, connection) =>
        failureView(await existingFailure(tx, connection, id)),
      );
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

async function existingFailure(
  tx: Transaction,
  { tenant }: EffectiveConnection,
  id: string,
): Promise<SyncFailureRecord> {
  const failure = await tx.failures.get(tenant.id, id);
  if (failure !== null) return failure;
  throw new ProvisioningError("not_found", `There is no sync failure "${id}" in the tenant "${tenant.id}".`);
}

function failureView({ tenantId: _, retry: again, ...failure }: SyncFailureRecord): SyncFailureView {
  return { ...failure, retryable: again !== null && failure.resolvedAt === null };
}

/** Sends again what the directory had sent: a success closes the failure, another failure counts one more attempt. */
async function retry(operator: Operator, tenant: string, id: string): Promise<void> {
  const { context, requestId } = operator;
  const { connectionId, again } = await beginRetry(operator, tenant, id);
  const type = again.resourceType === "User" ? context.userType : context.groupType;
  const backend = createScimBackend(context, { tenantId: tenant, connectionId, credentialId: "retry" });
  try {
    await backend.create(type, again.attributes, { requestId: requestId ?? context.newId() });
  } catch (error) {
    // The entry says now why it failed again.
    if (!isScimError(error)) throw error;
  }
}

interface Retry {
  readonly connectionId: string;
  readonly again: NonNullable<SyncFailureRecord["retry"]>;
}

/** @throws {ProvisioningError} `not_retryable` */
function beginRetry(operator: Operator, tenantId: string, id: string): Promise<Retry> {
  return changeTenant(operator, tenantId, async (unit, connection) => {
    const { retry: again, resolvedAt } = await existingFailure(unit.tx, connection, id);
    if (resolvedAt !== null) throw notRetryable("The failure is resolved.", "There is nothing left to do.");
    if (again === null) throw notRetryable("Only the directory can send this again.", ASK_DIRECTORY);
    if (!isScimOpen(connection.settings)) throw notRetryable("SCIM is off.", "Switch it on and try again.");
    await unit.audit({ tenantId, action: "sync_failure.retried", subject: { type: "sync_failure", id } });
    return { connectionId: connection.root.connectionId, again };
  });
}

const ASK_DIRECTORY =
  "Put right what the message names: the identity provider tries again by itself, or at once with its provision-on-demand.";

function notRetryable(message: string, hint: string): ProvisioningError {
  return new ProvisioningError("not_retryable", message, { hint });
}
