/**
 * Another try of what the directory had sent: a success closes the failure, another failure counts one more attempt.
 *
 * @module
 */
import { isScimError } from "@muster/scim-core";
import type { EffectiveConnection } from "../connection/effective-connection.ts";
import { isScimOpen } from "../connection/new-settings.ts";
import { createGroup } from "../directory/groups.ts";
import { createScimBackend } from "../directory/scim-backend.ts";
import { createUser } from "../directory/users.ts";
import { ProvisioningError } from "../errors.ts";
import type { SyncFailureRecord, SyncSubject, TenantId } from "../ports/index.ts";
import { type DirectoryConnection, fileFailure, pushOnce } from "../sync/push.ts";
import { failedWrite } from "../sync/sync-failure.ts";
import type { UnitOfWork } from "../unit-of-work.ts";
import type { Simulated } from "./explain-views.ts";
import { existingFailure, readFailure } from "./failure-view.ts";
import { changeTenant, type Operator, tryTenant } from "./operator.ts";
import { simulateChange } from "./simulation.ts";
import type { SyncFailureView } from "./views.ts";

/** @throws {ProvisioningError} `not_found`, `not_retryable` */
export async function retryFailure(operator: Operator, tenantId: TenantId, id: string): Promise<void> {
  const { context, requestId } = operator;
  const { connection, again } = await changeTenant(operator, tenantId, async (unit, effective) => {
    const retry = await requireRetry(unit, effective, id);
    await unit.audit({ tenantId, action: "sync_failure.retried", subject: { type: "sync_failure", id } });
    return retry;
  });
  const type = again.resourceType === "User" ? context.userType : context.groupType;
  const backend = createScimBackend(context, connection);
  try {
    await backend.create(type, again.attributes, { requestId: requestId ?? context.newId() });
  } catch (error) {
    // The entry says now why it failed again.
    if (!isScimError(error)) throw error;
  }
}

/**
 * As `retryFailure`, and takes everything back.
 *
 * @throws {ProvisioningError} `not_found`, `not_retryable`
 */
export async function tryRetry(
  operator: Operator,
  tenantId: TenantId,
  id: string,
): Promise<Simulated<SyncFailureView>> {
  const simulate = (act: (unit: UnitOfWork, retry: Retry) => Promise<void>) =>
    tryTenant(operator, tenantId, (trial, connection) =>
      simulateChange(trial, tenantId, async () => {
        await act(trial.unit, await requireRetry(trial.unit, connection, id));
        return readFailure(trial.unit.tx, tenantId, id);
      }),
    );
  const named: { subject?: SyncSubject } = {};
  try {
    return await simulate((unit, retry) => createAgain(unit, retry, named));
  } catch (error) {
    const { filed } = failedWrite(error, "");
    const { subject } = named;
    if (filed === null || filed.cause === "internal" || subject === undefined) throw error;
    // As in earnest: what was refused is gone, and what remains is the entry.
    return simulate((unit, { connection, again }) =>
      fileFailure(unit, { operation: "create", retry: again, connection }, subject, filed),
    );
  }
}

interface Retry {
  readonly connection: DirectoryConnection;
  readonly again: NonNullable<SyncFailureRecord["retry"]>;
}

/** @throws {ProvisioningError} `not_found`, `not_retryable` */
async function requireRetry(
  { tx }: Pick<UnitOfWork, "tx">,
  { tenant, root, settings }: EffectiveConnection,
  id: string,
): Promise<Retry> {
  const { retry: again, resolvedAt } = await existingFailure(tx, tenant.id, id);
  if (resolvedAt !== null) throw notRetryable("The failure is resolved.", "There is nothing left to do.");
  if (again === null) throw notRetryable("Only the directory can send this again.", ASK_DIRECTORY);
  if (!isScimOpen(settings)) throw notRetryable("SCIM is off.", "Switch it on and try again.");
  return { connection: { tenantId: tenant.id, connectionId: root.connectionId, credentialId: "retry" }, again };
}

const ASK_DIRECTORY =
  "Put right what the message names: the identity provider tries again by itself, or at once with its provision-on-demand.";

function notRetryable(message: string, hint: string): ProvisioningError {
  return new ProvisioningError("not_retryable", message, { hint });
}

/** @param named gets whom it is about */
async function createAgain(
  unit: UnitOfWork,
  { connection, again }: Retry,
  named: { subject?: SyncSubject },
): Promise<void> {
  const { resourceType, attributes } = again;
  const request = { connection, operation: "create", requestId: unit.requestId ?? "", retry: again } as const;
  const create = resourceType === "User" ? createUser : createGroup;
  await pushOnce<unknown>(
    unit,
    request,
    (push) => create(push, attributes),
    (subject) => {
      named.subject = subject;
    },
  );
}
