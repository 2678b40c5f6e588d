/**
 * `admin.connections`: settings and presentation of a tenant's connection.
 *
 * @module
 */
import { hasActiveOwner } from "../account/last-owner.ts";
import { archiveConnection, requireArchivable, restoreConnection } from "../archive/archive-connection.ts";
import {
  changePresentation,
  changeSettings,
  inheritedFields,
  type LoadedConnectionChange,
  type SettingsContext,
} from "../connection/change-settings.ts";
import { type EffectiveConnection, effectiveConnection } from "../connection/effective-connection.ts";
import { isSameProvider, readMetadata } from "../connection/identity-provider-change.ts";
import { loadMetadata } from "../connection/load-metadata.ts";
import { completeSettings } from "../connection/new-settings.ts";
import { ProvisioningError } from "../errors.ts";
import { readGroup } from "../group/group-view.ts";
import { releaseInactive } from "../inheritance/inactive-seats.ts";
import { unlinkChild } from "../inheritance/link.ts";
import { watchAfterChange } from "../metadata/metadata-watch.ts";
import type {
  AccountKind,
  ConnectionRecord,
  ConnectionSettings,
  GroupId,
  TenantId,
  Transaction,
} from "../ports/index.ts";
import { requestReview } from "../role-rule/review.ts";
import type { UnitOfWork } from "../unit-of-work.ts";
import { checked } from "../validation/checked.ts";
import type { Admin, ArchiveOptions, ConnectionChange, Simulatable } from "./admin.ts";
import { auditedIdentityProvider, connectionView } from "./connection-view.ts";
import { auditSides, differences } from "./differences.ts";
import type { Simulated } from "./explain-views.ts";
import { setupOperations } from "./idp-setup.ts";
import { changeOrSimulate, changeTenant, type Operator, readTenant } from "./operator.ts";
import { guardGroupOwners } from "./owner-guard.ts";
import { refuseInherited } from "./refusals.ts";
import { ARCHIVE_OPTIONS, CONNECTION_CHANGE, SIMULATION } from "./shapes.ts";
import type { ConnectionView } from "./views.ts";
import { ensureWritten } from "./written.ts";

export function connectionOperations(operator: Operator): Admin["connections"] {
  const { context } = operator;
  /** Changes a connection, perhaps with consequences in the background. */
  const change = async (
    tenant: TenantId,
    { simulate }: Simulatable,
    act: (unit: UnitOfWork, connection: EffectiveConnection) => Promise<void>,
  ): Promise<Simulated<ConnectionView>> => {
    const view = await changeOrSimulate(operator, tenant, { simulate }, async (unit, connection) => {
      await act(unit, connection);
      return connectionView(context, await effectiveConnection(unit.tx, tenant));
    });
    context.feed.wake(tenant);
    return view;
  };
  return {
    get: (tenant) => readTenant(operator, tenant, async (_tx, connection) => connectionView(context, connection)),
    update: async (tenant, input) => {
      const { simulate, ...given } = checked(CONNECTION_CHANGE, input);
      const wanted = await loaded(operator, tenant, given);
      return change(tenant, { simulate }, (unit, connection) => updateConnection(unit, connection, wanted));
    },
    archive: async (tenant, input) => {
      const { simulate = false, ...options } = checked(ARCHIVE_OPTIONS, input);
      const detaches = options.children === "detach";
      if (detaches && !simulate) await detachChildren(operator, tenant, options);
      return change(tenant, { simulate }, async (unit, connection) => {
        if (detaches && simulate) await detachInTrial(unit, connection, options);
        await archiveConnection(unit, connection, options);
      });
    },
    restore: async (tenant, options = {}) => change(tenant, checked(SIMULATION, options), restoreConnection),
    ...setupOperations(operator),
  };
}

/** The network is asked before the store is: nothing waits for it. Nor is it asked for what would be refused anyhow. */
async function loaded(operator: Operator, tenant: TenantId, change: ConnectionChange): Promise<LoadedConnectionChange> {
  const { idp, ...rest } = change;
  if (idp === undefined || idp === null) return { ...rest, ...(idp === null && { idp }) };
  await readTenant(operator, tenant, async (_tx, connection) => refuseInherited(connection, inheritedFields(change)));
  return { ...rest, idp: await loadMetadata(operator.context.metadata, idp) };
}

/** Each in a transaction of its own; interrupted, the same request goes on with the rest. */
async function detachChildren(operator: Operator, tenant: TenantId, options: ArchiveOptions): Promise<void> {
  const children = await readTenant(operator, tenant, async (tx, connection) => {
    await requireArchivable({ tx, context: operator.context }, connection, options);
    return tx.tenants.children(tenant);
  });
  for (const { id } of children) {
    await changeTenant(operator, id, async (unit, child) => {
      if (child.root.tenant.id === tenant && child.inherited) await unlinkChild(unit, child);
    });
  }
}

/** The same in one transaction, of which nothing is left. */
async function detachInTrial(
  unit: UnitOfWork,
  connection: EffectiveConnection,
  options: ArchiveOptions,
): Promise<void> {
  await requireArchivable(unit, connection, options);
  for (const { id } of await unit.tx.tenants.children(connection.tenant.id)) {
    await unlinkChild(unit, await effectiveConnection(unit.tx, id));
  }
}

