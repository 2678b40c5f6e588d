/**
 * Every operation of the management API.
 *
 * @module
 */
import type { Route } from "../route.ts";
import { ACCOUNT_ROUTES } from "./accounts.ts";
import { CONNECTION_ROUTES } from "./connection.ts";
import { GROUP_ROUTES } from "./groups.ts";
import { ROLE_RULE_ROUTES } from "./role-rules.ts";
import { SYNC_ROUTES } from "./sync.ts";
import { TENANT_ROUTES } from "./tenants.ts";
import { WEBHOOK_ROUTES } from "./webhooks.ts";

export const ROUTES: readonly Route[] = [
  ...TENANT_ROUTES,
  ...ACCOUNT_ROUTES,
  ...GROUP_ROUTES,
  ...CONNECTION_ROUTES,
  ...ROLE_RULE_ROUTES,
  ...SYNC_ROUTES,
  ...WEBHOOK_ROUTES,
];
