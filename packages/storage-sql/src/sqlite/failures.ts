import type { FailureRepository, SyncFailureRecord } from "@muster/provisioning-engine/ports";
import { atMost, json, list, parsed, type Sql } from "./sql.ts";

type FailureRow = {
  readonly tenant_id: string;
  readonly id: string;
  readonly subject_type: SyncFailureRecord["subject"]["type"];
  readonly subject_key: string;
  readonly subject_label: string;
  readonly subject_id: string | null;
  readonly operation: SyncFailureRecord["operation"];
  readonly cause: SyncFailureRecord["cause"];
  readonly message: string;
  readonly first_seen: string;
  readonly last_seen: string;
  readonly attempts: number;
  readonly resolved_at: string | null;
  readonly retry: string;
};

/** The open entry keeps its id and beginning, and says what the newest attempt says. */
const RECORD = `
  insert into failures (tenant_id, id, subject_type, subject_key, subject_label, subject_id, operation, cause, message,
    first_seen, last_seen, attempts, resolved_at, retry)
  values (:tenant_id, :id, :subject_type, :subject_key, :subject_label, :subject_id, :operation, :cause, :message,
    :first_seen, :last_seen, :attempts, :resolved_at, :retry)
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
      sql.all(RECORD, toRow(failure));
    },
    get: async (tenantId, id) => {
      const row = sql.first<FailureRow>(GET, { tenant_id: tenantId, id });
      return row === undefined ? null : toFailure(row);
    },
    resolve: async (tenantId, { type, key }, at, causes = []) => {
      const subject = { tenant_id: tenantId, subject_type: type, subject_key: key };
      return sql.all(RESOLVE, { ...subject, at, causes: list(causes) }).length;
    },
    list: async (tenantId, { open, limit }) =>
      sql.all<FailureRow>(listing(open), { tenant_id: tenantId, limit: atMost(limit) }).map(toFailure),
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

function toRow(failure: SyncFailureRecord): FailureRow {
  return {
    tenant_id: failure.tenantId,
    id: failure.id,
    subject_type: failure.subject.type,
    subject_key: failure.subject.key,
    subject_label: failure.subject.label,
    subject_id: failure.subject.id,
    operation: failure.operation,
    cause: failure.cause,
    message: failure.message,
    first_seen: failure.firstSeen,
    last_seen: failure.lastSeen,
    attempts: failure.attempts,
    resolved_at: failure.resolvedAt,
    retry: json(failure.retry),
  };
}

function toFailure(row: FailureRow): SyncFailureRecord {
  return {
    tenantId: row.tenant_id,
    id: row.id,
    subject: { type: row.subject_type, key: row.subject_key, label: row.subject_label, id: row.subject_id },
    operation: row.operation,
    cause: row.cause,
    message: row.message,
    firstSeen: row.first_seen,
    lastSeen: row.last_seen,
    attempts: row.attempts,
    resolvedAt: row.resolved_at,
    retry: parsed(row.retry),
  };
}
