import type { TenantRecord, TenantRepository } from "@muster/provisioning-engine/ports";
import { atMost, json, parsed, type Sql } from "./sql.ts";

type TenantRow = {
  readonly id: string;
  readonly name: string;
  readonly parent_id: string | null;
  readonly connection_id: string;
  readonly seat_limits: string;
  readonly created_at: string;
  readonly version: number;
};

const INSERT = `
  insert into tenants (id, name, parent_id, connection_id, seat_limits, created_at, version)
  values (:id, :name, :parent_id, :connection_id, :seat_limits, :created_at, :version)
  on conflict (id) do nothing
  returning 1`;
const GET = "select * from tenants where id = :id";
const UPDATE = `
  update tenants set name = :name, parent_id = :parent_id, connection_id = :connection_id, seat_limits = :seat_limits,
    created_at = :created_at, version = :version
  where id = :id and version = :version - 1
  returning 1`;
const CHILDREN = "select * from tenants where parent_id = :parent_id order by id";
const LIST = "select * from tenants where id > :after order by id limit :limit";

export function createTenants(sql: Sql): TenantRepository {
  return {
    insert: async (tenant) => sql.insert(INSERT, toRow(tenant)),
    get: async (id) => {
      const row = sql.first<TenantRow>(GET, { id });
      return row === undefined ? null : toTenant(row);
    },
    update: async (tenant) => sql.update(UPDATE, toRow(tenant)),
    children: async (parentId) => sql.all<TenantRow>(CHILDREN, { parent_id: parentId }).map(toTenant),
    list: async ({ after = "", limit }) => sql.all<TenantRow>(LIST, { after, limit: atMost(limit) }).map(toTenant),
  };
}

function toRow(tenant: TenantRecord): TenantRow {
  return {
    id: tenant.id,
    name: tenant.name,
    parent_id: tenant.parentId,
    connection_id: tenant.connectionId,
    seat_limits: json(tenant.seatLimits),
    created_at: tenant.createdAt,
    version: tenant.version,
  };
}

function toTenant(row: TenantRow): TenantRecord {
  return {
    id: row.id,
    name: row.name,
    parentId: row.parent_id,
    connectionId: row.connection_id,
    seatLimits: parsed(row.seat_limits),
    createdAt: row.created_at,
    version: row.version,
  };
}
