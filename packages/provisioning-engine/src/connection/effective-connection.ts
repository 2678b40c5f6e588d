/**
 * A tenant's connection as it takes effect now. A child reads its parent's settings at the moment of the question and
 * keeps no copy of them (R105, R120, I24); only presentation is its own.
 *
 * @module
 */
import { ProvisioningError } from "../errors.ts";
import type {
  ConnectionId,
  ConnectionRecord,
  ConnectionSettings,
  Instant,
  MetadataWatch,
  Presentation,
  TenantId,
  TenantRecord,
  Transaction,
} from "../ports/index.ts";
import { completeSettings } from "./new-settings.ts";

export interface EffectiveConnection {
  readonly tenant: TenantRecord;
  /** The tenant's own connection, which names its SAML endpoints. */
  readonly id: ConnectionId;
  /** Where directory users, groups, tokens and settings live: the tenant itself, or its parent. */
  readonly root: { readonly tenant: TenantRecord; readonly connectionId: ConnectionId; readonly version: number };
  readonly settings: ConnectionSettings;
  readonly presentation: Presentation;
  /** The first sign-in at this tenant through its identity provider as it is now, or null before it (R4). */
  readonly verifiedAt: Instant | null;
  /** How the settings keep up with the metadata of the identity provider. */
  readonly metadata: MetadataWatch | null;
  /** The display name used in refusals: the SSO name, else the owning tenant's name. */
  readonly displayName: string;
  /** True at a child, whose settings are read-only. */
  readonly inherited: boolean;
}

/** Resolves a tenant's connection. Throws `not_found` for an unknown tenant. */
export async function effectiveConnection(tx: Transaction, tenantId: TenantId): Promise<EffectiveConnection> {
  const tenant = await existingTenant(tx, tenantId);
  const own = await existingConnection(tx, tenant.connectionId);
  return resolve(tx, tenant, own);
}

/** Resolves by connection id; null when there is no such connection. */
export async function effectiveConnectionById(
  tx: Transaction,
  connectionId: ConnectionId,
): Promise<EffectiveConnection | null> {
  const own = await tx.connections.get(connectionId);
  if (own === null) return null;
  return resolve(tx, await existingTenant(tx, own.tenantId), own);
}

async function resolve(tx: Transaction, tenant: TenantRecord, own: ConnectionRecord): Promise<EffectiveConnection> {
  const rootConnection = own.parentId === null ? own : await existingConnection(tx, own.parentId);
  const rootTenant = own.parentId === null ? tenant : await existingTenant(tx, rootConnection.tenantId);
  if (rootConnection.settings === null) {
    throw new ProvisioningError("internal", `Connection ${rootConnection.id} is inherited from but has no settings.`);
  }
  return {
    tenant,
    id: own.id,
    root: { tenant: rootTenant, connectionId: rootConnection.id, version: rootConnection.version },
    settings: completeSettings(rootConnection.settings),
    presentation: own.presentation,
    verifiedAt: own.verifiedAt,
    metadata: rootConnection.metadata,
    displayName: rootConnection.presentation.ssoName ?? rootTenant.name,
    inherited: own.parentId !== null,
  };
}

async function existingTenant(tx: Transaction, id: TenantId): Promise<TenantRecord> {
  const tenant = await tx.tenants.get(id);
  if (tenant === null) throw new ProvisioningError("not_found", `There is no tenant "${id}".`);
  return tenant;
}

async function existingConnection(tx: Transaction, id: ConnectionId): Promise<ConnectionRecord> {
  const connection = await tx.connections.get(id);
  if (connection === null) throw new ProvisioningError("internal", `Connection ${id} is missing.`);
  return connection;
}
