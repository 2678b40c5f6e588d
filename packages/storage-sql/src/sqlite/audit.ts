import type { AuditRecord, LogRepository } from "@muster/provisioning-engine/ports";
import { createLog, type LogTable } from "./logs.ts";
import { json, parsed, type Sql } from "./sql.ts";

type AuditRow = {
  readonly tenant_id: string;
  readonly id: string;
  readonly at: string;
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  readonly before: string;
  readonly after: string;
  readonly request_id: string | null;
};

const AUDIT: LogTable<AuditRecord, AuditRow> = {
  name: "audit",
  insert: `
    insert into audit (tenant_id, id, at, actor, action, subject, before, after, request_id)
    values (:tenant_id, :id, :at, :actor, :action, :subject, :before, :after, :request_id)`,
  toRow: (entry) => ({
    tenant_id: entry.tenantId,
    id: entry.id,
    at: entry.at,
    actor: json(entry.actor),
    action: entry.action,
    subject: json(entry.subject),
    before: json(entry.before),
    after: json(entry.after),
    request_id: entry.requestId,
  }),
  toEntry: (row) => ({
    tenantId: row.tenant_id,
    id: row.id,
    at: row.at,
    actor: parsed(row.actor),
    action: row.action,
    subject: parsed(row.subject),
    before: parsed(row.before),
    after: parsed(row.after),
    requestId: row.request_id,
  }),
};

export function createAudit(sql: Sql): LogRepository<AuditRecord> {
  return createLog(sql, AUDIT);
}
