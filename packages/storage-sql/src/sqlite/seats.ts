/**
 * Seats, held and waited for. Whether one is free is decided by the statement that takes it; the counters that it asks
 * are kept by triggers (`migrations/0001-initial.ts`).
 *
 * @module
 */
import type { AccountKind, SeatRecord, SeatRepository } from "@muster/provisioning-engine/ports";
import { flag, list, type Sql } from "./sql.ts";
import { defineTable } from "./table.ts";

const SEATS = defineTable<SeatRecord>("seats", {
  tenantId: "plain",
  accountId: "plain",
  kind: "plain",
  state: "plain",
  since: "plain",
});

type CountRow = { readonly kind: AccountKind; readonly held: number; readonly waiting: number };

const IS_FREE = `(:max is null or :max >
  coalesce((select held from seat_counts where tenant_id = :tenant_id and kind = :kind), 0))`;

/** Gives no row when the same seat is held already, or when the house is full and nobody may wait. */
const TAKE = `
  insert into seats (tenant_id, account_id, kind, state, since)
  select :tenant_id, :account_id, :kind, iif(${IS_FREE}, 'held', 'waiting'), :since
  where :may_wait or ${IS_FREE}
  on conflict (tenant_id, account_id) do update set kind = excluded.kind, state = excluded.state,
    since = iif(kind = excluded.kind, since, excluded.since) -- whoever waits already keeps the place in the queue
    where kind <> excluded.kind or state <> 'held'
  returning state`;
const RELEASE = "delete from seats where tenant_id = :tenant_id and account_id = :account_id returning *";
const GET = "select * from seats where tenant_id = :tenant_id and account_id = :account_id";
const GET_MANY = `
  select seats.* from json_each(:ids) as given
  join seats on seats.tenant_id = :tenant_id and seats.account_id = given.value
  order by given.key`;
const ADMIT_NEXT = `
  update seats set state = 'held'
  where ${IS_FREE} and tenant_id = :tenant_id and account_id = (
    select account_id from seats where tenant_id = :tenant_id and kind = :kind and state = 'waiting'
    order by since, account_id limit 1)
  returning *`;
const COUNT = "select kind, held, waiting from seat_counts where tenant_id = :tenant_id";
const CLEAR = "delete from seats where tenant_id = :tenant_id";

export function createSeats(sql: Sql): SeatRepository {
  const get = (tenantId: string, accountId: string) =>
    SEATS.first(sql, GET, { tenant_id: tenantId, account_id: accountId });
  return {
    take: async ({ tenantId, accountId, kind, at }, limit, whenFull) => {
      const seat = { tenant_id: tenantId, account_id: accountId, kind, since: at };
      const moved = sql.first<Pick<SeatRecord, "state">>(TAKE, {
        ...seat,
        max: limit,
        may_wait: flag(whenFull === "wait"),
      });
      if (moved !== undefined) return moved.state;
      const stored = get(tenantId, accountId);
      return stored?.kind === kind && stored.state === "held" ? "held" : "refused";
    },
    release: async (tenantId, accountId) => SEATS.first(sql, RELEASE, { tenant_id: tenantId, account_id: accountId }),
    get: async (tenantId, accountId) => get(tenantId, accountId),
    getMany: async (tenantId, accountIds) => SEATS.all(sql, GET_MANY, { tenant_id: tenantId, ids: list(accountIds) }),
    admitNext: async (tenantId, kind, limit) => SEATS.first(sql, ADMIT_NEXT, { tenant_id: tenantId, kind, max: limit }),
    count: async (tenantId) => {
      const rows = sql.all<CountRow>(COUNT, { tenant_id: tenantId });
      return { user: countOf(rows, "user"), reader: countOf(rows, "reader") };
    },
    clear: async (tenantId) => {
      sql.all(CLEAR, { tenant_id: tenantId });
    },
  };
}

function countOf(rows: readonly CountRow[], kind: AccountKind): { readonly held: number; readonly waiting: number } {
  const { held, waiting } = rows.find((row) => row.kind === kind) ?? { held: 0, waiting: 0 };
  return { held, waiting };
}
