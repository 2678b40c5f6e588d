/**
 * What the append-only tables have in common: rows are read by position, newest first.
 *
 * @module
 */
import type { LogRepository } from "@muster/provisioning-engine/ports";
import type { Row } from "./columns.ts";
import { atMost, positionOf, type Sql } from "./sql.ts";
import type { Table } from "./table.ts";

export function createLog<Entry>(sql: Sql, table: Table<Entry>): LogRepository<Entry> {
  const newest = `
    select * from ${table.name} where tenant_id = :tenant_id order by position desc limit :limit`;
  const olderThan = `
    select * from ${table.name} where tenant_id = :tenant_id and position < :after order by position desc limit :limit`;
  const trim = `
    delete from ${table.name} where position in (
      select position from (
        select position, at from ${table.name} where tenant_id = :tenant_id order by position limit :limit)
      where at < :before)
    returning 1`;
  const read = (tenantId: string, after: string | undefined, limit: number) =>
    after === undefined
      ? sql.all<PositionedRow>(newest, { tenant_id: tenantId, limit: atMost(limit) })
      : sql.all<PositionedRow>(olderThan, { tenant_id: tenantId, after: positionOf(after), limit: atMost(limit) });
  return {
    append: async (entry) => {
      sql.all(table.insert, table.toRow(entry));
    },
    page: async (tenantId, { after, limit }) =>
      read(tenantId, after, limit).map((row) => ({ position: String(row.position), entry: table.toEntry(row) })),
    trim: async (tenantId, before, limit) =>
      sql.all(trim, { tenant_id: tenantId, before, limit: atMost(limit) }).length,
  };
}

interface PositionedRow extends Row {
  readonly position: number;
}
