/**
 * `GET /t/:tenant/me`: who is signed in. The question whether they still may be is asked at every request.
 *
 * @module
 */
import { type Account, isProvisioningError, type Provisioning } from "@muster/provisioning-engine";
import type { Context } from "hono";
import type { Sessions } from "./sessions.ts";

/** The handler of the route; 401 for everybody without a session that is good now. */
export function meHandler(provisioning: Provisioning, sessions: Sessions): (context: Context) => Promise<Response> {
  return async (context) => {
    context.header("cache-control", "no-store");
    const tenant = context.req.param("tenant") ?? "";
    const session = sessions.find(context, tenant);
    const account = session && (await signedInAccount(provisioning, tenant, session.accountId));
    if (session !== undefined && account !== undefined) {
      return context.json({ tenant, account, nameId: session.nameId });
    }
    // Whoever comes back later signs in anew.
    if (session !== undefined) sessions.end(tenant, session.accountId);
    return context.json({ error: NOT_SIGNED_IN }, 401);
  };
}

const NOT_SIGNED_IN = { code: "not_signed_in", message: "Sign in first." } as const;

async function signedInAccount(
  { admin, canSignIn }: Provisioning,
  tenant: string,
  accountId: string,
): Promise<Account | undefined> {
  try {
    return (await canSignIn(tenant, accountId)) ? await admin.accounts.get(tenant, accountId) : undefined;
  } catch (error) {
    // The account or the tenant went away between two requests.
    if (isProvisioningError(error) && error.code === "not_found") return undefined;
    throw error;
  }
}
