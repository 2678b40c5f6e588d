/**
 * From rows of the feed to the host's `deliver`, with a cursor of its own: receivers that are away hold up nobody else.
 *
 * @module
 */
import type { EngineContext } from "../context.ts";
import { SECURITY_EVENT } from "../events.ts";
import type { ChangeRecord, TenantId } from "../ports/index.ts";
import { BATCH, SECURITY_EVENTS } from "../sync/consumer.ts";
import type { EventIssuer, Occurrence } from "./event-issuer.ts";
import type { EventContent, SecurityEventOptions } from "./security-event.ts";

type Deliver = SecurityEventOptions["deliver"];

/**
 * Delivers what a tenant's receivers have not got yet.
 *
 * @throws what `deliver` throws: the event is delivered again, before any later one
 */
export async function deliverEvents(
  context: EngineContext,
  tenantId: TenantId,
  issuer: EventIssuer,
  deliver: Deliver,
): Promise<void> {
  for (let full = true; full; ) {
    const { events, end, ...batch } = await nextEvents(context, tenantId);
    let done: string | undefined;
    try {
      for (const { position, change } of events) {
        await deliver(await issuer.issue(occurrenceOf(change)));
        done = position === events.at(-1)?.position ? end : position;
      }
    } finally {
      if (done !== undefined) await advance(context, tenantId, done);
    }
    full = batch.full;
  }
}

interface EventBatch {
  readonly events: readonly { readonly position: string; readonly change: ChangeRecord }[];
  /** Where the cursor goes once all are delivered. */
  readonly end: string | undefined;
  /** More may follow. */
  readonly full: boolean;
}

/** Rows that are none of the receivers' are passed at once. */
function nextEvents({ store }: EngineContext, tenantId: TenantId): Promise<EventBatch> {
  return store.transaction({ tenantId }, async ({ changes }) => {
    const after = (await changes.cursor(tenantId, SECURITY_EVENTS)) ?? undefined;
    const rows = await changes.read(tenantId, { after, limit: BATCH });
    const events = rows.filter(({ change }) => change.type === SECURITY_EVENT);
    const end = rows.at(-1)?.position;
    if (events.length === 0 && end !== undefined) await changes.advance(tenantId, SECURITY_EVENTS, end);
    return { events, end, full: rows.length === BATCH };
  });
}

function advance({ store }: EngineContext, tenantId: TenantId, position: string): Promise<void> {
  return store.transaction({ tenantId }, ({ changes }) => changes.advance(tenantId, SECURITY_EVENTS, position));
}

function occurrenceOf({ id, tenantId, at, data }: ChangeRecord): Occurrence {
  return { id, tenantId, at, content: data as EventContent };
}
