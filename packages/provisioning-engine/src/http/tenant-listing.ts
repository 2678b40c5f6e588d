/**
 * The tenants that a credential is good for.
 *
 * @module
 */
import type { Admin, PageOptions } from "../admin/admin.ts";
import { readSlice, toPage } from "../admin/page.ts";
import type { Page, TenantView } from "../admin/views.ts";
import { isProvisioningError } from "../errors.ts";
import type { TenantId } from "../ports/index.ts";
import type { Authorization } from "./authorization.ts";

/** Pages through all tenants, or through those of the authorization's list that are there. */
export async function listTenants(
  admin: Admin,
  { tenants }: Authorization,
  options: PageOptions,
): Promise<Page<TenantView>> {
  if (tenants === "all") return admin.tenants.list(options);
  const { after = "", limit } = readSlice("tenants", options);
  const ids = [...new Set(tenants)].toSorted().filter((id) => id > after);
  const { items, ...next } = toPage(
    "tenants",
    ids.slice(0, limit + 1),
    limit,
    (id) => id,
    (id) => id,
  );
  const found = await Promise.all(items.map((id) => existing(admin, id)));
  return { items: found.filter((tenant) => tenant !== undefined), ...next };
}

async function existing(admin: Admin, id: TenantId): Promise<TenantView | undefined> {
  try {
    return await admin.tenants.get(id);
  } catch (error) {
    if (isProvisioningError(error) && error.code === "not_found") return undefined;
    throw error;
  }
}
