/**
 * What an account will be after a write of the directory.
 *
 * @module
 */
import type { EffectiveConnection } from "../connection/effective-connection.ts";
import type { AccountKind, AccountRecord, DirectoryUserId } from "../ports/index.ts";
import type { DirectoryProfile } from "./directory-profile.ts";
import { defaultRole } from "./role.ts";

/** What was decided about a person. */
export interface AccountPlan {
  readonly kind: AccountKind;
  readonly profile: DirectoryProfile;
  readonly userId: DirectoryUserId;
}

/** Defaults are given once per kind (R30, I40): whoever becomes a user again finds the role of the first time. */
export function planAccount(
  account: AccountRecord,
  { kind, profile, userId }: AccountPlan,
  { settings, root }: EffectiveConnection,
): AccountRecord {
  const { userName, email, name, active } = profile;
  const isFirst = !account.defaultsApplied.includes(kind);
  const role = isFirst && kind === "user" ? defaultRole(settings) : null;
  return {
    ...account,
    kind,
    userName,
    email,
    name,
    active,
    provisionedRole: account.provisionedRole ?? role,
    defaultsApplied: isFirst ? [...account.defaultsApplied, kind] : account.defaultsApplied,
    connectionId: root.connectionId,
    directoryUserId: userId,
  };
}
