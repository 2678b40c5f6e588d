import { EXPLAIN_QUESTION, NEW_ROLE_RULES } from "../../admin/shapes.ts";
import { one } from "../answers/answers.ts";
import { type Route, route } from "../route.ts";

export const ROLE_RULE_ROUTES: readonly Route[] = [
  route({
    operation: "roleRules.get",
    method: "GET",
    path: "/tenants/{tenant}/role-rules",
    summary: "The rules in effect; at a child its parent's, read-only",
    right: "read",
    status: 200,
    answer: one("RoleRules"),
    act: ({ admin, path }) => admin.roleRules.get(path.tenant),
  }),
  route({
    operation: "roleRules.replace",
    method: "PUT",
    path: "/tenants/{tenant}/role-rules",
    summary: "Replaces the rules as a whole; everybody is looked at again in the background",
    right: "configure",
    body: NEW_ROLE_RULES,
    status: 200,
    answer: one("RoleRules"),
    act: ({ admin, path, body }) => admin.roleRules.replace(path.tenant, body),
  }),
  route({
    operation: "explain",
    method: "POST",
    path: "/tenants/{tenant}/explain",
    summary: "What would become of a person, or what rules would change for everybody; nothing is written",
    right: "read",
    body: EXPLAIN_QUESTION,
    status: 200,
    answer: one("Explanation"),
    act: ({ admin, path, body }) =>
      "all" in body ? admin.explain(path.tenant, body) : admin.explain(path.tenant, body),
  }),
];
