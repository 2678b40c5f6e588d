/**
 * The people of a tenant, with filters.
 *
 * @module
 */
import type { Account, AccountFilter } from "@muster/provisioning-engine";
import type { Context } from "hono";
import { html, raw } from "hono/html";
import { type Markup, renderPage, tenantPath } from "../page.ts";
import { badge, type Mood, nextPage, table } from "../parts.ts";
import type { ConsoleEnv } from "../viewer.ts";

const KINDS = ["user", "reader"] as const;
const STATUSES = ["active", "inactive", "pending"] as const;

export async function peoplePage(context: Context<ConsoleEnv>): Promise<Response> {
  const { admin, basePath } = context.env.viewer;
  const tenant = context.req.param("tenant") ?? "";
  const filter = readFilter(context);
  const { items, nextCursor } = await admin.accounts.list(tenant, filter);
  const base = `${tenantPath(basePath, tenant)}/people`;
  const columns = ["Name", "User name", "Kind", "Role", "Status", "Managed by"];
  const rows = items.map((account) => [
    html`<a href="${base}/${encodeURIComponent(account.id)}">${account.name}</a>`,
    account.userName,
    account.kind,
    account.role ?? "",
    statusBadge(account),
    account.managedBy?.name ?? html`<span class="soft">nobody, local</span>`,
  ]);
  const body = html`${filterForm(filter)} ${table("People", columns, rows, "Nobody matches.")}
  ${nextPage(context.req.url, nextCursor)}`;
  return renderPage(context, { title: "People", body, tenant });
}

const STATUS_MOODS: Readonly<Record<Account["status"], Mood>> = { active: "good", inactive: "soft", pending: "warn" };

/** Status, and the local suspension beside it. */
export function statusBadge({ status, suspended }: Account): Markup {
  return html`${badge(status, STATUS_MOODS[status])} ${suspended ? badge("suspended", "bad") : ""}`;
}

/** What is no filter is left out: an address that somebody typed shows people, not an error. */
function readFilter({ req }: Context<ConsoleEnv>): AccountFilter {
  return {
    kind: KINDS.find((kind) => kind === req.query("kind")),
    status: STATUSES.find((status) => status === req.query("status")),
    q: req.query("q") || undefined,
    cursor: req.query("cursor"),
  };
}

function filterForm({ kind, status, q }: AccountFilter): Markup {
  return html`<form class="filter" method="get" role="search">
    <label>Search <input type="search" name="q" value="${q ?? ""}" /></label>
    <label>Kind ${select("kind", KINDS, kind)}</label>
    <label>Status ${select("status", STATUSES, status)}</label>
    <button>Filter</button>
  </form>`;
}

function select(name: string, values: readonly string[], chosen: string | undefined): Markup {
  const options = values.map(
    (value) => html`<option value="${value}" ${value === chosen ? raw("selected") : ""}>${value}</option>`,
  );
  return html`<select name="${name}"><option value="">all</option>${options}</select>`;
}
