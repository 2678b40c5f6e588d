import type { AuditRecord, LogRepository } from "@muster/provisioning-engine/ports";
import { createLog } from "./logs.ts";
import type { Sql } from "./sql.ts";
import { defineTable } from "./table.ts";

const AUDIT = defineTable<AuditRecord>("audit", {
  tenantId: "plain",
  id: "plain",
  at: "plain",
  actor: "json",
  action: "plain",
  subject: "json",
  before: "json",
  after: "json",
  requestId: "plain",
});

export function createAudit(sql: Sql): LogRepository<AuditRecord> {
  return createLog(sql, AUDIT);
}
