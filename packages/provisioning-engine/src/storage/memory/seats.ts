/**
 * Seats held and waited for: the rows are the count.
 *
 * @module
 */
import type { AccountKind, SeatRecord, SeatRepository } from "../../ports/index.ts";
import type { Journal } from "./journal.ts";
import { ALL, everyRow } from "./keys.ts";
import { createTable } from "./table.ts";

type SeatIndex = "all" | SeatRecord["state"];

export function createSeats(journal: Journal): SeatRepository {
  const seats = createTable<SeatRecord, SeatIndex>(journal, {
    owner: ({ tenantId }) => tenantId,
    id: ({ accountId }) => accountId,
    indexes: {
      all: { values: everyRow },
      held: { values: ({ kind, state }) => (state === "held" ? [kind] : []) },
      waiting: {
        values: ({ kind, state }) => (state === "waiting" ? [kind] : []),
        order: ({ since, accountId }) => `${since} ${accountId}`,
      },
    },
  });
  const hasFreeSeat = (tenantId: string, kind: AccountKind, limit: number | null) =>
    limit === null || seats.rows(tenantId, "held", kind).size() < limit;
  const countKind = (tenantId: string, kind: AccountKind) => ({
    held: seats.rows(tenantId, "held", kind).size(),
    waiting: seats.rows(tenantId, "waiting", kind).size(),
  });
  return {
    take: async ({ tenantId, accountId, kind, at }, limit, whenFull) => {
      const stored = seats.get(tenantId, accountId);
      const own = stored?.kind === kind ? stored : undefined;
      if (own?.state === "held") return "held";
      const state = hasFreeSeat(tenantId, kind, limit) ? "held" : "waiting";
      if (state === "waiting" && whenFull === "refuse") return "refused";
      // Who waits already keeps the place in the queue.
      seats.put({ tenantId, accountId, kind, state, since: own?.since ?? at });
      return state;
    },
    release: async (tenantId, accountId) => seats.delete(tenantId, accountId) ?? null,
    get: async (tenantId, accountId) => seats.get(tenantId, accountId) ?? null,
    getMany: async (tenantId, accountIds) => accountIds.flatMap((id) => seats.get(tenantId, id) ?? []),
    admitNext: async (tenantId, kind, limit) => {
      const next = seats.rows(tenantId, "waiting", kind).first();
      if (next === undefined || !hasFreeSeat(tenantId, kind, limit)) return null;
      seats.put({ ...next, state: "held" });
      return seats.get(tenantId, next.accountId) ?? null;
    },
    count: async (tenantId) => ({ user: countKind(tenantId, "user"), reader: countKind(tenantId, "reader") }),
    clear: async (tenantId) => {
      for (const { accountId } of seats.rows(tenantId, "all", ALL).from()) seats.delete(tenantId, accountId);
    },
  };
}
