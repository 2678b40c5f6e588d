/**
 * The frame of every page: navigation, style, and the headers that keep it from doing anything else.
 *
 * @module
 */
import { randomBytes } from "node:crypto";
import type { Context } from "hono";
import { html, raw } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";
import { STYLE } from "./style.ts";
import type { ConsoleEnv } from "./viewer.ts";

export type Markup = HtmlEscapedString | Promise<HtmlEscapedString>;

export interface Page {
  readonly title: string;
  readonly body: Markup;
  /** Shows the navigation of this tenant. */
  readonly tenant?: string;
  readonly status?: number;
}

const SECTIONS = [
  ["", "Overview"],
  ["/people", "People"],
  ["/groups", "Groups"],
  ["/failures", "Sync failures"],
  ["/sign-ins", "Sign-ins"],
  ["/setup", "Set up"],
] as const;

export function renderPage(context: Context<ConsoleEnv>, page: Page): Response | Promise<Response> {
  const nonce = randomBytes(16).toString("base64");
  for (const [name, value] of Object.entries(securityHeaders(nonce))) context.header(name, value);
  context.status((page.status ?? 200) as 200);
  const { basePath } = context.env.viewer;
  return context.html(
    html`<!doctype html>
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="color-scheme" content="light dark" />
          <title>${page.title} · Provisioning</title>
          <style nonce="${nonce}">${raw(STYLE)}</style>
        </head>
        <body>
          <a class="skip" href="#main">Skip to content</a>
          <header>
            <a href="${basePath}/">Tenants</a>
            ${page.tenant === undefined ? "" : navigation(basePath, page.tenant, context.req.path)}
          </header>
          <main id="main">
            <h1>${page.title}</h1>
            ${page.body}
          </main>
        </body>
      </html>`,
  );
}

function navigation(basePath: string, tenant: string, path: string): Markup {
  const base = tenantPath(basePath, tenant);
  const links = SECTIONS.map(([section, label]) => {
    const current = section === "" ? path === base : path.startsWith(base + section);
    return html`<li><a href="${base}${section}" ${current ? raw('aria-current="page"') : ""}>${label}</a></li>`;
  });
  return html`<nav aria-label="${tenant}"><strong>${tenant}</strong><ul>${links}</ul></nav>`;
}

/** The path of a tenant's pages. */
export function tenantPath(basePath: string, tenant: string): string {
  return `${basePath}/t/${encodeURIComponent(tenant)}`;
}

function securityHeaders(nonce: string): Readonly<Record<string, string>> {
  const policy = [
    "default-src 'none'",
    `style-src 'nonce-${nonce}'`,
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ];
  return {
    "content-security-policy": policy.join("; "),
    "cache-control": "no-store",
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
  };
}
