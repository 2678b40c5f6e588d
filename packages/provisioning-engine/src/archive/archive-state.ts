/**
 * What is kept of an archived connection: the state among its settings, and how far its job has come.
 *
 * @module
 */
import { ensureWritten } from "../admin/written.ts";
import type { EffectiveConnection } from "../connection/effective-connection.ts";
import { completeSettings } from "../connection/new-settings.ts";
import { ProvisioningError } from "../errors.ts";
import type { ConnectionArchive, Instant, TenantId, Transaction } from "../ports/index.ts";
import type { UnitOfWork } from "../unit-of-work.ts";

/** The cursor of the job: people in order of id, then the rest. */
export const ARCHIVE = "archive";
export const PEOPLE = "people:";
export const REST = "rest";

/** In the transaction that archives or restores. */
export async function beginArchiveJob({ changes }: Transaction, tenantId: TenantId): Promise<void> {
  await changes.advance(tenantId, ARCHIVE, PEOPLE);
}

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Until when an archived connection can be restored; null for as long as it exists.
 *
 * @param days what the host says; undefined when it does not
 */
export function restorableUntil({ at }: ConnectionArchive, days: number | undefined): Instant | null {
  return days === undefined ? null : new Date(Date.parse(at) + days * DAY_MS).toISOString();
}

/** Writes the state, and who brought it about. SCIM is off from the first of them on. */
export async function writeArchive(
  unit: UnitOfWork,
  { id, tenant }: EffectiveConnection,
  archive: ConnectionArchive | null,
  action: "connection.archived" | "connection.archive_settled" | "connection.restored",
): Promise<void> {
  const record = await unit.tx.connections.get(id);
  if (record === null || record.settings === null) {
    throw new ProvisioningError("internal", `Connection ${id} is missing.`);
  }
  const before = completeSettings(record.settings);
  const settings = { ...before, scimEnabled: false, archive };
  ensureWritten(await unit.tx.connections.update({ ...record, settings, version: record.version + 1 }));
  const sides = { before: { archive: before.archive }, after: { archive } };
  await unit.audit({ tenantId: tenant.id, action, subject: { type: "connection", id }, ...sides });
}
