/**
 * As much of a browser as a sign-in needs: cookies, redirects that are followed one by one, and forms.
 *
 * @module
 */
import type { SamlForm } from "@muster/idp-simulator";
import { verifyEqual, verifyPresent } from "./verify.ts";

export interface Browser {
  /** @returns status and parsed JSON body, if it is any */
  read(url: string): Promise<Visit>;
  /** Opens the service's sign-in page and returns the address at the identity provider that it redirects to. */
  beginSignIn(signInUrl: string): Promise<string>;
  /** Signs in at the identity provider as somebody and returns the form that it wants posted. */
  authenticate(identityProviderUrl: string, nameId: string): Promise<SamlForm>;
  /** Posts the form to the service and follows its redirect. */
  finishSignIn(form: SamlForm): Promise<Visit>;
}

export interface Visit {
  readonly status: number;
  readonly body: unknown;
}

/** A browser without history: no cookies yet. */
export function createBrowser(): Browser {
  const cookies = new Map<string, string>();
  const open = async (url: string, init: RequestInit = {}): Promise<Response> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await fetch(url, { ...init, redirect: "manual", headers: { accept: "application/json", cookie } });
    for (const line of response.headers.getSetCookie()) keep(cookies, line);
    return response;
  };
  const read = async (url: string) => visit(await open(url));
  return {
    read,
    beginSignIn: async (signInUrl) => {
      const response = await open(signInUrl);
      verifyEqual("status of the sign-in page", response.status, 302);
      return target(response, signInUrl);
    },
    authenticate: async (identityProviderUrl, nameId) => {
      const url = new URL(identityProviderUrl);
      url.searchParams.set("login_hint", nameId);
      return readForm(await (await open(url.href)).text());
    },
    finishSignIn: async ({ action, fields }) => {
      const response = await open(action, { method: "POST", body: new URLSearchParams(fields) });
      return response.status === 303 ? read(target(response, action)) : visit(response);
    },
  };
}

/** The whole way, from the sign-in page to the page after it. */
export async function signIn(browser: Browser, signInUrl: string, nameId: string): Promise<Visit> {
  const identityProviderUrl = await browser.beginSignIn(signInUrl);
  return browser.finishSignIn(await browser.authenticate(identityProviderUrl, nameId));
}

function keep(cookies: Map<string, string>, line: string): void {
  const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
  if (name !== undefined && value !== undefined) cookies.set(name, value);
}

function target(response: Response, base: string): string {
  return new URL(verifyPresent("Location", response.headers.get("location")), base).href;
}

async function visit(response: Response): Promise<Visit> {
  const text = await response.text();
  const json = response.headers.get("content-type")?.startsWith("application/json") ?? false;
  return { status: response.status, body: json ? JSON.parse(text) : undefined };
}

/** The one form of a page, as a browser would submit it. */
function readForm(html: string): SamlForm {
  const action = /<form[^>]* action="([^"]*)"/.exec(html)?.[1];
  const inputs = html.matchAll(/<input[^>]* name="([^"]*)" value="([^"]*)"/g);
  const fields = Array.from(inputs, ([, name = "", value = ""]) => [name, unescapeHtml(value)] as const);
  return {
    action: unescapeHtml(verifyPresent("form of the identity provider", action)),
    fields: Object.fromEntries(fields),
  };
}

function unescapeHtml(text: string): string {
  return text.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
}
