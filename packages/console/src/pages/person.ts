/**
 * One person: what the directory says, what is local, and which is which.
 *
 * @module
 */
import type { Account } from "@muster/provisioning-engine";
import type { Context } from "hono";
import { html } from "hono/html";
import { type Markup, renderPage } from "../page.ts";
import { facts, table } from "../parts.ts";
import type { ConsoleEnv } from "../viewer.ts";
import { statusBadge } from "./people.ts";

export async function personPage(context: Context<ConsoleEnv>): Promise<Response> {
  const tenant = context.req.param("tenant") ?? "";
  const account = await context.env.viewer.admin.accounts.get(tenant, context.req.param("account") ?? "");
  const body = html`${lockNotice(account)}
    <h2>Profile</h2>
    ${facts([
      ["User name", locked(account, "userName", account.userName)],
      ["E-mail", locked(account, "email", account.email ?? "none")],
      ["Kind", locked(account, "kind", account.kind)],
      ["Status", statusBadge(account)],
    ])}
    <h2>Local</h2>
    ${facts([
      ["Role", account.role ?? "none"],
      ["Content role", account.contentRole ?? "none"],
      ["Content access", html`<code>${JSON.stringify(account.contentAccess ?? null)}</code>`],
      ["Id", html`<code>${account.id}</code>`],
    ])}
    <h2>Groups</h2>
    ${table("Groups", ["Name", "Kind", "Because of"], groupRows(account), "In no group.")}`;
  return renderPage(context, { title: account.name, body, tenant });
}

function lockNotice({ managedBy, lockedFields }: Account): Markup | "" {
  if (managedBy === null || lockedFields.length === 0) return "";
  return html`<p class="notice">
    Managed by ${managedBy.name}: ${lockedFields.join(", ")} can only be changed at the identity provider.
  </p>`;
}

function locked({ lockedFields }: Account, field: string, value: string): Markup | string {
  return lockedFields.includes(field) ? html`${value} <span class="soft">(locked)</span>` : value;
}

function groupRows({ groups }: Account): readonly (readonly string[])[] {
  return groups.map(({ name, kind, sources }) => [name, kind, sources.join(", ")]);
}
