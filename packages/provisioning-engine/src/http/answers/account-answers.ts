/**
 * People and groups, as the management API answers them.
 *
 * @module
 */
import type { Simulated } from "../../admin/explain-views.ts";
import type { Account, GroupView, InvitationView, ManagedBy } from "../../admin/views.ts";
import { z } from "../../validation/zod.ts";
import { INSTANT, KIND, NULLABLE_TEXT, STATUS } from "./answer-parts.ts";
import { SIMULATED } from "./simulation-answers.ts";

const ROLE_SOURCE = z.enum(["default", "group", "local", "rule", "idp"]).nullable();

const MANAGED_BY: z.ZodType<ManagedBy> = z.object({ connectionId: z.string(), tenant: z.string(), name: z.string() });

const ACCOUNT_FIELDS = {
  id: z.string(),
  userName: z.string(),
  email: NULLABLE_TEXT,
  name: z.string(),
  kind: KIND,
  role: NULLABLE_TEXT.describe("null for readers"),
  roleSource: ROLE_SOURCE,
  contentRole: NULLABLE_TEXT,
  contentRoleSource: ROLE_SOURCE,
  contentAccess: z.unknown(),
  status: STATUS,
  suspended: z.boolean(),
  groups: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      kind: KIND,
      sources: z.array(z.enum(["scim", "local", "default", "rule"])),
    }),
  ),
  lockedFields: z.array(z.string()),
  managedBy: MANAGED_BY.nullable(),
};

export const ACCOUNT: z.ZodType<Account> = z.object(ACCOUNT_FIELDS);

export const WRITTEN_ACCOUNT: z.ZodType<Simulated<Account>> = z.object({ ...ACCOUNT_FIELDS, ...SIMULATED });

export const WRITTEN_GROUP: z.ZodType<Simulated<GroupView>> = z.object({
  id: z.string(),
  name: z.string(),
  kind: KIND,
  origin: z.enum(["scim", "local"]),
  role: NULLABLE_TEXT,
  contentAccess: z.unknown(),
  memberCount: z.int(),
  lockedFields: z.array(z.string()),
  managedBy: MANAGED_BY.nullable(),
  ...SIMULATED,
});

export const INVITATION: z.ZodType<InvitationView> = z.object({
  account: z.string(),
  url: z.string().describe("Shown this once."),
  expiresAt: INSTANT,
});
