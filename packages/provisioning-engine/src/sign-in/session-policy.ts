/**
 * Whether somebody may be signed in now. Asked at each sign-in and, by the host, at each request of a session.
 *
 * @module
 */
import { readAccount } from "../account/account-view.ts";
import type { Account } from "../admin/views.ts";
import { type EffectiveConnection, effectiveConnection } from "../connection/effective-connection.ts";
import type { EngineContext } from "../context.ts";
import type { AccountId, TenantId, Transaction } from "../ports/index.ts";

export type SignInObstacle = "inactive" | "pending" | "suspended";

/** Why an account may not sign in; undefined when it may (R54, I5). */
export async function signInObstacle(
  tx: Transaction,
  connection: EffectiveConnection,
  account: Account,
): Promise<SignInObstacle | undefined> {
  if (account.status !== "active") return account.status;
  const suspended = account.suspended || (await isSuspendedAtParent(tx, connection, account));
  return suspended ? "suspended" : undefined;
}

/** A person whom the parent suspended is out everywhere; every other local choice of the parent stays there. */
async function isSuspendedAtParent(
  tx: Transaction,
  { inherited, root }: EffectiveConnection,
  { id, managedBy }: Account,
): Promise<boolean> {
  if (!inherited || managedBy === null) return false;
  return (await tx.overlays.get(root.tenant.id, id))?.suspended ?? false;
}

/**
 * True while an account of this tenant, or read through its parent, is active, seated and not suspended.
 * Unknown accounts may not sign in. Throws `not_found` for an unknown tenant.
 */
export async function canSignIn(context: EngineContext, tenantId: TenantId, accountId: AccountId): Promise<boolean> {
  return context.store.transaction({ tenantId }, async (tx) => {
    const connection = await effectiveConnection(tx, tenantId);
    const account = await readAccount({ tx, context }, connection, accountId);
    return account !== null && (await signInObstacle(tx, connection, account)) === undefined;
  });
}
