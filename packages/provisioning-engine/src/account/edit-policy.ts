/**
 * What only the identity provider may change, and from when to when (R41 to R50). The lock depends on the link and on
 * SCIM being on, never on who asks (I22).
 *
 * @module
 */

import type { ManagedBy } from "../admin/views.ts";
import type { EffectiveConnection } from "../connection/effective-connection.ts";
import { isScimOpen } from "../connection/new-settings.ts";
import type { AccountRecord } from "../ports/index.ts";

/** Fields of an account that the directory owns while it manages the account. */
export const LOCKED_FIELDS: readonly ["name", "userName", "email", "kind", "status"] = [
  "name",
  "userName",
  "email",
  "kind",
  "status",
];

/** Fields of a pushed group that the directory owns. */
export const LOCKED_GROUP_FIELDS: readonly ["name"] = ["name"];

type Link = Pick<AccountRecord, "connectionId">;
type Decided = Link & Pick<AccountRecord, "decidedRole" | "decidedContentRole">;

/** Whether a connection manages an account: at a child, the parent's connection does. */
export function isManaged(account: Link, { root }: EffectiveConnection): boolean {
  return account.connectionId !== null && account.connectionId === root.connectionId;
}

/** Fields that are locked now; existence is locked with them. Empty for hand-made accounts and while SCIM is off. */
export function lockedFields(account: Decided, connection: EffectiveConnection): readonly string[] {
  if (!isScimOpen(connection.settings) || !isManaged(account, connection)) return [];
  return [...LOCKED_FIELDS, ...lockedRoles(account, connection)];
}

/** Roles that may be locked beside the rest. */
export const ROLE_FIELDS: readonly ["role", "contentRole"] = ["role", "contentRole"];

/**
 * A role that a rule or the directory decided is theirs at the tenant whose directory it is (I21); all roles are where
 * the tenant is to keep its hands off them (K1).
 */
function lockedRoles(
  { decidedRole, decidedContentRole }: Decided,
  { settings, inherited }: EffectiveConnection,
): readonly string[] {
  if (!settings.localAuthority.role) return ROLE_FIELDS;
  const decided = { role: decidedRole, contentRole: decidedContentRole };
  return inherited ? [] : ROLE_FIELDS.filter((field) => decided[field] !== null);
}

/** The connection that manages an account, or null; where an admin has to go to change it (R45). */
export function managedBy(account: Link, connection: EffectiveConnection): ManagedBy | null {
  return isManaged(account, connection) ? manager(connection) : null;
}

/** A connection as the one that manages something. */
export function manager({ root, displayName }: EffectiveConnection): ManagedBy {
  return { connectionId: root.connectionId, tenant: root.tenant.id, name: displayName };
}
