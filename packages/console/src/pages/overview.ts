/**
 * A tenant at a glance: its connection, its seats, its children, what failed.
 *
 * @module
 */
import type { ChildView, TenantView } from "@muster/provisioning-engine";
import type { Context } from "hono";
import { html } from "hono/html";
import { type Markup, renderPage, tenantPath } from "../page.ts";
import { badge, facts, type Mood, table, time } from "../parts.ts";
import type { ConsoleEnv } from "../viewer.ts";
import { failureNotice } from "./failures.ts";

export async function overviewPage(context: Context<ConsoleEnv>): Promise<Response> {
  const { admin, basePath } = context.env.viewer;
  const id = context.req.param("tenant") ?? "";
  const [tenant, failures] = await Promise.all([
    admin.tenants.get(id),
    admin.syncFailures.list(id, { open: true, limit: 500 }),
  ]);
  const body = html`${failureNotice(tenantPath(basePath, id), failures.items.length)}
    ${tenant.connection.warnings.map(({ message }) => html`<p class="notice" role="status">${message}</p>`)}
    <h2>Connection</h2>
    ${connectionFacts(tenant, basePath)}
    <h2>Seats</h2>
    ${facts([
      ["Users", seats(tenant.seats.user)],
      ["Readers", seats(tenant.seats.reader)],
    ])}
    ${tenant.children === undefined ? "" : children(tenant.children, basePath)}`;
  return renderPage(context, { title: tenant.name, body, tenant: id });
}

function connectionFacts({ connection }: TenantView, basePath: string): Markup {
  const { scim, saml, idp, metadata, owner, readOnly, scimEnabled, groupSync } = connection;
  const owned = html`read-only, set at <a href="${tenantPath(basePath, owner)}">${owner}</a>`;
  return facts([
    ["Settings", readOnly ? owned : "set here"],
    ["Provisioning (SCIM)", scimEnabled ? badge("on", "good") : badge("off", "soft")],
    ["Group sync", groupSync ? "on" : "off"],
    ["SCIM base URL", scim === null ? "at the parent only" : html`<code>${scim.baseUrl}</code>`],
    ["Identity provider", idp === null ? badge("not configured", "warn") : html`<code>${idp.entityId}</code>`],
    ...(idp?.certificates ?? []).map(
      ({ subject, notAfter }) => ["Certificate", html`${subject}, until ${time(notAfter)}`] as const,
    ),
    ...(metadata === null
      ? []
      : [["Its metadata was read", metadata.readAt ? time(metadata.readAt) : "never"] as const]),
    ["Callback path", html`<code>${saml.acsUrl}</code>`],
    ["Service provider entity id", html`<code>${saml.entityId}</code>`],
    ["Sign-in page", html`<code>${saml.signInUrl}</code>`],
  ]);
}

function seats({ used, limit }: { readonly used: number; readonly limit: number | null }): Markup | string {
  if (limit === null) return `${used} used, no limit`;
  return html`${used} of ${limit} used ${used >= limit ? badge("full", "warn") : ""}`;
}

const MOODS: Readonly<Record<ChildView["state"], Mood>> = {
  inheriting: "soft",
  backfilling: "warn",
  in_sync: "good",
  degraded: "bad",
};

function children(views: readonly ChildView[], basePath: string): Markup {
  const rows = views.map(({ id, name, state, pending, failed }) => [
    html`<a href="${tenantPath(basePath, id)}">${name}</a>`,
    badge(state.replace("_", " "), MOODS[state]),
    pending,
    failed,
  ]);
  const columns = ["Project", "State", "Waiting for a seat", "Failed"];
  return html`<h2>Inherited by</h2>
    ${table("Projects that inherit this connection", columns, rows, "No projects.")}`;
}
