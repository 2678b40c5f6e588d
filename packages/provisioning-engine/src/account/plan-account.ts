/**
 * What an account will be after a write of the directory.
 *
 * @module
 */
import type { EffectiveConnection } from "../connection/effective-connection.ts";
import type { AccountKind, AccountRecord, DirectoryUserId } from "../ports/index.ts";
import type { RuleDecision } from "../role-rule/evaluate-rules.ts";
import type { DirectoryProfile } from "./directory-profile.ts";
import { defaultRole } from "./role.ts";

/** What was decided about a person's place in the product. */
export interface PlacePlan {
  readonly kind: AccountKind;
  readonly decision: RuleDecision;
}

/** What was decided about a person. */
export interface AccountPlan extends PlacePlan {
  readonly profile: DirectoryProfile;
  readonly userId: DirectoryUserId;
}

export function planAccount(
  account: AccountRecord,
  { profile, userId, ...place }: AccountPlan,
  connection: EffectiveConnection,
): AccountRecord {
  const { userName, email, name, active } = profile;
  return {
    ...planPlace(account, place, connection),
    userName,
    email,
    name,
    active,
    archived: false,
    connectionId: connection.root.connectionId,
    directoryUserId: userId,
  };
}

/** Defaults are given once per kind (R30, I40): whoever becomes a user again finds the role of the first time. */
export function planPlace(
  account: AccountRecord,
  { kind, decision }: PlacePlan,
  { settings }: EffectiveConnection,
): AccountRecord {
  const isFirst = !account.defaultsApplied.includes(kind);
  const role = isFirst && kind === "user" ? defaultRole(settings) : null;
  return {
    ...account,
    kind,
    provisionedRole: account.provisionedRole ?? role,
    decidedRole: decision.role,
    decidedContentRole: decision.contentRole,
    defaultsApplied: isFirst ? [...account.defaultsApplied, kind] : account.defaultsApplied,
  };
}
