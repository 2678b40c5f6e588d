/**
 * "View details": what happened to one person or group, and what to do about it.
 *
 * @module
 */
import type { SyncFailureView } from "@muster/provisioning-engine";
import type { Context } from "hono";
import { html } from "hono/html";
import { type Markup, renderPage } from "../page.ts";
import { facts, time } from "../parts.ts";
import type { ConsoleEnv } from "../viewer.ts";
import { causeText, stateBadge } from "./failures.ts";

export async function failurePage(context: Context<ConsoleEnv>): Promise<Response> {
  const { admin, can } = context.env.viewer;
  const tenant = context.req.param("tenant") ?? "";
  const failure = await admin.syncFailures.get(tenant, context.req.param("failure") ?? "");
  const body = html`<p class="notice">${failure.message}</p>
    ${details(failure)} ${can("operate") ? retryForm(context.req.path, failure) : ""}`;
  return renderPage(context, { title: failure.subject.label, body, tenant });
}

function details(failure: SyncFailureView): Markup {
  return facts([
    ["Cause", causeText(failure.cause)],
    ["State", stateBadge(failure)],
    ["Operation", failure.operation],
    ["First seen", time(failure.firstSeen)],
    ["Last seen", time(failure.lastSeen)],
    ["Attempts", failure.attempts],
    ["Resolved", failure.resolvedAt === null ? "not yet" : time(failure.resolvedAt)],
  ]);
}

function retryForm(path: string, { resolvedAt, retryable }: SyncFailureView): Markup | "" {
  if (resolvedAt !== null) return "";
  if (!retryable) return html`<p class="soft">Only the identity provider can send this again.</p>`;
  return html`<form method="post" action="${path}/retry"><button>Try again</button></form>`;
}
