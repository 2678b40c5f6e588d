/**
 * The two role slots. A portal role is a user's; a reader has none, but keeps the one they had for the day they are a
 * user again.
 *
 * @module
 */
import type { RoleSource } from "../admin/views.ts";
import type { EffectiveConnection } from "../connection/effective-connection.ts";
import { isScimOpen } from "../connection/new-settings.ts";
import type { AccountRecord, ConnectionSettings, DecidedRole, OverlayRecord } from "../ports/index.ts";
import { isManaged } from "./edit-policy.ts";

/** Who administers a tenant. The last one is never taken away by a machine (I1). */
export const OWNER_ROLE = "Owner";

/** The default role of a new connection (R26). */
const INITIAL_ROLE = "Contributor";

/** What stands in a slot; without a source nobody put anything there. */
export interface RoleSlot {
  readonly value: string | null;
  readonly source: RoleSource | null;
}

const EMPTY: RoleSlot = { value: null, source: null };

type Roles = Pick<AccountRecord, "kind" | "provisionedRole" | "decidedRole" | "decidedContentRole" | "connectionId">;
type Local = Pick<OverlayRecord, "role" | "contentRole"> | null;

/**
 * The portal role that counts.
 *
 * @param group the role that groups give
 */
export function portalRole(
  account: Roles,
  overlay: Local,
  connection: EffectiveConnection,
  group: string | null,
): RoleSlot {
  if (account.kind === "reader") return EMPTY;
  const chosen = choose(account.decidedRole, overlay?.role ?? null, isGoverned(account, connection));
  if (chosen !== undefined) return chosen;
  if (group !== null) return { value: group, source: "group" };
  return account.provisionedRole === null ? EMPTY : { value: account.provisionedRole, source: "default" };
}

/** The content role that counts; it has no default. */
export function contentRole(account: Roles, overlay: Local, connection: EffectiveConnection): RoleSlot {
  const decided = account.kind === "reader" ? null : account.decidedContentRole;
  return choose(decided, overlay?.contentRole ?? null, isGoverned(account, connection)) ?? EMPTY;
}

/**
 * Whether what the directory decides comes before what the tenant has chosen: at the tenant whose directory it is, and
 * as long as that is in charge. A child's own choice stays its own (decision 20).
 */
function isGoverned(account: Pick<AccountRecord, "connectionId">, connection: EffectiveConnection): boolean {
  return isScimOpen(connection.settings) && !connection.inherited && isManaged(account, connection);
}

function choose(decided: DecidedRole | null, local: string | null, decidedFirst: boolean): RoleSlot | undefined {
  const chosen: RoleSlot | undefined = local === null ? undefined : { value: local, source: "local" };
  return decidedFirst ? (decided ?? chosen) : (chosen ?? decided ?? undefined);
}

/** The role that a new user gets. No machine makes an owner, whatever the default says. */
export function defaultRole({ defaultRole: role }: Pick<ConnectionSettings, "defaultRole">): string {
  return isOwnerRole(role) ? INITIAL_ROLE : role;
}

/** Whether a role is the owner's, in whatever spelling: a host may compare without case. */
export function isOwnerRole(role: string): boolean {
  return role.trim().toLowerCase() === OWNER_ROLE.toLowerCase();
}
