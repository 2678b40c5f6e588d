/**
 * The change feed and its cursors. Positions are in the order of commits, since one transaction writes at a time: a
 * reader that saw one position has seen all before it.
 *
 * @module
 */
import type { ChangeRecord, ChangeRepository } from "@muster/provisioning-engine/ports";
import type { Row } from "./columns.ts";
import { atMost, list, positionOf, type Sql } from "./sql.ts";
import { defineTable } from "./table.ts";

const CHANGES = defineTable<ChangeRecord>("changes", {
  tenantId: "plain",
  id: "plain",
  at: "plain",
  type: "plain",
  actor: "json",
  accountId: "plain",
  groupId: "plain",
  data: "json",
});

type PositionedRow = Row & { readonly position: number };

type Gone = Pick<PositionedRow, "position"> & Pick<ChangeRecord, "at">;

const READ = `
  select * from changes where tenant_id = :tenant_id and position > :after order by position limit :limit`;
const LAST = "select position from changes where tenant_id = :tenant_id order by position desc limit 1";

const CURSOR = "select position from cursors where tenant_id = :tenant_id and consumer = :consumer";
const ADVANCE = `
  insert into cursors (tenant_id, consumer, position) values (:tenant_id, :consumer, :position)
  on conflict (tenant_id, consumer) do update set position = excluded.position`;
const FORGET = "delete from cursors where tenant_id = :tenant_id and consumer = :consumer";

/** Of the oldest, those that may go. */
const TRIM = `
  delete from changes where position in (
    select position from (
      select position, at from changes where tenant_id = :tenant_id order by position limit :limit)
    where at < :unread_before or (at < :before and position <= coalesce((
      select min(coalesce(cast(cursors.position as integer), 0))
      from json_each(:consumers) as given
      left join cursors on cursors.tenant_id = :tenant_id and cursors.consumer = given.value), :limitless)))
  returning position, at`;

/** Of the consumers given, in their order, those who had not come to a position. */
const UNREAD_BY = `
  select given.value as consumer from json_each(:consumers) as given
  left join cursors on cursors.tenant_id = :tenant_id and cursors.consumer = given.value
  where coalesce(cast(cursors.position as integer), 0) < :position
  order by given.key`;

export function createChanges(sql: Sql): ChangeRepository {
  return {
    append: async (change) => {
      sql.all(CHANGES.insert, CHANGES.toRow(change));
    },
    read: async (tenantId, { after = "0", limit }) =>
      sql
        .all<PositionedRow>(READ, { tenant_id: tenantId, after: positionOf(after), limit: atMost(limit) })
        .map((row) => ({ position: String(row.position), change: CHANGES.toEntry(row) })),
    last: async (tenantId) => {
      const newest = sql.first<Pick<PositionedRow, "position">>(LAST, { tenant_id: tenantId });
      return newest === undefined ? null : String(newest.position);
    },
    cursor: async (tenantId, consumer) =>
      sql.first<{ readonly position: string }>(CURSOR, { tenant_id: tenantId, consumer })?.position ?? null,
    advance: async (tenantId, consumer, position) => {
      sql.all(ADVANCE, { tenant_id: tenantId, consumer, position });
    },
    trim: async (tenantId, { before, unreadBefore, consumers, limit }) => {
      const cut = {
        before,
        unread_before: unreadBefore,
        consumers: list(consumers),
        limitless: Number.MAX_SAFE_INTEGER,
      };
      const gone = sql.all<Gone>(TRIM, { tenant_id: tenantId, limit: atMost(limit), ...cut });
      const last = gone.toSorted((a, b) => a.position - b.position).at(-1);
      if (last === undefined) return { removed: 0, upTo: null, unreadBy: [] };
      const { position } = last;
      const at =
        gone
          .map((change) => change.at)
          .toSorted()
          .at(-1) ?? last.at;
      const unread = sql.all<{ readonly consumer: string }>(UNREAD_BY, {
        tenant_id: tenantId,
        consumers: list(consumers),
        position,
      });
      const unreadBy = unread.map(({ consumer }) => consumer);
      return { removed: gone.length, upTo: { position: String(position), at }, unreadBy };
    },
    forget: async (tenantId, consumer) => {
      sql.all(FORGET, { tenant_id: tenantId, consumer });
    },
  };
}
