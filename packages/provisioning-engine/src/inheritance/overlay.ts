/**
 * What is local to a tenant, laid over what the directory says: the same at the root and at a child (decision 4).
 *
 * @module
 */

import type { HeldGroup } from "../account/account-groups.ts";
import { lockedFields, managedBy } from "../account/edit-policy.ts";
import { contentRole, portalRole } from "../account/role.ts";
import type { Account } from "../admin/views.ts";
import type { EffectiveConnection } from "../connection/effective-connection.ts";
import type { AccountRecord, OverlayRecord, SeatRecord } from "../ports/index.ts";

/** What one tenant adds to an account. */
export interface LocalState {
  readonly overlay: OverlayRecord | null;
  /** The seat that admits the account to this tenant, see `seatTenant`. */
  readonly seat: SeatRecord | null;
  readonly groups: readonly HeldGroup[];
  /** The role that these give. */
  readonly groupRole: string | null;
}

/** @param account as provisioned or made by hand */
export function layOver(
  account: AccountRecord,
  { overlay, seat, groups, groupRole }: LocalState,
  connection: EffectiveConnection,
): Account {
  const { id, userName, email, name, kind } = account;
  const role = portalRole(account, overlay, connection, groupRole);
  const content = contentRole(account, overlay, connection);
  return {
    id,
    userName,
    email,
    name,
    kind,
    role: role.value,
    roleSource: role.source,
    contentRole: content.value,
    contentRoleSource: content.source,
    contentAccess: overlay?.contentAccess ?? null,
    status: statusOf(account, seat),
    suspended: overlay?.suspended ?? false,
    groups: groups.map(({ role: _, ...group }) => group),
    lockedFields: lockedFields(account, connection),
    managedBy: managedBy(account, connection),
  };
}

/** Pending is not stored: the directory says active, and no seat is held (decision 5). */
function statusOf({ active }: AccountRecord, seat: SeatRecord | null): Account["status"] {
  if (!active) return "inactive";
  return seat?.state === "held" ? "active" : "pending";
}
