/**
 * What is local to a tenant about an account.
 *
 * @module
 */
import type { OverlayRecord, OverlayRepository } from "../../ports/index.ts";
import type { Journal } from "./journal.ts";
import { present } from "./keys.ts";
import { createTable } from "./table.ts";

export function createOverlays(journal: Journal): OverlayRepository {
  const overlays = createTable<OverlayRecord, "role">(journal, {
    owner: ({ tenantId }) => tenantId,
    id: ({ accountId }) => accountId,
    indexes: { role: { values: ({ role }) => present(role) } },
  });
  return {
    get: async (tenantId, accountId) => overlays.get(tenantId, accountId) ?? null,
    getMany: async (tenantId, accountIds) => accountIds.flatMap((id) => overlays.get(tenantId, id) ?? []),
    put: async (overlay) => overlays.put(overlay),
    withRole: async (tenantId, role) => [...overlays.rows(tenantId, "role", role).from()],
    delete: async (tenantId, accountId) => {
      overlays.delete(tenantId, accountId);
    },
  };
}
