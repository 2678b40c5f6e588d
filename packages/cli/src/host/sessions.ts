/**
 * The example host's own sessions: what `establishSession` makes of a sign-in, and how a later request is recognised.
 *
 * @module
 */
import type { EndedSession, EndedSessions, EstablishedSignIn, SamlSession } from "@muster/provisioning-engine";
import type { Context } from "hono";
import { getCookie } from "hono/cookie";
import { parse, serialize } from "hono/utils/cookie";
import { tokenBook } from "./token-book.ts";

const EIGHT_HOURS_MS = 8 * 3_600_000;

/** A signed-in person. A session belongs to one tenant and is worth nothing in any other, child or parent. */
export interface Session {
  readonly tenant: string;
  readonly accountId: string;
  readonly nameId: string;
  /** What the identity provider must be told when the person signs out. */
  readonly saml: SamlSession;
}

export interface Sessions {
  /** Begins a session; the result is the value of a `Set-Cookie` header. */
  begin(signIn: EstablishedSignIn): string;
  /** The session that a request has in a tenant. */
  find(context: Context, tenant: string): Session | undefined;
  /** Ends the session of one browser; the result also takes the cookie back. */
  signOut(request: Request, tenant: string): EndedSession;
  /** Ends the sessions that an identity provider speaks of: of a person, and of these sign-ins if any are named. */
  endSaml(tenant: string, ended: EndedSessions): void;
  /** Ends every session of a person in a tenant, in all browsers. */
  end(tenant: string, accountId: string): void;
}

/** @param clock for expiry; the system's when absent */
export function memorySessions(clock: () => Date = () => new Date()): Sessions {
  const book = tokenBook<Session>(clock);
  return {
    begin: ({ tenant, account, nameId, sessionIndex, sessionNotOnOrAfter }) => {
      const expiresAt = sessionEnd(clock(), sessionNotOnOrAfter);
      const token = book.issue(
        { tenant, accountId: account.id, nameId: nameId.value, saml: { nameId, sessionIndex } },
        expiresAt,
      );
      return serialize(cookieName(tenant), token, { ...COOKIE, expires: expiresAt });
    },
    find: (context, tenant) => {
      const token = getCookie(context, cookieName(tenant));
      const session = token === undefined ? undefined : book.find(token);
      // The name of a cookie is the browser's word; the tenant of a session is ours.
      return session?.tenant === tenant ? session : undefined;
    },
    signOut: (request, tenant) => {
      const name = cookieName(tenant);
      const token = parse(request.headers.get("cookie") ?? "", name)[name];
      const session = token === undefined ? undefined : book.take(token);
      const headers = { "set-cookie": serialize(name, "", { ...COOKIE, maxAge: 0 }) };
      return { session: session?.tenant === tenant ? session.saml : undefined, headers };
    },
    endSaml: (tenant, { nameId, sessionIndexes }) =>
      book.revoke(({ tenant: own, saml }) => {
        const isNamed = sessionIndexes.length === 0 || sessionIndexes.includes(saml.sessionIndex ?? "");
        return own === tenant && isNamed && isSameName(saml.nameId, nameId);
      }),
    end: (tenant, accountId) => book.revoke((session) => session.tenant === tenant && session.accountId === accountId),
  };
}

const COOKIE = { path: "/", httpOnly: true, sameSite: "Lax" } as const;

/** SAML Core §3.7.3.2 compares the identifiers as a whole; what a provider leaves out of its request it takes for known. */
function isSameName(own: SamlSession["nameId"], asked: SamlSession["nameId"]): boolean {
  return own.value === asked.value && (asked.format === undefined || own.format === asked.format);
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
