/**
 * Portal roles. A role is a user's; a reader has none, but keeps the one they had for the day they are a user again.
 *
 * @module
 */
import type { AccountRecord, ConnectionSettings, OverlayRecord } from "../ports/index.ts";

/** Who administers a tenant. The last one is never taken away by a machine (I1). */
export const OWNER_ROLE = "Owner";

/** The default role of a new connection (R26). */
const INITIAL_ROLE = "Contributor";

/** The role that counts: a local choice, else what provisioning gave (R46). */
export function effectiveRole(
  account: Pick<AccountRecord, "kind" | "provisionedRole">,
  overlay: Pick<OverlayRecord, "role"> | null,
): string | null {
  if (account.kind === "reader") return null;
  return overlay?.role ?? account.provisionedRole;
}

/** The role that a new user gets. No machine makes an owner, whatever the default says. */
export function defaultRole({ defaultRole: role }: Pick<ConnectionSettings, "defaultRole">): string {
  return role === OWNER_ROLE ? INITIAL_ROLE : role;
}
