/**
 * From rows of the feed to the host's `deliver`, with a cursor of its own: receivers that are away hold up nobody else.
 *
 * @module
 */
import type { EngineContext } from "../context.ts";
import { SECURITY_EVENT } from "../events.ts";
import type { ChangeRecord, TenantId } from "../ports/index.ts";
import { BATCH, SECURITY_EVENTS } from "../sync/consumer.ts";
import type { EventIssuer } from "./event-issuer.ts";
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
    const rows = await nextRows(context, tenantId);
    full = rows.length === BATCH;
    let done: string | undefined;
    try {
      for (const { position, change } of rows) {
        if (change.type === SECURITY_EVENT) await deliver(await issuer.issue(occurrenceOf(change)));
        done = position;
      }
    } finally {
      if (done !== undefined) await advance(context, tenantId, done);
    }
  }
}

function nextRows({ store }: EngineContext, tenantId: TenantId) {
  return store.transaction({ tenantId }, async ({ changes }) => {
    const after = (await changes.cursor(tenantId, SECURITY_EVENTS)) ?? undefined;
    return changes.read(tenantId, { after, limit: BATCH });
  });
}

function advance({ store }: EngineContext, tenantId: TenantId, position: string): Promise<void> {
  return store.transaction({ tenantId }, ({ changes }) => changes.advance(tenantId, SECURITY_EVENTS, position));
}

function occurrenceOf({ id, tenantId, at, data }: ChangeRecord) {
  return { id, tenantId, at, content: data as EventContent };
}
