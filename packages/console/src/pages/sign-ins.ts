/**
 * Who signed in, and why somebody could not: the reason first, then what was expected and what came.
 *
 * @module
 */
import type { SignInView } from "@muster/provisioning-engine";
import type { Context } from "hono";
import { html } from "hono/html";
import { type Markup, renderPage } from "../page.ts";
import { badge, type Mood, nextPage, table, time } from "../parts.ts";
import type { ConsoleEnv } from "../viewer.ts";

export async function signInsPage(context: Context<ConsoleEnv>): Promise<Response> {
  const tenant = context.req.param("tenant") ?? "";
  const cursor = context.req.query("cursor");
  const { items, nextCursor } = await context.env.viewer.admin.signIns.list(tenant, { cursor });
  const rows = items.map((signIn) => [
    time(signIn.at),
    signIn.subject?.userName ?? signIn.subject?.nameId ?? (signIn.authenticated ? "not told" : "unknown sender"),
    badge(signIn.outcome, MOODS[signIn.outcome]),
    reason(signIn),
    html`<code>${signIn.requestId}</code>`,
  ]);
  const columns = ["Time", "Who", "Result", "Reason", "Request id"];
  const body = html`${table("Sign-ins", columns, rows, "Nobody has signed in yet.")}
  ${nextPage(context.req.url, nextCursor)}`;
  return renderPage(context, { title: "Sign-ins", body, tenant });
}

const MOODS: Readonly<Record<SignInView["outcome"], Mood>> = { accepted: "good", refused: "bad", tested: "soft" };

function reason({ code, message, hint, facts }: SignInView): Markup | string {
  if (code === null) return "";
  const details = Object.entries(facts).map(([name, value]) => html`<li>${name}: <code>${String(value)}</code></li>`);
  return html`${message} <code>${code}</code>
    ${hint === null ? "" : html`<p class="soft">${hint}</p>`}
    ${details.length === 0 ? "" : html`<ul>${details}</ul>`}`;
}
