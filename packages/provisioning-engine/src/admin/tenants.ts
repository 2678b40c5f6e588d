/**
 * `admin.tenants`: tenants, their limits, and the link between a child and its parent.
 *
 * @module
 */
import { type EffectiveConnection, effectiveConnection } from "../connection/effective-connection.ts";
import { newConnectionSettings } from "../connection/new-settings.ts";
import { ProvisioningError } from "../errors.ts";
import { reseatTenant } from "../inheritance/admission.ts";
import { linkChild, unlinkChild } from "../inheritance/link.ts";
import type { ConnectionRecord, TenantId, TenantRecord, Transaction } from "../ports/index.ts";
import { runUseCase, tryUseCase, type UnitOfWork, type UseCase } from "../unit-of-work.ts";
import { checked } from "../validation/checked.ts";
import type { Admin, NewTenant, SeatLimits, TenantChange } from "./admin.ts";
import { auditSides, differences } from "./differences.ts";
import type { Simulated } from "./explain-views.ts";
import { changeOrSimulate, type Operator, readTenant } from "./operator.ts";
import { readSlice, type Slice, toPage } from "./page.ts";
import { NEW_TENANT, PAGE_OPTIONS, TENANT_CHANGE } from "./shapes.ts";
import { simulateChange } from "./simulation.ts";
import { readTenantView, type ViewReader } from "./tenant-view.ts";
import type { Page, TenantView } from "./views.ts";
import { ensureWritten } from "./written.ts";

export function tenantOperations(operator: Operator): Admin["tenants"] {
  const { context } = operator;
  const read = (id: TenantId) => readTenant(operator, id, (tx, { tenant }) => readTenantView({ tx, context }, tenant));
  return {
    get: read,
    create: async (input) => {
      const { simulate = false, ...wanted } = checked(NEW_TENANT, input);
      if (simulate) return tryTenantCreation(operator, wanted);
      await createTenant(operator, wanted);
      return read(wanted.id);
    },
    update: async (id, input) => {
      const { simulate, ...change } = checked(TENANT_CHANGE, input);
      return changeOrSimulate(operator, id, { simulate }, async (unit, connection) => {
        await updateTenant(unit, connection, change);
        const { tenant } = await effectiveConnection(unit.tx, id);
        return readTenantView(unit, tenant);
      });
    },
    list: async (options = {}) => {
      const slice = readSlice("tenants", checked(PAGE_OPTIONS, options));
      return context.store.transaction({ tenantId: null }, (tx) => readPage({ tx, context }, slice));
    },
  };
}

async function readPage(reader: ViewReader, { after, limit }: Slice): Promise<Page<TenantView>> {
  const tenants = await reader.tx.tenants.list({ after, limit: limit + 1 });
  const { items, ...next } = toPage(
    "tenants",
    tenants,
    limit,
    ({ id }) => id,
    (tenant) => tenant,
  );
  const views: TenantView[] = [];
  for (const tenant of items) views.push(await readTenantView(reader, tenant));
  return { items: views, ...next };
}

async function createTenant(operator: Operator, wanted: NewTenant): Promise<void> {
  const { context } = operator;
  await runUseCase(context, creationOf(operator, wanted), (unit) => insertTenant(unit, wanted));
  if (wanted.parent !== undefined) context.feed.wake(wanted.parent);
}

function tryTenantCreation(operator: Operator, wanted: NewTenant): Promise<Simulated<TenantView>> {
  const { context } = operator;
  return tryUseCase(context, creationOf(operator, wanted), (trial) =>
    simulateChange(trial, wanted.id, async () => {
      await insertTenant(trial.unit, wanted);
      const { tenant } = await effectiveConnection(trial.unit.tx, wanted.id);
      return readTenantView(trial.unit, tenant);
    }),
  );
}

function creationOf({ actor, requestId }: Operator, { id, parent = id }: NewTenant): UseCase {
  return { rootTenantId: parent, actor, requestId };
}

