/**
 * Tenants, and who is whose child.
 *
 * @module
 */
import type { TenantRecord, TenantRepository } from "../../ports/index.ts";
import type { Journal } from "./journal.ts";
import { ALL, everyRow, present } from "./keys.ts";
import { take } from "./ordered.ts";
import { createTable } from "./table.ts";

/** Tenants belong to the store itself. */
const STORE = "";

export function createTenants(journal: Journal): TenantRepository {
  const tenants = createTable<TenantRecord, "all" | "parent">(journal, {
    owner: () => STORE,
    id: ({ id }) => id,
    indexes: { all: { values: everyRow }, parent: { values: ({ parentId }) => present(parentId) } },
  });
  return {
    insert: async (tenant) => tenants.insert(tenant),
    get: async (id) => tenants.get(STORE, id) ?? null,
    update: async (tenant) => tenants.update(tenants.get(STORE, tenant.id), tenant),
    children: async (parentId) => [...tenants.rows(STORE, "parent", parentId).from()],
    list: async ({ after, limit }) => take(tenants.rows(STORE, "all", ALL).from(after), limit),
  };
}
