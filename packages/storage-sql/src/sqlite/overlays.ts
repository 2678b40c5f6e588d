import type { OverlayRecord, OverlayRepository } from "@muster/provisioning-engine/ports";
import { flag, json, list, parsed, type Sql } from "./sql.ts";

type OverlayRow = {
  readonly tenant_id: string;
  readonly account_id: string;
  readonly role: string | null;
  readonly content_role: string | null;
  readonly content_access: string;
  readonly suspended: number;
  readonly updated_at: string;
};

const GET = "select * from overlays where tenant_id = :tenant_id and account_id = :account_id";
const GET_MANY = `
  select overlays.* from json_each(:ids) as given
  join overlays on overlays.tenant_id = :tenant_id and overlays.account_id = given.value
  order by given.key`;
const PUT = `
  insert into overlays (tenant_id, account_id, role, content_role, content_access, suspended, updated_at)
  values (:tenant_id, :account_id, :role, :content_role, :content_access, :suspended, :updated_at)
  on conflict (tenant_id, account_id) do update set role = excluded.role, content_role = excluded.content_role,
    content_access = excluded.content_access, suspended = excluded.suspended, updated_at = excluded.updated_at`;
const WITH_ROLE = "select * from overlays where tenant_id = :tenant_id and role = :role order by account_id";
const DELETE = "delete from overlays where tenant_id = :tenant_id and account_id = :account_id";

export function createOverlays(sql: Sql): OverlayRepository {
  return {
    get: async (tenantId, accountId) => {
      const row = sql.first<OverlayRow>(GET, { tenant_id: tenantId, account_id: accountId });
      return row === undefined ? null : toOverlay(row);
    },
    getMany: async (tenantId, accountIds) =>
      sql.all<OverlayRow>(GET_MANY, { tenant_id: tenantId, ids: list(accountIds) }).map(toOverlay),
    put: async (overlay) => {
      sql.all(PUT, toRow(overlay));
    },
    withRole: async (tenantId, role) => sql.all<OverlayRow>(WITH_ROLE, { tenant_id: tenantId, role }).map(toOverlay),
    delete: async (tenantId, accountId) => {
      sql.all(DELETE, { tenant_id: tenantId, account_id: accountId });
    },
  };
}

function toRow(overlay: OverlayRecord): OverlayRow {
  return {
    tenant_id: overlay.tenantId,
    account_id: overlay.accountId,
    role: overlay.role,
    content_role: overlay.contentRole,
    content_access: json(overlay.contentAccess),
    suspended: flag(overlay.suspended),
    updated_at: overlay.updatedAt,
  };
}

function toOverlay(row: OverlayRow): OverlayRecord {
  return {
    tenantId: row.tenant_id,
    accountId: row.account_id,
    role: row.role,
    contentRole: row.content_role,
    contentAccess: parsed(row.content_access),
    suspended: row.suspended === 1,
    updatedAt: row.updated_at,
  };
}
