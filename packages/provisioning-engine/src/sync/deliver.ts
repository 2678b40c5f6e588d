/**
 * From rows of the feed to calls of the host's listeners. The cursor moves after the calls: a process that dies in
 * between repeats them, which is why events are de-duplicated by `id`.
 *
 * @module
 */
import type { Reader } from "../account/group-role.ts";
import { effectiveConnection } from "../connection/effective-connection.ts";
import type { EngineContext } from "../context.ts";
import type { EventName, ProvisioningEvents } from "../events.ts";
import type { ChangeRecord, TenantId, Transaction } from "../ports/index.ts";
import { type Batch, LISTENERS, nextBatch } from "./consumer.ts";
import { readEvent } from "./event-payload.ts";
import type { Listeners } from "./listeners.ts";

export async function deliverToListeners(
  context: EngineContext,
  listeners: Listeners,
  tenantId: TenantId,
): Promise<void> {
  for (let full = true; full; ) {
    const { batch, events } = await readBatch(context, listeners, tenantId);
    for (const event of events) await tell(context, listeners, event);
    if (events.length > 0) await context.store.transaction({ tenantId }, (tx) => advance(tx, tenantId, batch));
    full = batch.full;
  }
}

interface ReadBatch {
  readonly batch: Batch;
  readonly events: readonly ProvisioningEvents[EventName][];
}

/**
 * Only events that somebody listens to are made: reading an account costs several look-ups. With none of them nobody is
 * called, and the cursor moves at once.
 */
function readBatch(context: EngineContext, listeners: Listeners, tenantId: TenantId): Promise<ReadBatch> {
  return context.store.transaction({ tenantId }, async (tx) => {
    const batch = await nextBatch(tx, tenantId, LISTENERS);
    const wanted = batch.changes.filter(({ type }) => listeners.wants(type));
    const events = await readEvents({ tx, context }, tenantId, wanted);
    if (events.length === 0) await advance(tx, tenantId, batch);
    return { batch, events };
  });
}

async function readEvents(
  reader: Reader,
  tenantId: TenantId,
  changes: readonly ChangeRecord[],
): Promise<readonly ProvisioningEvents[EventName][]> {
  if (changes.length === 0) return [];
  const connection = await effectiveConnection(reader.tx, tenantId);
  const events: ProvisioningEvents[EventName][] = [];
  for (const change of changes) {
    const event = await readEvent(reader, connection, change);
    if (event !== undefined) events.push(event);
  }
  return events;
}

async function advance(tx: Transaction, tenantId: TenantId, { position }: Batch): Promise<void> {
  if (position !== undefined) await tx.changes.advance(tenantId, LISTENERS, position);
}

async function tell(
  { logger }: EngineContext,
  listeners: Listeners,
  event: ProvisioningEvents[EventName],
): Promise<void> {
  await listeners.tell(event, (error) =>
    logger.error({ event: event.type, id: event.id, error: String(error) }, "A listener failed."),
  );
}
