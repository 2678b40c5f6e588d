import type { SignInRecord, SignInRepository } from "@muster/provisioning-engine/ports";
import { createLog } from "./logs.ts";
import { atMost, flag, type Sql } from "./sql.ts";
import { defineTable } from "./table.ts";

const SIGN_INS = defineTable<SignInRecord>("sign_ins", {
  tenantId: "plain",
  id: "plain",
  at: "plain",
  outcome: "plain",
  code: "plain",
  stage: "plain",
  message: "plain",
  hint: "plain",
  facts: "json",
  authenticated: "flag",
  subject: "json",
  requestId: "plain",
});

const KEEP = `
  delete from sign_ins
  where tenant_id = :tenant_id and authenticated = :authenticated and position <= (
    select position from sign_ins where tenant_id = :tenant_id and authenticated = :authenticated
    order by position desc limit 1 offset :newest
  )`;

export function createSignIns(sql: Sql): SignInRepository {
  return {
    ...createLog(sql, SIGN_INS),
    keep: async (tenantId, authenticated, newest) => {
      sql.all(KEEP, { tenant_id: tenantId, authenticated: flag(authenticated), newest: atMost(newest) });
    },
  };
}
