/**
 * A tenant as it is shown: seats, connection and, at a parent, how its children are doing.
 *
 * @module
 */

import { type EffectiveConnection, effectiveConnection } from "../connection/effective-connection.ts";
import { isScimOpen } from "../connection/new-settings.ts";
import type { AccountKind, TenantRecord, Transaction } from "../ports/index.ts";
import { childConsumer, isBackfilling, nextBatch } from "../sync/consumer.ts";
import { connectionView, type ViewContext } from "./connection-view.ts";
import type { SeatCount } from "./explain-views.ts";
import type { ChildView, TenantView } from "./views.ts";

/** A transaction to read in, and what views need. */
export interface ViewReader {
  readonly tx: Transaction;
  readonly context: ViewContext;
}

export async function readTenantView({ tx, context }: ViewReader, tenant: TenantRecord): Promise<TenantView> {
  const { id, name, parentId } = tenant;
  const connection = await effectiveConnection(tx, id);
  const children = await tx.tenants.children(id);
  const views: ChildView[] = [];
  for (const child of children) views.push(await readChildView(tx, connection, child));
  const failures = await tx.failures.countOpen(id);
  return {
    id,
    name,
    parent: parentId,
    ...(views.length === 0 ? {} : { children: views }),
    seats: await readSeats(tx, connection),
    sync: { state: failures > 0 ? "failed" : "ok", failures },
    connection: connectionView(context, connection),
  };
}

async function readChildView(tx: Transaction, parent: EffectiveConnection, child: TenantRecord): Promise<ChildView> {
  const { user, reader } = await tx.seats.count(child.id);
  const failed = await tx.failures.countOpen(child.id);
  const state = await readChildState(tx, parent, child, failed);
  return { id: child.id, name: child.name, state, pending: user.waiting + reader.waiting, failed };
}

async function readChildState(
  tx: Transaction,
  { tenant, settings }: EffectiveConnection,
  child: TenantRecord,
  failed: number,
): Promise<ChildView["state"]> {
  if (!isScimOpen(settings)) return "inheriting";
  if (await isBehind(tx, tenant.id, child.id)) return "backfilling";
  return failed > 0 ? "degraded" : "in_sync";
}

/** Whether a child has yet to go through people or changes of its parent. */
async function isBehind(tx: Transaction, parentId: string, childId: string): Promise<boolean> {
  if (await isBackfilling(tx, parentId, childId)) return true;
  return (await nextBatch(tx, parentId, childConsumer(childId), 1)).changes.length > 0;
}

export async function readSeats(tx: Transaction, connection: EffectiveConnection): Promise<TenantView["seats"]> {
  const { user, reader } = await countSeats(tx, connection);
  const shown = ({ used, limit }: SeatCount) => ({ used, limit });
  return { user: shown(user), reader: shown(reader) };
}

/** A child without a limit keeps no rows for the people it reads through: they hold the seats of its parent. */
export async function countSeats(
  tx: Transaction,
  { tenant, root, inherited }: EffectiveConnection,
): Promise<Readonly<Record<AccountKind, SeatCount>>> {
  const { seatLimits } = tenant;
  const readsThrough = inherited && seatLimits.user === null && seatLimits.reader === null;
  const counts = [await tx.seats.count(tenant.id)];
  if (readsThrough) counts.push(await tx.seats.count(root.tenant.id));
  const sum = (kind: AccountKind, state: "held" | "waiting") =>
    counts.reduce((total, count) => total + count[kind][state], 0);
  const seatsOf = (kind: AccountKind) => {
    return { used: sum(kind, "held"), waiting: sum(kind, "waiting"), limit: seatLimits[kind] };
  };
  return { user: seatsOf("user"), reader: seatsOf("reader") };
}
