import { FAILURE_FILTER, PAGE_OPTIONS } from "../../admin/shapes.ts";
import { one, pageOf } from "../answers.ts";
import { type Route, route } from "../route.ts";

export const SYNC_ROUTES: readonly Route[] = [
  route({
    method: "GET",
    path: "/tenants/{tenant}/sync-events",
    summary: "What the directory asked for, newest first",
    right: "read",
    query: PAGE_OPTIONS,
    status: 200,
    answer: pageOf("SyncEvent"),
    act: ({ admin, path, query }) => admin.syncEvents.list(path.tenant, query),
  }),
  route({
    method: "GET",
    path: "/tenants/{tenant}/sync-failures",
    summary: "Who failed to sync, and why; newest first",
    right: "read",
    query: FAILURE_FILTER,
    status: 200,
    answer: pageOf("SyncFailure"),
    act: ({ admin, path, query }) => admin.syncFailures.list(path.tenant, query),
  }),
  route({
    method: "GET",
    path: "/tenants/{tenant}/sync-failures/{failure}",
    summary: "One failure",
    right: "read",
    status: 200,
    answer: one("SyncFailure"),
    act: ({ admin, path }) => admin.syncFailures.get(path.tenant, path.failure),
  }),
  route({
    method: "POST",
    path: "/tenants/{tenant}/sync-failures/{failure}/retry",
    summary: "Tries again what failed; not_retryable when only the directory can send it again",
    right: "operate",
    status: 200,
    answer: one("SyncFailure"),
    act: ({ admin, path }) => admin.syncFailures.retry(path.tenant, path.failure),
  }),
  route({
    method: "GET",
    path: "/tenants/{tenant}/sign-ins",
    summary: "Sign-ins, and why they were refused; newest first",
    right: "read",
    query: PAGE_OPTIONS,
    status: 200,
    answer: pageOf("SignIn"),
    act: ({ admin, path, query }) => admin.signIns.list(path.tenant, query),
  }),
  route({
    method: "GET",
    path: "/tenants/{tenant}/audit",
    summary: "Who changed what, before and after; newest first",
    right: "read",
    query: PAGE_OPTIONS,
    status: 200,
    answer: pageOf("AuditEntry"),
    act: ({ admin, path, query }) => admin.audit.list(path.tenant, query),
  }),
];
