import type { SignInRecord, SignInRepository } from "@muster/provisioning-engine/ports";
import { createLog, type LogTable } from "./logs.ts";
import { atMost, flag, json, parsed, type Sql } from "./sql.ts";

type SignInRow = {
  readonly tenant_id: string;
  readonly id: string;
  readonly at: string;
  readonly outcome: SignInRecord["outcome"];
  readonly code: string | null;
  readonly stage: string | null;
  readonly message: string | null;
  readonly hint: string | null;
  readonly facts: string;
  readonly authenticated: number;
  readonly subject: string;
  readonly request_id: string;
};

const SIGN_INS: LogTable<SignInRecord, SignInRow> = {
  name: "sign_ins",
  insert: `
    insert into sign_ins
      (tenant_id, id, at, outcome, code, stage, message, hint, facts, authenticated, subject, request_id)
    values
      (:tenant_id, :id, :at, :outcome, :code, :stage, :message, :hint, :facts, :authenticated, :subject, :request_id)`,
  toRow: ({ tenantId, requestId, facts, authenticated, subject, ...entry }) => ({
    ...entry,
    tenant_id: tenantId,
    request_id: requestId,
    facts: json(facts),
    authenticated: flag(authenticated),
    subject: json(subject),
  }),
  toEntry: (row) => ({
    tenantId: row.tenant_id,
    id: row.id,
    at: row.at,
    outcome: row.outcome,
    code: row.code,
    stage: row.stage,
    message: row.message,
    hint: row.hint,
    facts: parsed(row.facts),
    authenticated: row.authenticated === 1,
    subject: parsed(row.subject),
    requestId: row.request_id,
  }),
};

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
