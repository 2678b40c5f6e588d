/**
 * The portal role that groups give: the best of the user groups that somebody is in. It is read off the groups each
 * time and kept nowhere, so that it ends with the membership, with the role of the group, and with the group.
 *
 * @module
 */
import type { EffectiveConnection } from "../connection/effective-connection.ts";
import type { AccountRecord, ConnectionSettings, Transaction } from "../ports/index.ts";
import { highestRole, type RoleOrder } from "../role-rule/role-rank.ts";
import { type HeldGroup, readAccountGroups } from "./account-groups.ts";
import { isOwnerRole, OWNER_ROLE } from "./role.ts";

/** What accounts are read with. */
export interface Reader {
  readonly tx: Transaction;
  readonly context: { readonly roleOrder: RoleOrder };
}

type Owners = Pick<ConnectionSettings, "allowOwnerRole">;

/** @returns null when no group gives one */
export function groupRole(
  groups: readonly HeldGroup[],
  settings: Owners,
  { roleOrder }: Reader["context"],
): string | null {
  const roles = groups.flatMap((group) => givenRole(group, settings) ?? []);
  return highestRole(roles, (role) => role, roleOrder.portal) ?? null;
}

/** The same for one account. */
export async function readGroupRole(
  { tx, context }: Reader,
  connection: EffectiveConnection,
  account: AccountRecord,
): Promise<string | null> {
  const groups = await readAccountGroups(tx, connection, [account]);
  return groupRole(groups.get(account.id) ?? [], connection.settings, context);
}

/** A rule that is to make an owner says so itself: where it only gives a group, nobody has to look for the last one. */
function givenRole({ kind, role, sources }: HeldGroup, settings: Owners): string | null {
  if (kind !== "user" || role === null) return null;
  if (!isOwnerRole(role)) return role;
  return givesOwner(role, settings) && sources.some((source) => source !== "rule") ? role : null;
}

/** Whether a group with this role makes owners: by the very name, and where the connection allows that. */
export function givesOwner(role: string | null, { allowOwnerRole }: Owners): boolean {
  return allowOwnerRole && role === OWNER_ROLE;
}
