import { GROUP_CHANGE, NEW_GROUP } from "../../admin/shapes.ts";
import { one, pageOf } from "../answers.ts";
import { type Route, route } from "../route.ts";

export const GROUP_ROUTES: readonly Route[] = [
  route({
    method: "GET",
    path: "/tenants/{tenant}/groups",
    summary: "Groups of a tenant: provisioned and local",
    right: "read",
    status: 200,
    answer: pageOf("Group"),
    act: ({ admin, path }) => admin.groups.list(path.tenant),
  }),
  route({
    method: "POST",
    path: "/tenants/{tenant}/groups",
    summary: "Makes a local group",
    right: "operate",
    body: NEW_GROUP,
    status: 201,
    answer: one("Group"),
    act: ({ admin, path, body }) => admin.groups.create(path.tenant, body),
  }),
  route({
    method: "PATCH",
    path: "/tenants/{tenant}/groups/{group}",
    summary: "Changes a group; the name of a provisioned one answers managed_by_idp",
    right: "operate",
    body: GROUP_CHANGE,
    status: 200,
    answer: one("Group"),
    act: ({ admin, path, body }) => admin.groups.update(path.tenant, path.group, body),
  }),
  route({
    method: "DELETE",
    path: "/tenants/{tenant}/groups/{group}",
    summary: "Deletes a local group; a provisioned one answers managed_by_idp",
    right: "operate",
    status: 204,
    act: ({ admin, path }) => admin.groups.delete(path.tenant, path.group),
  }),
  route({
    method: "PUT",
    path: "/tenants/{tenant}/groups/{group}/members/{account}",
    summary: "Adds a local membership, which no sync removes",
    right: "operate",
    status: 204,
    act: ({ admin, path }) => admin.groups.addMember(path.tenant, path.group, path.account),
  }),
  route({
    method: "DELETE",
    path: "/tenants/{tenant}/groups/{group}/members/{account}",
    summary: "Ends a local membership; one that only the directory gave answers managed_by_idp",
    right: "operate",
    status: 204,
    act: ({ admin, path }) => admin.groups.removeMember(path.tenant, path.group, path.account),
  }),
];
