import type { TenantRecord, TenantRepository } from "@muster/provisioning-engine/ports";
import { atMost, type Sql } from "./sql.ts";
import { defineTable } from "./table.ts";

const TENANTS = defineTable<TenantRecord>(
  "tenants",
  {
    id: "plain",
    name: "plain",
    parentId: "plain",
    connectionId: "plain",
    seatLimits: "json",
    createdAt: "plain",
    version: "plain",
  },
  { fixed: ["id"] },
);

const INSERT = `${TENANTS.insert} on conflict (id) do nothing returning 1`;
const GET = "select * from tenants where id = :id";
const UPDATE = `${TENANTS.update} where id = :id and version = :version - 1 returning 1`;
const CHILDREN = "select * from tenants where parent_id = :parent_id order by id";
const LIST = "select * from tenants where id > :after order by id limit :limit";

export function createTenants(sql: Sql): TenantRepository {
  return {
    insert: async (tenant) => sql.insert(INSERT, TENANTS.toRow(tenant)),
    get: async (id) => TENANTS.first(sql, GET, { id }),
    update: async (tenant) => sql.update(UPDATE, TENANTS.toRow(tenant)),
    children: async (parentId) => TENANTS.all(sql, CHILDREN, { parent_id: parentId }),
    list: async ({ after = "", limit }) => TENANTS.all(sql, LIST, { after, limit: atMost(limit) }),
  };
}
