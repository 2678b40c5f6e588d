/**
 * Who operates, and how an operation reaches the store: one transaction to read, one use case to change.
 *
 * @module
 */
import { type EffectiveConnection, effectiveConnection } from "../connection/effective-connection.ts";
import type { EngineContext } from "../context.ts";
import type { Actor, TenantId, Transaction } from "../ports/index.ts";
import { runUseCase, type Trial, tryUseCase, type UnitOfWork, type UseCase } from "../unit-of-work.ts";
import type { Simulatable } from "./admin.ts";
import type { Simulated } from "./explain-views.ts";
import { simulateChange } from "./simulation.ts";

/** In whose name the operations act. */
export interface Operator {
  readonly context: EngineContext;
  readonly actor: Actor;
  readonly requestId: string | null;
}

/** @throws {ProvisioningError} `not_found` for an unknown tenant */
export function readTenant<Result>(
  { context }: Operator,
  tenantId: TenantId,
  read: (tx: Transaction, connection: EffectiveConnection) => Promise<Result>,
): Promise<Result> {
  return context.store.transaction({ tenantId: null }, async (tx) => read(tx, await effectiveConnection(tx, tenantId)));
}

/**
 * Runs a use case on a tenant, under the scope of its family: that of its parent, if it has one.
 *
 * @throws {ProvisioningError} `not_found` for an unknown tenant
 */
export async function changeTenant<Result>(
  operator: Operator,
  tenantId: TenantId,
  change: (unit: UnitOfWork, connection: EffectiveConnection) => Promise<Result>,
): Promise<Result> {
  return runUseCase(operator.context, await useCaseOf(operator, tenantId), async (unit) =>
    change(unit, await effectiveConnection(unit.tx, tenantId)),
  );
}

/**
 * As `changeTenant`, and takes everything back.
 *
 * @throws {ProvisioningError} `not_found` for an unknown tenant
 */
export async function tryTenant<Result>(
  operator: Operator,
  tenantId: TenantId,
  change: (trial: Trial, connection: EffectiveConnection) => Promise<Result>,
): Promise<Result> {
  return tryUseCase(operator.context, await useCaseOf(operator, tenantId), async (trial) =>
    change(trial, await effectiveConnection(trial.unit.tx, tenantId)),
  );
}

/** As `changeTenant`, or a trial of it: the same answer, what would happen beside it, and nothing is written. */
export function changeOrSimulate<View extends object>(
  operator: Operator,
  tenantId: TenantId,
  { simulate = false }: Simulatable,
  change: (unit: UnitOfWork, connection: EffectiveConnection) => Promise<View>,
): Promise<Simulated<View>> {
  if (!simulate) return changeTenant(operator, tenantId, change);
  return tryTenant(operator, tenantId, (trial, connection) =>
    simulateChange(trial, tenantId, () => change(trial.unit, connection)),
  );
}

async function useCaseOf(operator: Operator, tenantId: TenantId): Promise<UseCase> {
  const { actor, requestId } = operator;
  const rootTenantId = await readTenant(operator, tenantId, async (_tx, { root }) => root.tenant.id);
  return { rootTenantId, actor, requestId };
}