/** @throws {ProvisioningError} as `admin.connections.update` does */
export async function updateConnection(
  unit: UnitOfWork,
  connection: EffectiveConnection,
  change: LoadedConnectionChange,
): Promise<void> {
  refuseInherited(connection, inheritedFields(change));
  const record = await storedConnection(unit.tx, connection.id);
  const presentation = changePresentation(record.presentation, change);
  const settings = record.settings === null ? null : changeSettings(record.settings, change, settingsContext(unit));
  const changes = differences(auditable(record), auditable({ presentation, settings }), AUDITED);
  const metadata = watchedMetadata(record, settings, change, new Date(unit.now));
  if (changes.length === 0 && metadata === record.metadata) return;
  if (settings !== null) await checkDefaultGroups(unit.tx, connection, change, settings);
  const verifiedAt = isSameProvider(record.settings?.idp ?? null, settings?.idp ?? null) ? record.verifiedAt : null;
  const next = { ...record, presentation, settings, verifiedAt, metadata, version: record.version + 1 };
  await guardGroupOwners(unit, connection, async () => {
    ensureWritten(await unit.tx.connections.update(next));
    // What the directory said meanwhile takes effect now.
    if (settings?.groupSync && !record.settings?.groupSync) await unit.tx.members.settle(record.id);
  });
  if (record.settings?.inactiveHoldsSeat && !settings?.inactiveHoldsSeat) await releaseInactive(unit, record.tenantId);
  if (changes.some(({ path }) => DECISIVE.has(path))) await requestReview(unit.tx, record.tenantId);
  if (changes.some(({ path }) => path === "scimEnabled")) await keepOwners(unit, connection);
  if (changes.length === 0) return;
  const subject = { type: "connection", id: record.id };
  await unit.audit({ tenantId: record.tenantId, action: "connection.updated", subject, ...auditSides(changes) });
}

/** Metadata that is given is accepted, also if it says what is configured. */
function watchedMetadata(
  { metadata: before, settings: previous }: ConnectionRecord,
  next: ConnectionSettings | null,
  { idp }: LoadedConnectionChange,
  now: Date,
): ConnectionRecord["metadata"] {
  const config = next?.idp ?? null;
  const given = idp && config ? readMetadata(config, idp, config.metadataCertificates, now) : undefined;
  return given === undefined && next?.idp === previous?.idp
    ? before
    : watchAfterChange(before, { previous, next }, given, now);
}

/** Settings that change what rules make of people who are known. */
const DECISIVE: ReadonlySet<string> = new Set(["groupSync", "allowOwnerRole"]);

/** With the directory in charge, a role that it decides comes before the one that was chosen here (I1). */
async function keepOwners(unit: UnitOfWork, before: EffectiveConnection): Promise<void> {
  const after = await effectiveConnection(unit.tx, before.tenant.id);
  if ((await hasActiveOwner(unit, after)) || !(await hasActiveOwner(unit, before))) return;
  throw new ProvisioningError("last_owner", "The rules of the connection would leave the tenant without an owner.", {
    hint: "Change the rules, or make somebody an owner for whom they decide no role.",
    facts: { tenant: before.tenant.id },
  });
}

function settingsContext({ actor, now, context }: UnitOfWork): SettingsContext {
  return { actor, now, canSign: context.canSign, allowsKeysFrom: context.keySets.allows };
}

export async function storedConnection(tx: Transaction, id: string): Promise<ConnectionRecord> {
  const record = await tx.connections.get(id);
  if (record === null) throw new ProvisioningError("internal", `Connection ${id} is missing.`);
  return { ...record, settings: record.settings === null ? null : completeSettings(record.settings) };
}

/** A default group must be there, and of the kind whose default it is (R29). */
async function checkDefaultGroups(
  tx: Transaction,
  connection: EffectiveConnection,
  change: LoadedConnectionChange,
  settings: ConnectionSettings,
): Promise<void> {
  const check = async (field: string, ids: readonly GroupId[], kind: AccountKind) => {
    for (const id of ids) {
      const group = await readGroup(tx, connection, id);
      if (group?.kind !== kind) throw noDefaultGroup(field, id, kind);
    }
  };
  if (change.defaultUserGroups !== undefined) {
    await check("defaultUserGroups", settings.defaultUserGroups, "user");
  }
  if (change.defaultReaderGroups !== undefined) {
    await check("defaultReaderGroups", settings.defaultReaderGroups, "reader");
  }
}

function noDefaultGroup(field: string, id: GroupId, kind: AccountKind): ProvisioningError {
  return new ProvisioningError("invalid_request", `${field}: There is no ${kind} group "${id}" in this tenant.`, {
    hint: `Choose among the groups whose kind is "${kind}".`,
    facts: { field, group: id },
  });
}

type Auditable = ConnectionRecord["presentation"] & { readonly [Key in keyof ConnectionSettings]?: unknown };

/** Certificates by fingerprint: an audit entry is read by people. */
function auditable({ presentation, settings }: Pick<ConnectionRecord, "presentation" | "settings">): Auditable {
  const idp = settings?.idp ?? null;
  return { ...presentation, ...settings, idp: idp && auditedIdentityProvider(idp) };
}

const AUDITED: readonly (keyof Auditable)[] = [
  "ssoName",
  "loginButtonText",
  "state",
  "idpKind",
  "scimEnabled",
  "consent",
  "groupSync",
  "groupProjection",
  "defaultRole",
  "defaultUserGroups",
  "defaultReaderGroups",
  "onNullKind",
  "onSeatLimit",
  "onUnknownMember",
  "allowIdpInitiated",
  "jit",
  "linkPolicy",
  "verifiedDomains",
  "idleSignOut",
  "replaceCreatesMissing",
  "inviteExisting",
  "legacyAutoAssignReaderGroups",
  "localAuthority",
  "allowOwnerRole",
  "inactiveHoldsSeat",
  "idp",
  "scimJwt",
];