async function insertTenant(unit: UnitOfWork, wanted: NewTenant): Promise<void> {
  const { id, parent: parentId = null, draft = false } = wanted;
  if (draft && parentId !== null) throw noParent("draft: A tenant with a parent has its parent's connection.");
  const parent = parentId === null ? null : await parentTenant(unit.tx, id, parentId);
  const tenant = newTenant(unit, wanted);
  ensureWritten(await unit.tx.tenants.insert(tenant), `There is a tenant "${id}" already.`);
  await insertConnection(unit, tenant, parent, draft);
  if (parent !== null) await refuseArchived(unit.tx, parent);
  const { name, seatLimits } = tenant;
  const after = { name, parent: parentId, seatLimits };
  await unit.audit({ tenantId: id, action: "tenant.created", subject: { type: "tenant", id }, after });
  if (parent !== null) await linkChild(unit, parent, tenant);
}

/** A child inherits from a root: one level deep, never from itself (R112, I26). */
async function parentTenant(tx: Transaction, id: TenantId, parentId: TenantId): Promise<TenantRecord> {
  if (parentId === id) throw noParent(`parent: A tenant cannot inherit from itself.`);
  const parent = await tx.tenants.get(parentId);
  if (parent === null) throw new ProvisioningError("not_found", `There is no tenant "${parentId}".`);
  if (parent.parentId !== null) throw noParent(`parent: "${parentId}" inherits itself; inheritance is one level deep.`);
  return parent;
}

async function refuseArchived(tx: Transaction, { id }: TenantRecord): Promise<void> {
  const { settings } = await effectiveConnection(tx, id);
  if (settings.archive !== null) throw noParent(`parent: The connection of "${id}" is archived.`);
}

function noParent(message: string): ProvisioningError {
  return new ProvisioningError("invalid_request", message, { hint: "Choose a tenant without a parent." });
}

function newTenant({ context, now }: UnitOfWork, { id, name = id, parent, seatLimits }: NewTenant): TenantRecord {
  return {
    id,
    name,
    parentId: parent ?? null,
    connectionId: context.newId(),
    seatLimits: { user: seatLimits?.user ?? null, reader: seatLimits?.reader ?? null },
    createdAt: now,
    version: 1,
  };
}

async function insertConnection(
  { tx, now }: UnitOfWork,
  tenant: TenantRecord,
  parent: TenantRecord | null,
  draft: boolean,
): Promise<void> {
  const record: ConnectionRecord = {
    id: tenant.connectionId,
    tenantId: tenant.id,
    parentId: parent?.connectionId ?? null,
    presentation: { ssoName: null, loginButtonText: null },
    settings: parent === null ? { ...newConnectionSettings(), state: draft ? "draft" : "active" } : null,
    verifiedAt: null,
    metadata: null,
    createdAt: now,
    version: 1,
  };
  ensureWritten(await tx.connections.insert(record));
}

/** @throws {ProvisioningError} as `admin.tenants.update` does */
export async function updateTenant(
  unit: UnitOfWork,
  connection: EffectiveConnection,
  change: TenantChange,
): Promise<void> {
  const { id } = connection.tenant;
  if (change.parent === null && connection.inherited) await unlinkChild(unit, connection);
  // Read anew: an unlinked tenant is another row, and its connection its own.
  const { tenant } = await effectiveConnection(unit.tx, id);
  const next = { ...tenant, name: change.name ?? tenant.name, seatLimits: mergeLimits(tenant, change.seatLimits) };
  const changes = differences(tenant, next, ["name", "seatLimits"]);
  if (changes.length === 0) return;
  ensureWritten(await unit.tx.tenants.update({ ...next, version: tenant.version + 1 }));
  await unit.audit({
    tenantId: id,
    action: "tenant.updated",
    subject: { type: "tenant", id },
    ...auditSides(changes),
  });
  const reseat = changes.some(({ path }) => path === "seatLimits");
  if (reseat) await reseatTenant(unit, await effectiveConnection(unit.tx, id));
}

function mergeLimits(
  { seatLimits: { user, reader } }: TenantRecord,
  change: SeatLimits = {},
): TenantRecord["seatLimits"] {
  return {
    user: change.user === undefined ? user : change.user,
    reader: change.reader === undefined ? reader : change.reader,
  };
}
