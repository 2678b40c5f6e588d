/**
 * Who operates this host: whoever holds the admin token, as a bearer, or in a browser after having shown it once.
 *
 * @module
 */
import { createHash, timingSafeEqual } from "node:crypto";
import type { Authorization } from "@muster/provisioning-engine";
import { type Context, Hono } from "hono";
import { html } from "hono/html";
import { parse, serialize } from "hono/utils/cookie";
import { tokenBook } from "./token-book.ts";

const COOKIE = "muster_operator";
const EIGHT_HOURS_MS = 8 * 3_600_000;
const LINK_LIFETIME_MS = 3_600_000;

export interface Operators {
  /** Bearer token only: what the management API accepts. */
  bearer(request: Request): Authorization | null;
  /** Bearer token or cookie: what the console accepts. */
  browser(request: Request): Authorization | null;
  /** The path of a link that signs one browser in, once, within the hour. */
  link(): string;
  /** The page that asks for the token, with status 401. */
  challenge(context: Context): Response | Promise<Response>;
  /** The routes of `/sign-in`. */
  readonly routes: Hono;
}

/**
 * @param adminToken the secret
 * @param home where a browser goes after signing in
 */
export function operators(adminToken: string, home: string): Operators {
  const expected = digest(adminToken);
  const sessions = tokenBook<true>();
  const links = tokenBook<true>();
  const isAdminToken = (token: string) => timingSafeEqual(digest(token), expected);
  const bearer = (request: Request): Authorization | null => {
    const token = /^Bearer +(\S+)$/i.exec(request.headers.get("authorization") ?? "")?.[1];
    return token !== undefined && isAdminToken(token) ? EVERYTHING : null;
  };
  const enter = (context: Context): Response => {
    const expires = later(EIGHT_HOURS_MS);
    const attributes = { path: "/", httpOnly: true, sameSite: "Lax", expires } as const;
    context.header("set-cookie", serialize(COOKIE, sessions.issue(true, expires), attributes));
    return context.redirect(home, 303);
  };
  return {
    bearer,
    browser: (request) => {
      const cookie = parse(request.headers.get("cookie") ?? "", COOKIE)[COOKIE];
      return cookie !== undefined && sessions.find(cookie) ? EVERYTHING : bearer(request);
    },
    link: () => `/sign-in?ticket=${links.issue(true, later(LINK_LIFETIME_MS))}`,
    challenge: (context) => signInPage(context),
    routes: new Hono()
      .get("/", (context) => (links.take(context.req.query("ticket") ?? "") ? enter(context) : signInPage(context)))
      .post("/", async (context) => {
        const { token } = await context.req.parseBody();
        return typeof token === "string" && isAdminToken(token) ? enter(context) : signInPage(context, true);
      }),
  };
}

const EVERYTHING: Authorization = { actor: "operator", tenants: "all", can: "all" };

function signInPage(context: Context, refused = false): Response | Promise<Response> {
  context.header("cache-control", "no-store");
  context.header("content-security-policy", "default-src 'none'; form-action 'self'; frame-ancestors 'none'");
  return context.html(
    html`<!doctype html>
      <html lang="en">
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <meta name="color-scheme" content="light dark" />
        <title>Sign in to the console</title>
        <main>
          <h1>Sign in to the console</h1>
          ${refused ? html`<p role="alert">This is not the admin token.</p>` : ""}
          <form method="post" action="/sign-in">
            <label>Admin token <input type="password" name="token" autocomplete="off" required /></label>
            <button>Sign in</button>
          </form>
          <p>The token was printed when the server started, or set by MUSTER_ADMIN_TOKEN.</p>
        </main>
      </html>`,
    401,
  );
}

/** Equal lengths, so that the comparison tells nothing about the secret's. */
function digest(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}

function later(milliseconds: number): Date {
  return new Date(Date.now() + milliseconds);
}
