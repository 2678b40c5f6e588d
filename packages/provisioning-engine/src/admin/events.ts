/**
 * `admin.events`: the change feed, for whoever asks instead of listening. The caller keeps the cursor.
 *
 * @module
 */
import type { EffectiveConnection } from "../connection/effective-connection.ts";
import { EVENT_NAMES, type EventName, type EventPage } from "../events.ts";
import type { Transaction } from "../ports/index.ts";
import { readEvent } from "../sync/event-payload.ts";
import { checked } from "../validation/checked.ts";
import type { Admin, EventOptions } from "./admin.ts";
import { type Operator, readTenant } from "./operator.ts";
import { pageLimit } from "./page.ts";
import { EVENT_OPTIONS } from "./shapes.ts";

/** Rows that one call looks at: those that are filtered out cost as much as the others. */
const SCANNED_ROWS = 1000;

export function eventOperations(operator: Operator): Admin["events"] {
  return {
    list: async (tenant, input = {}) => {
      const options = checked(EVENT_OPTIONS, input);
      return readTenant(operator, tenant, (tx, connection) => readPage(tx, connection, options));
    },
  };
}

async function readPage(
  tx: Transaction,
  connection: EffectiveConnection,
  { cursor, limit, types }: EventOptions,
): Promise<EventPage> {
  const most = pageLimit({ limit });
  const rows = await tx.changes.read(connection.tenant.id, { after: cursor, limit: SCANNED_ROWS });
  const items: EventPage["items"][number][] = [];
  let last = cursor ?? null;
  for (const { position, change } of rows) {
    if (items.length === most) return { items, cursor: last, hasMore: true };
    const event = isAsked(types, change.type) ? await readEvent(tx, connection, change) : undefined;
    if (event !== undefined) items.push(event);
    last = position;
  }
  return { items, cursor: last, hasMore: rows.length === SCANNED_ROWS };
}

/** Rows of other consumers are no events. */
function isAsked(types: readonly EventName[] | undefined, type: string): boolean {
  return (types ?? EVENT_NAMES).some((name) => name === type);
}
