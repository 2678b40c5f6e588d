/**
 * Every tenant that the viewer may see.
 *
 * @module
 */
import type { Page, TenantView } from "@muster/provisioning-engine";
import type { Context } from "hono";
import { html } from "hono/html";
import { renderPage, tenantPath } from "../page.ts";
import { badge, nextPage, table } from "../parts.ts";
import type { ConsoleEnv, Viewer } from "../viewer.ts";

export async function tenantsPage(context: Context<ConsoleEnv>): Promise<Response> {
  const { viewer } = context.env;
  const { items, nextCursor } = await visibleTenants(viewer, context.req.query("cursor"));
  const rows = items.map((tenant) => [
    html`<a href="${tenantPath(viewer.basePath, tenant.id)}">${tenant.name}</a>`,
    tenant.parent === null ? "own connection" : html`inherits from ${tenant.parent}`,
    tenant.connection.scimEnabled ? badge("SCIM on", "good") : badge("SCIM off", "soft"),
    `${tenant.seats.user.used} users, ${tenant.seats.reader.used} readers`,
  ]);
  const body = html`${table("Tenants", ["Name", "Connection", "Provisioning", "Seats used"], rows, "No tenants yet.")}
  ${nextPage(context.req.url, nextCursor)}`;
  return renderPage(context, { title: "Tenants", body });
}

async function visibleTenants({ admin, tenants }: Viewer, cursor: string | undefined): Promise<Page<TenantView>> {
  if (tenants === "all") return admin.tenants.list({ cursor });
  return { items: await Promise.all(tenants.map((id) => admin.tenants.get(id))) };
}
