/**
 * A tenant keeps an owner who can sign in, whoever asks otherwise (I1).
 *
 * @module
 */
import { isLastOwner, tenantLosingOwner } from "../account/last-owner.ts";
import { OWNER_ROLE } from "../account/role.ts";
import type { EffectiveConnection } from "../connection/effective-connection.ts";
import { ProvisioningError } from "../errors.ts";
import type { AccountRecord, TenantId, Transaction } from "../ports/index.ts";
import type { AccountChange } from "./admin.ts";

/**
 * Before a change of what is local to a tenant: role and suspension.
 *
 * @throws {ProvisioningError} `last_owner`
 */
export async function guardLocalChange(
  tx: Transaction,
  connection: EffectiveConnection,
  accountId: string,
  { role, suspended }: AccountChange,
): Promise<void> {
  const demoted = role !== undefined && role !== OWNER_ROLE;
  if (!demoted && suspended !== true) return;
  if (await isLastOwner(tx, connection, accountId)) throw lastOwner(connection.tenant.id);
  if (suspended !== true) return;
  // Whom a parent suspends is out at its children too.
  const record = await tx.accounts.get(connection.tenant.id, accountId);
  if (record !== null) await guardOwners(tx, connection, record);
}

/**
 * Before an account becomes inactive or a reader, or goes away: here, and in the children that show it.
 *
 * @throws {ProvisioningError} `last_owner`
 */
export async function guardOwners(
  tx: Transaction,
  connection: EffectiveConnection,
  account: AccountRecord,
): Promise<void> {
  const losing = await tenantLosingOwner(tx, connection, account, null);
  if (losing !== undefined) throw lastOwner(losing.id);
}

function lastOwner(tenant: TenantId): ProvisioningError {
  return new ProvisioningError("last_owner", `This is the last active owner of the tenant "${tenant}".`, {
    hint: `Give another person the role ${OWNER_ROLE} first.`,
    facts: { tenant },
  });
}
