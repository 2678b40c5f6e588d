/**
 * What a newcomer, or a script, needs to know about a running server.
 *
 * @module
 */
import type { Admin, ConnectionView, TenantView } from "@muster/provisioning-engine";

/** The object that `muster serve --json` prints. It holds secrets: they are shown this once. */
export interface ServerDescription {
  readonly baseUrl: string;
  readonly consoleUrl: string;
  readonly adminApiUrl: string;
  readonly adminToken: string;
  readonly tenants: readonly TenantDescription[];
}

export interface TenantDescription {
  readonly id: string;
  readonly parent: string | null;
  readonly connectionId: string;
  /** Null at a child, and where SCIM is off. */
  readonly scim: { readonly baseUrl: string; readonly token: string } | null;
  readonly saml: ConnectionView["saml"];
  readonly meUrl: string;
}

/**
 * Describes the tenants, and mints a SCIM token for each that has SCIM on: tokens are stored as hashes, so those of an
 * earlier start, which stay valid, cannot be shown again.
 */
export async function describeServer(
  baseUrl: string,
  adminToken: string,
  admin: Admin,
  tenants: readonly TenantView[],
): Promise<ServerDescription> {
  return {
    baseUrl,
    consoleUrl: `${baseUrl}/console`,
    adminApiUrl: `${baseUrl}/admin/v1`,
    adminToken,
    tenants: await Promise.all(tenants.map((tenant) => describeTenant(baseUrl, admin, tenant))),
  };
}

async function describeTenant(baseUrl: string, admin: Admin, tenant: TenantView): Promise<TenantDescription> {
  const { id, parent, connection } = tenant;
  return {
    id,
    parent,
    connectionId: connection.id,
    scim: await describeScim(admin, id, connection),
    saml: connection.saml,
    meUrl: `${baseUrl}/t/${id}/me`,
  };
}

async function describeScim(
  admin: Admin,
  tenant: string,
  { scim, scimEnabled }: ConnectionView,
): Promise<TenantDescription["scim"]> {
  if (scim === null || !scimEnabled) return null;
  const { token } = await admin.tokens.create(tenant, { label: "muster serve" });
  return { baseUrl: scim.baseUrl, token };
}
