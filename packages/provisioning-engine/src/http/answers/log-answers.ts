/**
 * Events, failures and logs, as the management API answers them.
 *
 * @module
 */
import type { Simulated } from "../../admin/explain-views.ts";
import type { AuditView, SignInView, SyncEventView, SyncFailureView } from "../../admin/views.ts";
import type { EventPage } from "../../events.ts";
import { EVENT_NAMES } from "../../events.ts";
import { z } from "../../validation/zod.ts";
import { CAUSE, INSTANT, NULLABLE_TEXT } from "./answer-parts.ts";
import { SIMULATED } from "./simulation-answers.ts";

const SUBJECT = z.object({ type: z.string(), id: z.string() });

const OPERATION = z.enum(["create", "replace", "patch", "delete", "inherit"]);

const SYNC_SUBJECT = z.object({
  type: z.enum(["User", "Group"]),
  key: z.string(),
  label: z.string(),
  id: NULLABLE_TEXT,
});

export const SYNC_EVENT: z.ZodType<SyncEventView> = z.object({
  id: z.string(),
  at: INSTANT,
  operation: OPERATION,
  subject: SYNC_SUBJECT,
  outcome: z.enum(["changed", "unchanged", "failed"]),
  cause: CAUSE.nullable(),
  message: NULLABLE_TEXT,
  requestId: z.string(),
});

export const SYNC_FAILURE: z.ZodType<Simulated<SyncFailureView>> = z.object({
  id: z.string(),
  subject: SYNC_SUBJECT,
  operation: OPERATION,
  cause: CAUSE,
  message: z.string(),
  firstSeen: INSTANT,
  lastSeen: INSTANT,
  attempts: z.int(),
  resolvedAt: INSTANT.nullable(),
  retryable: z.boolean(),
  ...SIMULATED,
});

export const SIGN_IN: z.ZodType<SignInView> = z.object({
  id: z.string(),
  at: INSTANT,
  outcome: z.enum(["accepted", "refused", "tested"]),
  code: NULLABLE_TEXT.describe("Why it was refused, or would have been."),
  stage: NULLABLE_TEXT,
  message: NULLABLE_TEXT,
  hint: NULLABLE_TEXT.describe("What to do about it."),
  facts: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
    .describe("What was expected, what came, and the fingerprint of the certificate that it was signed by."),
  authenticated: z.boolean().describe("Whether the identity provider stands behind it."),
  subject: z.object({ nameId: z.string(), accountId: NULLABLE_TEXT, userName: NULLABLE_TEXT }).nullable(),
  requestId: z.string(),
});

export const AUDIT_ENTRY: z.ZodType<AuditView> = z.object({
  id: z.string(),
  at: INSTANT,
  actor: SUBJECT,
  action: z.string(),
  subject: SUBJECT,
  before: z.unknown(),
  after: z.unknown(),
});

/** Each type of event has fields of its own beside these. */
const EVENT = z.looseObject({
  id: z.string(),
  type: z.enum(EVENT_NAMES),
  at: INSTANT,
  tenant: z.string(),
  actor: SUBJECT,
});

export const EVENT_PAGE: z.ZodType<EventPage> = z.object({
  items: z.array(EVENT as unknown as z.ZodType<EventPage["items"][number]>),
  cursor: NULLABLE_TEXT.describe("To ask again with, at once or later."),
  hasMore: z.boolean(),
});
