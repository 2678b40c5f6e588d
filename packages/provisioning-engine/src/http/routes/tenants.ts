import { NEW_TENANT, PAGE_OPTIONS, TENANT_CHANGE } from "../../admin/shapes.ts";
import { one, pageOf } from "../answers/answers.ts";
import { type Route, route } from "../route.ts";
import { listTenants } from "../tenant-listing.ts";

export const TENANT_ROUTES: readonly Route[] = [
  route({
    operation: "tenants.list",
    method: "GET",
    path: "/tenants",
    summary: "Tenants that the credential is good for",
    right: "read",
    query: PAGE_OPTIONS,
    status: 200,
    answer: pageOf("Tenant"),
    act: ({ admin, authorization, query }) => listTenants(admin, authorization, query),
  }),
  route({
    operation: "tenants.create",
    method: "POST",
    path: "/tenants",
    summary: "New tenant; with parent, its connection inherits from the parent's",
    right: "configure",
    body: NEW_TENANT,
    alsoAbout: ({ body: { id, parent } }) => (parent === undefined ? [id] : [id, parent]),
    status: 201,
    answer: one("Tenant"),
    act: ({ admin, body }) => admin.tenants.create(body),
  }),
  route({
    operation: "tenants.get",
    method: "GET",
    path: "/tenants/{tenant}",
    summary: "A tenant: seats, connection and, at a parent, its children",
    right: "read",
    status: 200,
    answer: one("Tenant"),
    act: ({ admin, path }) => admin.tenants.get(path.tenant),
  }),
  route({
    operation: "tenants.update",
    method: "PATCH",
    path: "/tenants/{tenant}",
    summary: "Changes name and seat limits; parent: null unlinks",
    right: "configure",
    body: TENANT_CHANGE,
    alsoAbout: async ({ admin, path, body }) => {
      const { parent } = body.parent === null ? await admin.tenants.get(path.tenant) : { parent: null };
      return parent === null ? [] : [parent];
    },
    status: 200,
    answer: one("Tenant"),
    act: ({ admin, path, body }) => admin.tenants.update(path.tenant, body),
  }),
];
