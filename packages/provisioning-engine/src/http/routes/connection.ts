import { CONNECTION_CHANGE, NEW_TOKEN } from "../../admin/shapes.ts";
import { one, pageOf } from "../answers.ts";
import { type Route, route } from "../route.ts";

export const CONNECTION_ROUTES: readonly Route[] = [
  route({
    method: "GET",
    path: "/tenants/{tenant}/connection",
    summary: "The connection in effect; at a child its parent's, read-only",
    right: "read",
    status: 200,
    answer: one("Connection"),
    act: ({ admin, path }) => admin.connections.get(path.tenant),
  }),
  route({
    method: "PATCH",
    path: "/tenants/{tenant}/connection",
    summary: "Changes settings; at a child everything but presentation answers inherited_read_only",
    right: "configure",
    body: CONNECTION_CHANGE,
    status: 200,
    answer: one("Connection"),
    act: ({ admin, path, body }) => admin.connections.update(path.tenant, body),
  }),
  route({
    method: "GET",
    path: "/tenants/{tenant}/connection/tokens",
    summary: "Tokens, without their secret",
    right: "read",
    status: 200,
    answer: pageOf("Token"),
    act: ({ admin, path }) => admin.tokens.list(path.tenant),
  }),
  route({
    method: "POST",
    path: "/tenants/{tenant}/connection/tokens",
    summary: "Makes a token, which is shown this once; several may be valid",
    right: "tokens",
    body: NEW_TOKEN.optional(),
    status: 201,
    answer: one("NewToken"),
    act: ({ admin, path, body }) => admin.tokens.create(path.tenant, body),
  }),
  route({
    method: "DELETE",
    path: "/tenants/{tenant}/connection/tokens/{token}",
    summary: "Revokes a token at once",
    right: "tokens",
    status: 204,
    act: ({ admin, path }) => admin.tokens.revoke(path.tenant, path.token),
  }),
];
