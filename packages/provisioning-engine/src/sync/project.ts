/**
 * A parent's changes reach its children: each child has a cursor over the parent's feed, and moves it in the
 * transaction of the effect, so that each change has its effect once. A child that fails stops only itself.
 *
 * @module
 */
import { type EffectiveConnection, effectiveConnection } from "../connection/effective-connection.ts";
import type { EngineContext } from "../context.ts";
import { backfillChild, projectChange } from "../inheritance/admission.ts";
import type { Actor, TenantId } from "../ports/index.ts";
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
      while (await step(context, rootTenantId, child.id));
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0)
    throw new AggregateError(failures, `${failures.length} of ${children.length} children failed`);
}

/** In whose name a child takes over what its parent did. */
export const HEIR: Actor = { type: "job", id: "inheritance" };

/** One transaction in the name of the child's own job. */
function step(context: EngineContext, rootTenantId: TenantId, childId: TenantId): Promise<boolean> {
  return runUseCase(context, { rootTenantId, actor: HEIR, requestId: null }, (unit) =>
    projectPage(unit, rootTenantId, childId),
  );
}

/**
 * One page of people who were there before a child, then one of changes; nothing when the child was unlinked meanwhile.
 *
 * @returns whether there is more
 */
export async function projectPage(unit: UnitOfWork, rootTenantId: TenantId, childId: TenantId): Promise<boolean> {
  const child = await effectiveConnection(unit.tx, childId);
  if (child.root.tenant.id !== rootTenantId || !child.inherited) return false;
  return (await backfillPage(unit, child)) || projectBatch(unit, child);
}

/** @returns whether there was one */
async function backfillPage(unit: UnitOfWork, child: EffectiveConnection): Promise<boolean> {
  const { changes } = unit.tx;
  const rootTenantId = child.root.tenant.id;
  const consumer = backfillConsumer(child.tenant.id);
  const position = await changes.cursor(rootTenantId, consumer);
  if (position === null) return false;
  const next = await backfillChild(unit, child, position, BATCH);
  if (next === undefined) await changes.forget(rootTenantId, consumer);
  else await changes.advance(rootTenantId, consumer, next);
  return true;
}

/** @returns whether there may be another */
async function projectBatch(unit: UnitOfWork, child: EffectiveConnection): Promise<boolean> {
  const rootTenantId = child.root.tenant.id;
  const consumer = childConsumer(child.tenant.id);
  const { changes, position, full } = await nextBatch(unit.tx, rootTenantId, consumer);
  for (const change of changes) await projectChange(unit, child, change);
  if (position !== undefined) await unit.tx.changes.advance(rootTenantId, consumer, position);
  return full;
}
