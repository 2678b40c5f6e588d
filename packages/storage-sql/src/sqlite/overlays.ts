import type { OverlayRecord, OverlayRepository } from "@muster/provisioning-engine/ports";
import { list, type Sql } from "./sql.ts";
import { defineTable } from "./table.ts";

const OVERLAYS = defineTable<OverlayRecord>("overlays", {
  tenantId: "plain",
  accountId: "plain",
  role: "plain",
  contentRole: "plain",
  contentAccess: "json",
  suspended: "flag",
  updatedAt: "plain",
});

const GET = "select * from overlays where tenant_id = :tenant_id and account_id = :account_id";
const GET_MANY = `
  select overlays.* from json_each(:ids) as given
  join overlays on overlays.tenant_id = :tenant_id and overlays.account_id = given.value
  order by given.key`;
const PUT = `
  ${OVERLAYS.insert}
  on conflict (tenant_id, account_id) do update set role = excluded.role, content_role = excluded.content_role,
    content_access = excluded.content_access, suspended = excluded.suspended, updated_at = excluded.updated_at`;
const WITH_ROLE = "select * from overlays where tenant_id = :tenant_id and role = :role order by account_id";
const DELETE = "delete from overlays where tenant_id = :tenant_id and account_id = :account_id";

export function createOverlays(sql: Sql): OverlayRepository {
  return {
    get: async (tenantId, accountId) => OVERLAYS.first(sql, GET, { tenant_id: tenantId, account_id: accountId }),
    getMany: async (tenantId, accountIds) =>
      OVERLAYS.all(sql, GET_MANY, { tenant_id: tenantId, ids: list(accountIds) }),
    put: async (overlay) => {
      sql.all(PUT, OVERLAYS.toRow(overlay));
    },
    withRole: async (tenantId, role) => OVERLAYS.all(sql, WITH_ROLE, { tenant_id: tenantId, role }),
    delete: async (tenantId, accountId) => {
      sql.all(DELETE, { tenant_id: tenantId, account_id: accountId });
    },
  };
}
