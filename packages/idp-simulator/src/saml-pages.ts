/**
 * The three pages of the simulated SAML identity provider.
 *
 * @module
 */
import { randomBytes } from "node:crypto";
import type { SamlForm, SamlPerson } from "./saml-exchange.ts";

/** A page and what its content security policy must allow. */
export interface Page {
  readonly title: string;
  /** HTML with every value escaped. */
  readonly body: string;
  readonly script?: string;
  /** Where its form may post to. */
  readonly formAction?: string;
}

/** Posts itself; without JavaScript the person presses the button. */
export function autoPostPage({ action, fields }: SamlForm): Page {
  const inputs = Object.entries(fields).map(
    ([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`,
  );
  return {
    title: "Signing in",
    body: `<form method="post" action="${escapeHtml(action)}">${inputs.join("")}<button>Continue</button></form>`,
    script: "document.forms[0].submit()",
    formAction: new URL(action).origin,
  };
}

/** Everybody who can sign in, each as a link that carries on with the same request. */
export function choicePage(url: URL, people: readonly SamlPerson[]): Page {
  const items = people.map(({ nameId, name }) => {
    const href = new URL(url);
    href.searchParams.set("login_hint", nameId);
    return `<li><a href="${escapeHtml(href.pathname + href.search)}">${escapeHtml(name)}</a> ${escapeHtml(nameId)}</li>`;
  });
  return { title: "Who signs in?", body: `<ul>${items.join("")}</ul>` };
}

export function refusalPage(reason: string): Page {
  return { title: "This does not work", body: `<p>${escapeHtml(reason)}</p>` };
}

/** A page as a response that may load nothing, and run only its own script. */
export function htmlResponse({ title, body, script, formAction }: Page, status = 200): Response {
  const nonce = randomBytes(16).toString("base64");
  const policy = [
    "default-src 'none'",
    ...(script === undefined ? [] : [`script-src 'nonce-${nonce}'`]),
    // Browsers apply form-action to the redirect that follows the post too, hence the whole origin.
    `form-action ${formAction ?? "'none'"}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ];
  const html = [
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>${escapeHtml(title)}</title>`,
    `<main><h1>${escapeHtml(title)}</h1>${body}</main>`,
    ...(script === undefined ? [] : [`<script nonce="${nonce}">${script}</script>`]),
  ];
  return new Response(html.join(""), {
    status,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": policy.join("; "),
      "cache-control": "no-store",
    },
  });
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
