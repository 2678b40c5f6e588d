import type { FailureRepository, SyncFailureRecord } from "@muster/provisioning-engine/ports";
import { atMost, list, type Sql } from "./sql.ts";
import { defineTable } from "./table.ts";

const FAILURES = defineTable<SyncFailureRecord>("failures", {
  tenantId: "plain",
  id: "plain",
  subject: { type: "subject_type", key: "subject_key", label: "subject_label", id: "subject_id" },
  operation: "plain",
  cause: "plain",
  message: "plain",
  firstSeen: "plain",
  lastSeen: "plain",
  attempts: "plain",
  resolvedAt: "plain",
  retry: "json",
});

/** The open entry keeps its id and beginning, and says what the newest attempt says. */
const RECORD = `
  ${FAILURES.insert}
  on conflict (tenant_id, subject_type, subject_key, cause) where resolved_at is null do update set
    subject_label = excluded.subject_label, subject_id = excluded.subject_id, operation = excluded.operation,
    message = excluded.message, last_seen = excluded.last_seen, attempts = attempts + 1, retry = excluded.retry`;
const GET = "select * from failures where tenant_id = :tenant_id and id = :id";
const RESOLVE = `
  update failures set resolved_at = :at
  where tenant_id = :tenant_id and subject_type = :subject_type and subject_key = :subject_key and resolved_at is null
    and (:causes = '[]' or cause in (select value from json_each(:causes)))
  returning 1`;
const COUNT_OPEN = "select count(*) as count from failures where tenant_id = :tenant_id and resolved_at is null";
const TRIM = `
  delete from failures where tenant_id = :tenant_id and id in (
    select id from failures where tenant_id = :tenant_id and resolved_at < :before order by resolved_at, id limit :limit)
  returning 1`;

const LIST_ALL = `
  select * from failures where tenant_id = :tenant_id order by last_seen desc, id desc limit :limit`;
const LIST_OPEN = `
  select * from failures where tenant_id = :tenant_id and resolved_at is null
  order by last_seen desc, id desc limit :limit`;
const LIST_RESOLVED = `
  select * from failures where tenant_id = :tenant_id and resolved_at is not null
  order by last_seen desc, id desc limit :limit`;

export function createFailures(sql: Sql): FailureRepository {
  return {
    record: async (failure) => {
      sql.all(RECORD, FAILURES.toRow(failure));
    },
    get: async (tenantId, id) => FAILURES.first(sql, GET, { tenant_id: tenantId, id }),
    resolve: async (tenantId, { type, key }, at, causes = []) => {
      const subject = { tenant_id: tenantId, subject_type: type, subject_key: key };
      return sql.all(RESOLVE, { ...subject, at, causes: list(causes) }).length;
    },
    list: async (tenantId, { open, limit }) =>
      FAILURES.all(sql, listing(open), { tenant_id: tenantId, limit: atMost(limit) }),
    countOpen: async (tenantId) =>
      sql.first<{ readonly count: number }>(COUNT_OPEN, { tenant_id: tenantId })?.count ?? 0,
    trim: async (tenantId, before, limit) =>
      sql.all(TRIM, { tenant_id: tenantId, before, limit: atMost(limit) }).length,
  };
}

function listing(open: boolean | undefined): string {
  if (open === undefined) return LIST_ALL;
  return open ? LIST_OPEN : LIST_RESOLVED;
}
