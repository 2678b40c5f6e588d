/**
 * What an explanation tries, done in its trial by the very operations that would do it in earnest. Settings and rules
 * are those of the root, whose they are also at a child; limits are the tenant's own.
 *
 * @module
 */
import { type EffectiveConnection, effectiveConnection } from "../connection/effective-connection.ts";
import { isScimOpen } from "../connection/new-settings.ts";
import type { TenantId, Transaction } from "../ports/index.ts";
import type { UnitOfWork } from "../unit-of-work.ts";
import type { TriedChanges } from "./admin.ts";
import { storedConnection, updateConnection } from "./connections.ts";
import { replaceRules } from "./role-rules.ts";
import { updateTenant } from "./tenants.ts";
import { ensureWritten } from "./written.ts";

/** As if people were pushed, unless the question is what became of them if they were not. */
export async function openInTrial(
  { tx }: UnitOfWork,
  tenantId: TenantId,
  { settings: tried = {} }: TriedChanges,
): Promise<void> {
  const root = await rootConnection(tx, tenantId);
  if (isScimOpen(root.settings) || tried.scimEnabled !== undefined || tried.state !== undefined) return;
  const record = await storedConnection(tx, root.id);
  const settings = { ...root.settings, state: "active", scimEnabled: true, archive: null } as const;
  ensureWritten(await tx.connections.update({ ...record, settings, version: record.version + 1 }));
}

/** @throws {ProvisioningError} as the writes of settings, rules and limits do */
export async function tryChanges(
  unit: UnitOfWork,
  tenantId: TenantId,
  { settings, seatLimits, rules, strategy, roleAttribute, contentRoleAttribute }: TriedChanges,
): Promise<void> {
  if (settings !== undefined) await updateConnection(unit, await rootConnection(unit.tx, tenantId), settings);
  if (rules !== undefined) {
    const wanted = { rules, strategy, roleAttribute, contentRoleAttribute };
    await replaceRules(unit, await rootConnection(unit.tx, tenantId), wanted);
  }
  if (seatLimits !== undefined) await updateTenant(unit, await effectiveConnection(unit.tx, tenantId), { seatLimits });
}

async function rootConnection(tx: Transaction, tenantId: TenantId): Promise<EffectiveConnection> {
  const connection = await effectiveConnection(tx, tenantId);
  return connection.inherited ? effectiveConnection(tx, connection.root.tenant.id) : connection;
}
