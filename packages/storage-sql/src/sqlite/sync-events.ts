import type { LogRepository, SyncEventRecord } from "@muster/provisioning-engine/ports";
import { createLog, type LogTable } from "./logs.ts";
import { json, parsed, type Sql } from "./sql.ts";

type SyncEventRow = {
  readonly tenant_id: string;
  readonly id: string;
  readonly at: string;
  readonly operation: SyncEventRecord["operation"];
  readonly subject: string;
  readonly outcome: SyncEventRecord["outcome"];
  readonly cause: SyncEventRecord["cause"];
  readonly message: string | null;
  readonly request_id: string;
};

const SYNC_EVENTS: LogTable<SyncEventRecord, SyncEventRow> = {
  name: "sync_events",
  insert: `
    insert into sync_events (tenant_id, id, at, operation, subject, outcome, cause, message, request_id)
    values (:tenant_id, :id, :at, :operation, :subject, :outcome, :cause, :message, :request_id)`,
  toRow: (event) => ({
    tenant_id: event.tenantId,
    id: event.id,
    at: event.at,
    operation: event.operation,
    subject: json(event.subject),
    outcome: event.outcome,
    cause: event.cause,
    message: event.message,
    request_id: event.requestId,
  }),
  toEntry: (row) => ({
    tenantId: row.tenant_id,
    id: row.id,
    at: row.at,
    operation: row.operation,
    subject: parsed(row.subject),
    outcome: row.outcome,
    cause: row.cause,
    message: row.message,
    requestId: row.request_id,
  }),
};

export function createSyncEvents(sql: Sql): LogRepository<SyncEventRecord> {
  return createLog(sql, SYNC_EVENTS);
}
