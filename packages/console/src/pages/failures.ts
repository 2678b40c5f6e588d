/**
 * Who failed to sync, and why, in one line each.
 *
 * @module
 */
import type { SyncFailureView } from "@muster/provisioning-engine";
import type { Context } from "hono";
import { html } from "hono/html";
import { type Markup, renderPage, tenantPath } from "../page.ts";
import { badge, table, time } from "../parts.ts";
import type { ConsoleEnv } from "../viewer.ts";

export async function failuresPage(context: Context<ConsoleEnv>): Promise<Response> {
  const { admin, basePath } = context.env.viewer;
  const tenant = context.req.param("tenant") ?? "";
  const { items } = await admin.syncFailures.list(tenant, { limit: 500 });
  const base = `${tenantPath(basePath, tenant)}/failures`;
  const rows = items.map((failure) => [
    html`<a href="${base}/${encodeURIComponent(failure.id)}">${failure.subject.label}</a>`,
    failure.subject.type,
    causeText(failure.cause),
    stateBadge(failure),
    time(failure.lastSeen),
    failure.attempts,
  ]);
  const columns = ["Who", "Type", "Cause", "State", "Last seen", "Attempts"];
  const body = table("Sync failures", columns, rows, "Everybody was synced.");
  return renderPage(context, { title: "Sync failures", body, tenant });
}

/** The banner of a tenant; nothing while everybody was synced. */
export function failureNotice(base: string, open: number): Markup | "" {
  if (open === 0) return "";
  const who = open === 1 ? "one person or group" : `${open} people or groups`;
  return html`<p class="notice" role="status">Sync failed for ${who}. <a href="${base}/failures">View details</a></p>`;
}

const CAUSES: Readonly<Record<SyncFailureView["cause"], string>> = {
  duplicate: "Duplicate",
  seat_limit: "No free seat",
  validation: "Invalid value",
  last_owner: "Last owner",
  conflict: "Conflict",
  unknown_member: "Unknown member",
  internal: "Internal error",
};

export function causeText(cause: SyncFailureView["cause"]): string {
  return CAUSES[cause];
}

export function stateBadge({ resolvedAt }: SyncFailureView): Markup {
  return resolvedAt === null ? badge("open", "bad") : badge("resolved", "good");
}
