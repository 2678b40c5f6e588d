import type { LogRepository, SyncEventRecord } from "@muster/provisioning-engine/ports";
import { createLog } from "./logs.ts";
import type { Sql } from "./sql.ts";
import { defineTable } from "./table.ts";

const SYNC_EVENTS = defineTable<SyncEventRecord>("sync_events", {
  tenantId: "plain",
  id: "plain",
  at: "plain",
  operation: "plain",
  subject: "json",
  outcome: "plain",
  cause: "plain",
  message: "plain",
  requestId: "plain",
});

export function createSyncEvents(sql: Sql): LogRepository<SyncEventRecord> {
  return createLog(sql, SYNC_EVENTS);
}
