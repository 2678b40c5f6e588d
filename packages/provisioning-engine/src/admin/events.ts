/**
 * `admin.events`: the change feed, for whoever asks instead of listening. The caller keeps the cursor.
 *
 * @module
 */
import type { Reader } from "../account/group-role.ts";
import type { EffectiveConnection } from "../connection/effective-connection.ts";
import { ProvisioningError } from "../errors.ts";
import { EVENT_NAMES, type EventName, type EventPage } from "../events.ts";
import type { Instant, TenantId, Transaction } from "../ports/index.ts";
import { TRIMMED } from "../sync/consumer.ts";
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
      return readTenant(operator, tenant, (tx, connection) =>
        readPage({ tx, context: operator.context }, connection, options),
      );
    },
  };
}

async function readPage(
  reader: Reader,
  connection: EffectiveConnection,
  { cursor, limit, types }: EventOptions,
): Promise<EventPage> {
  const { tx } = reader;
  const most = pageLimit({ limit });
  const { id: tenantId } = connection.tenant;
  const after = cursor === undefined ? undefined : await positionAfter(tx, tenantId, cursor);
  const rows = await tx.changes.read(tenantId, { after, limit: SCANNED_ROWS });
  const items: EventPage["items"][number][] = [];
  let last = cursor ?? null;
  for (const { position, change } of rows) {
    if (items.length === most) return { items, cursor: last, hasMore: true };
    const event = isAsked(types, change.type) ? await readEvent(reader, connection, change) : undefined;
    if (event !== undefined) items.push(event);
    last = `${position}~${change.at}`;
  }
  return { items, cursor: last, hasMore: rows.length === SCANNED_ROWS };
}

/**
 * Whoever comes back after what followed its cursor was trimmed has missed something, and is told.
 *
 * @throws {ProvisioningError} `cursor_expired`; `invalid_request` for a cursor that was never given
 */
async function positionAfter(tx: Transaction, tenantId: TenantId, cursor: string): Promise<string> {
  const [position, at, ...rest] = cursor.split("~");
  if (position === undefined || at === undefined || rest.length > 0) {
    throw new ProvisioningError("invalid_request", "cursor: Expected the cursor of the page before.");
  }
  if (!(await isTrimmed(tx, tenantId, { position, at }))) return position;
  throw new ProvisioningError("cursor_expired", "Events that followed this cursor are no longer kept.", {
    hint: "Read the present state, with accounts and groups, and go on from the oldest event, without a cursor.",
  });
}

interface Place {
  readonly position: string;
  readonly at: Instant;
}

/** Whether something that followed a place is gone. Of what was made in one millisecond, only a part may be. */
async function isTrimmed({ changes }: Transaction, tenantId: TenantId, { position, at }: Place): Promise<boolean> {
  const [gone = "", upTo] = (await changes.cursor(tenantId, TRIMMED))?.split(" ") ?? [];
  if (at !== gone) return at < gone;
  if (position === upTo) return false;
  const kept = await changes.read(tenantId, { after: upTo, limit: SCANNED_ROWS });
  return !kept.some((row) => row.position === position);
}

/** Rows of other consumers are no events. */
function isAsked(types: readonly EventName[] | undefined, type: string): boolean {
  return (types ?? EVENT_NAMES).some((name) => name === type);
}
