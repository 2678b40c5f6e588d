/**
 * What is local to a tenant about an account, written.
 *
 * @module
 */
import type { OverlayRecord } from "../ports/index.ts";
import type { UnitOfWork } from "../unit-of-work.ts";
import type { AccountChange } from "./admin.ts";

/** Nothing local yet. */
export function newOverlay(tenantId: string, accountId: string): Omit<OverlayRecord, "updatedAt"> {
  return { tenantId, accountId, role: null, contentRole: null, contentAccess: null, suspended: false };
}

export type LocalChange = Pick<AccountChange, "role" | "contentRole" | "contentAccess" | "suspended">;

/** Lays a change over what is local already; writes nothing when nothing is given. */
export async function writeLocalState(
  { tx, now }: UnitOfWork,
  tenantId: string,
  accountId: string,
  change: LocalChange,
): Promise<void> {
  const current = (await tx.overlays.get(tenantId, accountId)) ?? newOverlay(tenantId, accountId);
  const { role, contentRole, contentAccess, suspended } = change;
  const given = [role, contentRole, contentAccess, suspended].some((value) => value !== undefined);
  if (!given) return;
  await tx.overlays.put({
    ...current,
    role: role === undefined ? current.role : role,
    contentRole: contentRole === undefined ? current.contentRole : contentRole,
    contentAccess: contentAccess === undefined ? current.contentAccess : contentAccess,
    suspended: suspended ?? current.suspended,
    updatedAt: now,
  });
}
