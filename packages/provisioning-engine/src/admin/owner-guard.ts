/**
 * A tenant keeps an owner who can sign in, whoever asks otherwise (I1).
 *
 * @module
 */

import type { Reader } from "../account/group-role.ts";
import { isLastOwner, tenantLeftByWork, tenantLosingOwner } from "../account/last-owner.ts";
import { OWNER_ROLE } from "../account/role.ts";
import type { EffectiveConnection } from "../connection/effective-connection.ts";
import { ProvisioningError } from "../errors.ts";
import type { AccountRecord, TenantId } from "../ports/index.ts";
import type { AccountChange } from "./admin.ts";

/**
 * Before a change of what is local to a tenant: role and suspension.
 *
 * @throws {ProvisioningError} `last_owner`
 */
export async function guardLocalChange(
  reader: Reader,
  connection: EffectiveConnection,
  accountId: string,
  { role, suspended }: AccountChange,
): Promise<void> {
  const demoted = role !== undefined && role !== OWNER_ROLE;
  if (!demoted && suspended !== true) return;
  if (await isLastOwner(reader, connection, accountId)) throw lastOwner(connection.tenant.id);
  if (suspended !== true) return;
  // Whom a parent suspends is out at its children too.
  const record = await reader.tx.accounts.get(connection.tenant.id, accountId);
  if (record !== null) await guardOwners(reader, connection, record);
}

/**
 * Before an account becomes inactive or a reader, or goes away: here, and in the children that show it.
 *
 * @throws {ProvisioningError} `last_owner`
 */
export async function guardOwners(
  reader: Reader,
  connection: EffectiveConnection,
  account: AccountRecord,
): Promise<void> {
  const losing = await tenantLosingOwner(reader, connection, account, null);
  if (losing !== undefined) throw lastOwner(losing.id);
}

/**
 * Around a change of a group, of its members, or of what groups may give.
 *
 * @throws {ProvisioningError} `last_owner`
 */
export async function guardGroupOwners(
  reader: Reader,
  connection: EffectiveConnection,
  work: () => Promise<void>,
): Promise<void> {
  const losing = await tenantLeftByWork(reader, connection, work);
  if (losing !== undefined) throw leftAlone(losing.id);
}

function leftAlone(tenant: TenantId): ProvisioningError {
  return new ProvisioningError("last_owner", `This would leave the tenant "${tenant}" without an active owner.`, {
    hint: `Give somebody the role ${OWNER_ROLE} first, instead of by a group.`,
    facts: { tenant },
  });
}

function lastOwner(tenant: TenantId): ProvisioningError {
  return new ProvisioningError("last_owner", `This is the last active owner of the tenant "${tenant}".`, {
    hint: `Give another person the role ${OWNER_ROLE} first.`,
    facts: { tenant },
  });
}
