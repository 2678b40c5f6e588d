/**
 * The example host's own sessions: what `establishSession` makes of a sign-in, and how a later request is recognised.
 *
 * @module
 */
import type { EstablishedSignIn } from "@muster/provisioning-engine";
import type { Context } from "hono";
import { getCookie } from "hono/cookie";
import { serialize } from "hono/utils/cookie";
import { tokenBook } from "./token-book.ts";

const EIGHT_HOURS_MS = 8 * 3_600_000;

/** A signed-in person. A session belongs to one tenant and is worth nothing in any other, child or parent. */
export interface Session {
  readonly tenant: string;
  readonly accountId: string;
  readonly nameId: string;
}

export interface Sessions {
  /** Begins a session; the result is the value of a `Set-Cookie` header. */
  begin(signIn: EstablishedSignIn): string;
  /** The session that a request has in a tenant. */
  find(context: Context, tenant: string): Session | undefined;
  /** Ends every session of a person in a tenant, in all browsers. */
  end(tenant: string, accountId: string): void;
}

/** @param clock for expiry; the system's when absent */
export function memorySessions(clock: () => Date = () => new Date()): Sessions {
  const book = tokenBook<Session>(clock);
  return {
    begin: ({ tenant, account, nameId, sessionNotOnOrAfter }) => {
      const expiresAt = sessionEnd(clock(), sessionNotOnOrAfter);
      const token = book.issue({ tenant, accountId: account.id, nameId: nameId.value }, expiresAt);
      const attributes = { path: "/", httpOnly: true, sameSite: "Lax", expires: expiresAt } as const;
      return serialize(cookieName(tenant), token, attributes);
    },
    find: (context, tenant) => {
      const token = getCookie(context, cookieName(tenant));
      const session = token === undefined ? undefined : book.find(token);
      // The name of a cookie is the browser's word; the tenant of a session is ours.
      return session?.tenant === tenant ? session : undefined;
    },
    end: (tenant, accountId) => book.revoke((session) => session.tenant === tenant && session.accountId === accountId),
  };
}

/** The identity provider may end a session sooner (SAML Core §2.7.2), never later. */
function sessionEnd(now: Date, sessionNotOnOrAfter: Date | undefined): Date {
  const end = now.getTime() + EIGHT_HOURS_MS;
  return new Date(Math.min(end, sessionNotOnOrAfter?.getTime() ?? end));
}

/** One per tenant, so that one browser can be signed in to a parent and its children at the same time. */
function cookieName(tenant: string): string {
  return `muster_session_${tenant}`;
}
