import type { OneTimeRepository } from "@muster/provisioning-engine/ports";
import { json, parsed, type Sql } from "./sql.ts";

/** Takes the place of an expired row; gives no row when one is still good. */
const PUT = `
  insert into one_time (connection_id, purpose, key, value, expires_at)
  values (:connection_id, :purpose, :key, :value, :expires_at)
  on conflict (connection_id, purpose, key) do update set value = excluded.value, expires_at = excluded.expires_at
    where expires_at <= :now
  returning 1`;
const TAKE = `
  delete from one_time
  where connection_id = :connection_id and purpose = :purpose and key = :key and expires_at > :now
  returning value`;
const SWEEP = `
  delete from one_time where rowid in (select rowid from one_time where expires_at <= :now limit 1000)`;

export function createOneTime(sql: Sql): OneTimeRepository {
  return {
    put: async (connectionId, purpose, key, value, expiresAt, now) => {
      const id = { connection_id: connectionId, purpose, key };
      return sql.first(PUT, { ...id, value: json(value), expires_at: expiresAt, now }) !== undefined;
    },
    take: async (connectionId, purpose, key, now) => {
      const id = { connection_id: connectionId, purpose, key };
      const row = sql.first<{ readonly value: string }>(TAKE, { ...id, now });
      return row === undefined ? null : { value: parsed(row.value) };
    },
    sweep: async (now) => {
      sql.all(SWEEP, { now });
    },
  };
}
