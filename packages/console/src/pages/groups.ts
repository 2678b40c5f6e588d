/**
 * The groups of a tenant: those that the directory pushes, and those made here.
 *
 * @module
 */
import type { Context } from "hono";
import { renderPage } from "../page.ts";
import { badge, table } from "../parts.ts";
import type { ConsoleEnv } from "../viewer.ts";

export async function groupsPage(context: Context<ConsoleEnv>): Promise<Response> {
  const tenant = context.req.param("tenant") ?? "";
  const { items } = await context.env.viewer.admin.groups.list(tenant);
  const rows = items.map(({ name, kind, memberCount, role, origin, managedBy }) => [
    name,
    kind,
    memberCount,
    role ?? "",
    origin === "scim" ? badge(`managed by ${managedBy?.name ?? "the directory"}`, "soft") : "local",
  ]);
  const columns = ["Name", "Kind", "Members", "Role", "Source"];
  return renderPage(context, { title: "Groups", body: table("Groups", columns, rows, "No groups yet."), tenant });
}
