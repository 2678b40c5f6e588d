/**
 * Who operates, and how an operation reaches the store: one transaction to read, one use case to change.
 *
 * @module
 */
import { type EffectiveConnection, effectiveConnection } from "../connection/effective-connection.ts";
import type { EngineContext } from "../context.ts";
import type { Actor, TenantId, Transaction } from "../ports/index.ts";
import { runUseCase, type UnitOfWork } from "../unit-of-work.ts";

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
  const { context, actor, requestId } = operator;
  const rootTenantId = await readTenant(operator, tenantId, async (_tx, { root }) => root.tenant.id);
  return runUseCase(context, { rootTenantId, actor, requestId }, async (unit) =>
    change(unit, await effectiveConnection(unit.tx, tenantId)),
  );
}
