/**
 * A sign-in ends in the browser that began it. Otherwise somebody could begin one, let another person's browser post
 * the response, and read what that person then does in the wrong account (login CSRF).
 *
 * The cookie holds a random value, the outstanding request its hash. It is one per browser, so that sign-ins in several
 * tabs do not get into each other's way.
 *
 * @module
 */
import { createHash, timingSafeEqual } from "node:crypto";
import { SamlError } from "../errors.ts";
import type { OutstandingRequest } from "../request-store.ts";
import type { ServiceProviderSettings } from "../service-provider.ts";

/** What binds a new question to the browser that asks it. */
export interface BrowserBinding {
  /** For the record of the question. */
  readonly browser: string;
  /** For the answer to the browser. */
  readonly headers: Headers;
}

/** @param newId makes the value of a browser that has none yet */
export function bindToBrowser(
  request: Request,
  { acsUrl }: ServiceProviderSettings,
  newId: () => string,
  seconds: number,
): BrowserBinding {
  const { name, attributes } = cookieOf(acsUrl);
  const value = cookieValue(request, name) ?? digest(newId());
  return {
    browser: digest(value),
    headers: new Headers({ "set-cookie": `${name}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; ${attributes}` }),
  };
}

/**
 * What was bound stays bound, whatever the settings are by now.
 *
 * @param asked the question that is answered; nobody asked when absent
 * @throws {SamlError} `browser_mismatch`
 */
export function requireSameBrowser(
  request: Request,
  { acsUrl }: ServiceProviderSettings,
  asked: OutstandingRequest | undefined,
): void {
  if (asked?.browser === undefined) return;
  const value = cookieValue(request, cookieOf(acsUrl).name);
  if (value !== undefined && timingSafeEqual(Buffer.from(digest(value)), Buffer.from(asked.browser))) return;
  throw new SamlError("browser_mismatch", "This sign-in was begun in another browser. Start again here.", {
    hint: "If this happens to everybody, cookies do not reach the callback: serve it over https, at the host that people sign in at.",
    details: { cookie: value === undefined ? "missing" : "other" },
  });
}

/**
 * The response is a form from another site: only a cookie with `SameSite=None` goes with it, and browsers want that to be
 * `Secure`. The prefix keeps neighbouring hosts from setting it (RFC 6265bis §4.1.3.2).
 */
function cookieOf(acsUrl: string): { readonly name: string; readonly attributes: string } {
  return new URL(acsUrl).protocol === "https:"
    ? { name: "__Host-saml-browser", attributes: "Secure; SameSite=None" }
    : { name: "saml-browser", attributes: "SameSite=Lax" };
}

/** Only what could have come from here: it is written into a header again. */
function cookieValue(request: Request, name: string): string | undefined {
  const pairs = (request.headers.get("cookie") ?? "").split(";").map((pair) => pair.trim());
  const value = pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
  return value !== undefined && /^[0-9a-f]{64}$/.test(value) ? value : undefined;
}

function digest(value: string): string {
  return createHash("sha256").update(value).digest("hex");
}
