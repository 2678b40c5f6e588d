/**
 * The pages that a browser may see on its way: one that posts itself, one that says why not, one that says how far a
 * sign-out went. None may load anything, be framed or be kept.
 *
 * @module
 */
import { randomBytes } from "node:crypto";

/** Carries a form to another site; without JavaScript the person presses the button. */
export function autoPostPage(title: string, action: string, fields: Readonly<Record<string, string>>): Response {
  const nonce = randomBytes(16).toString("base64");
  const inputs = Object.entries(fields).map(
    ([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`,
  );
  const body = [
    `<form method="post" action="${escapeHtml(action)}">${inputs.join("")}<button>Continue</button></form>`,
    `<script nonce="${nonce}">document.forms[0].submit()</script>`,
  ].join("");
  // No form-action: browsers apply it to the redirects that follow too, and only the provider knows where those go.
  return htmlResponse(200, title, body, `script-src 'nonce-${nonce}'`);
}

/** @param requestId what the person quotes to whoever can read the log */
export function refusalPage(status: number, message: string, requestId: string): Response {
  const advice = "If it happens again, give your administrator this request id";
  const body = `<p>${escapeHtml(message)}</p><p>${advice}: <code>${escapeHtml(requestId)}</code></p>`;
  return htmlResponse(status, "You are not signed in", body, "form-action 'none'");
}

/** @param returnTo a path of the host, already checked */
export function signedOutPage(message: string, returnTo: string): Response {
  const body = `<p>${escapeHtml(message)}</p><p><a href="${escapeHtml(returnTo)}">Continue</a></p>`;
  return htmlResponse(200, "You are signed out", body, "form-action 'none'");
}

function htmlResponse(status: number, title: string, body: string, policy: string): Response {
  const html = [
    `<!doctype html><html lang="en"><meta charset="utf-8">`,
    `<meta name="viewport" content="width=device-width"><title>${title}</title>`,
    `<main><h1>${title}</h1>${body}</main></html>`,
  ].join("");
  return new Response(html, {
    status,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": `default-src 'none'; ${policy}; base-uri 'none'; frame-ancestors 'none'`,
      "cache-control": "no-store",
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
    },
  });
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
