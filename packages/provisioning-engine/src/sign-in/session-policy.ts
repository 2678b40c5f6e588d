/**
 * Whether somebody may be signed in now. Asked at each sign-in and, by the host, at each request of a session.
 *
 * @module
 */
import { readAccount } from "../account/account-view.ts";
import type { Account } from "../admin/views.ts";
import { effectiveConnection } from "../connection/effective-connection.ts";
import type { EngineContext } from "../context.ts";
import type { AccountId, TenantId } from "../ports/index.ts";

/** Why an account may not sign in; undefined when it may (R54, I5). */
export function signInObstacle({ status, suspended }: Account): "inactive" | "pending" | "suspended" | undefined {
  if (status !== "active") return status;
  return suspended ? "suspended" : undefined;
}

/**
 * True while an account of this tenant, or read through its parent, is active, seated and not suspended.
 * Unknown accounts may not sign in. Throws `not_found` for an unknown tenant.
 */
export async function canSignIn({ store }: EngineContext, tenantId: TenantId, accountId: AccountId): Promise<boolean> {
  return store.transaction({ tenantId }, async (tx) => {
    const connection = await effectiveConnection(tx, tenantId);
    const account = await readAccount(tx, connection, accountId);
    return account !== null && signInObstacle(account) === undefined;
  });
}
