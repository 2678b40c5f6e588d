import { ACCOUNT_CHANGE, ACCOUNT_FILTER, NEW_ACCOUNT, SIMULATION } from "../../admin/shapes.ts";
import { one, pageOf } from "../answers.ts";
import { type Route, route } from "../route.ts";

export const ACCOUNT_ROUTES: readonly Route[] = [
  route({
    method: "GET",
    path: "/tenants/{tenant}/accounts",
    summary: "People of a tenant, in order of creation",
    right: "read",
    query: ACCOUNT_FILTER,
    status: 200,
    answer: pageOf("Account"),
    act: ({ admin, path, query }) => admin.accounts.list(path.tenant, query),
  }),
  route({
    method: "POST",
    path: "/tenants/{tenant}/accounts",
    summary: "Makes an account by hand",
    right: "operate",
    body: NEW_ACCOUNT,
    status: 201,
    answer: one("Account"),
    act: ({ admin, path, body }) => admin.accounts.create(path.tenant, body),
  }),
  route({
    method: "GET",
    path: "/tenants/{tenant}/accounts/{account}",
    summary: "One person",
    right: "read",
    status: 200,
    answer: one("Account"),
    act: ({ admin, path }) => admin.accounts.get(path.tenant, path.account),
  }),
  route({
    method: "PATCH",
    path: "/tenants/{tenant}/accounts/{account}",
    summary: "Changes what is local; of a managed account its lockedFields answer managed_by_idp",
    right: "operate",
    body: ACCOUNT_CHANGE,
    status: 200,
    answer: one("Account"),
    act: ({ admin, path, body }) => admin.accounts.update(path.tenant, path.account, body),
  }),
  route({
    method: "POST",
    path: "/tenants/{tenant}/accounts/{account}/invitation",
    summary: "Makes a link by which the person links this account to single sign-on; shown this once",
    right: "operate",
    status: 201,
    answer: one("Invitation"),
    act: ({ admin, path }) => admin.accounts.invite(path.tenant, path.account),
  }),
  route({
    method: "DELETE",
    path: "/tenants/{tenant}/accounts/{account}",
    summary: "Deletes an account; a managed one answers managed_by_idp",
    right: "operate",
    query: SIMULATION,
    status: 204,
    act: ({ admin, path, query }) => admin.accounts.delete(path.tenant, path.account, query),
  }),
];
