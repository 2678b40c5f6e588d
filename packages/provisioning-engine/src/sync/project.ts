/**
 * A parent's changes reach its children: each child has a cursor over the parent's feed, and moves it in the
 * transaction of the effect, so that each change has its effect once. A child that fails stops only itself.
 *
 * @module
 */
import { type EffectiveConnection, effectiveConnection } from "../connection/effective-connection.ts";
import type { EngineContext } from "../context.ts";
import { backfillChild, projectChange } from "../inheritance/admission.ts";
import type { TenantId } from "../ports/index.ts";
import { runUseCase, type UnitOfWork } from "../unit-of-work.ts";
import { BATCH, backfillConsumer, childConsumer, nextBatch } from "./consumer.ts";

/** Brings every child of a tenant up to date. Rejects, after all had their turn, when one of them failed. */
export async function projectToChildren(context: EngineContext, rootTenantId: TenantId): Promise<void> {
  const children = await context.store.transaction({ tenantId: rootTenantId }, (tx) =>
    tx.tenants.children(rootTenantId),
  );
  const failures: unknown[] = [];
  for (const child of children) {
    try {
      while (await backfillStep(context, rootTenantId, child.id));
      while (await projectStep(context, rootTenantId, child.id));
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0)
    throw new AggregateError(failures, `${failures.length} of ${children.length} children failed`);
}

/** @returns whether there is more */
function backfillStep(context: EngineContext, rootTenantId: TenantId, childId: TenantId): Promise<boolean> {
  return step(context, rootTenantId, childId, async (unit, child) => {
    const { changes } = unit.tx;
    const consumer = backfillConsumer(childId);
    const position = await changes.cursor(rootTenantId, consumer);
    if (position === null) return false;
    const next = await backfillChild(unit, child, position, BATCH);
    if (next === undefined) await changes.forget(rootTenantId, consumer);
    else await changes.advance(rootTenantId, consumer, next);
    return next !== undefined;
  });
}

/** @returns whether there is more */
function projectStep(context: EngineContext, rootTenantId: TenantId, childId: TenantId): Promise<boolean> {
  return step(context, rootTenantId, childId, async (unit, child) => {
    const consumer = childConsumer(childId);
    const { changes, position, full } = await nextBatch(unit.tx, rootTenantId, consumer);
    for (const change of changes) await projectChange(unit, child, change);
    if (position !== undefined) await unit.tx.changes.advance(rootTenantId, consumer, position);
    return full;
  });
}

/** One transaction in the name of the child's own job; nothing when the child was unlinked meanwhile. */
function step(
  context: EngineContext,
  rootTenantId: TenantId,
  childId: TenantId,
  work: (unit: UnitOfWork, child: EffectiveConnection) => Promise<boolean>,
): Promise<boolean> {
  const actor = { type: "job", id: "inheritance" } as const;
  return runUseCase(context, { rootTenantId, actor, requestId: null }, async (unit) => {
    const child = await effectiveConnection(unit.tx, childId);
    return child.root.tenant.id === rootTenantId && child.inherited ? work(unit, child) : false;
  });
}
