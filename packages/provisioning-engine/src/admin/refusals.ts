/**
 * What an admin is told whose change belongs elsewhere (R45): what is locked, who holds it, where to go.
 *
 * @module
 */
import type { EffectiveConnection } from "../connection/effective-connection.ts";
import { ProvisioningError } from "../errors.ts";

/** @param fields what was asked for, in words of the API */
export function managedByIdp(connection: EffectiveConnection, fields: readonly string[]): ProvisioningError {
  const { displayName, root } = connection;
  return new ProvisioningError("managed_by_idp", `The identity provider manages this: ${fields.join(", ")}.`, {
    hint:
      `Change it in the identity provider behind the connection "${displayName}" of the tenant "${root.tenant.id}": ` +
      "it arrives with the next sync.",
    facts: { fields, connection: root.connectionId, tenant: root.tenant.id },
  });
}

/** A child's settings are its parent's (R103). */
export function refuseInherited({ inherited, root }: EffectiveConnection, fields: readonly string[]): void {
  if (!inherited || fields.length === 0) return;
  throw new ProvisioningError(
    "inherited_read_only",
    `${fields.join(", ")} cannot be changed here: the connection is inherited from "${root.tenant.id}".`,
    { hint: `Change it at the tenant "${root.tenant.id}", or unlink this tenant first.`, facts: { fields } },
  );
}

/** At a child, while SCIM is off at its parent: nothing is locked, but the row is the parent's. */
export function ownedByParent({ root }: EffectiveConnection): ProvisioningError {
  return new ProvisioningError("inherited_read_only", `This comes from the tenant "${root.tenant.id}".`, {
    hint: `Change it at the tenant "${root.tenant.id}".`,
    facts: { tenant: root.tenant.id },
  });
}
