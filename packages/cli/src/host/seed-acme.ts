/**
 * The seeded family: `acme` with SCIM and group sync on, and two children that inherit its connection. Seeding a store
 * that has it already changes only what was asked for on the command line.
 *
 * @module
 */
import { type Admin, isProvisioningError, type NewTenant, type TenantView } from "@muster/provisioning-engine";
import type { SeatOption } from "../option-types.ts";

export interface SeedOptions {
  /** SAML metadata XML of acme's identity provider. */
  readonly idpMetadata?: string | undefined;
  readonly allowIdpInitiated: boolean;
  readonly seats?: SeatOption | undefined;
}

const ACME = { id: "acme", name: "Acme" } as const;
const CHILDREN = [
  { id: "acme-docs", name: "Acme Docs", parent: ACME.id },
  { id: "acme-help", name: "Acme Help", parent: ACME.id },
] as const;

/**
 * @returns the tenants, the parent first
 * @throws {ProvisioningError} when the metadata is refused
 */
export async function seedAcme(admin: Admin, options: SeedOptions): Promise<readonly TenantView[]> {
  await ensureTenant(admin, ACME);
  await configure(admin, options);
  for (const child of CHILDREN) await ensureTenant(admin, child);
  return Promise.all([ACME, ...CHILDREN].map(({ id }) => admin.tenants.get(id)));
}

async function configure(admin: Admin, { idpMetadata, allowIdpInitiated, seats }: SeedOptions): Promise<void> {
  const { consent } = await admin.connections.get(ACME.id);
  // Consent on record means that this ran before: SCIM that was switched off since stays off.
  if (consent === null) {
    await admin.connections.update(ACME.id, { scimEnabled: true, consent: true, groupSync: true });
  }
  if (idpMetadata !== undefined) await admin.connections.update(ACME.id, { idp: { metadata: idpMetadata } });
  if (allowIdpInitiated) await admin.connections.update(ACME.id, { allowIdpInitiated });
  if (seats !== undefined) await admin.tenants.update(ACME.id, { seatLimits: seats });
}

async function ensureTenant(admin: Admin, tenant: NewTenant): Promise<void> {
  try {
    await admin.tenants.create(tenant);
  } catch (error) {
    if (!isProvisioningError(error) || error.code !== "already_exists") throw error;
  }
}
