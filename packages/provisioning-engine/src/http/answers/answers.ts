/**
 * The shapes of what the management API answers, under the names that its description gives them.
 *
 * @module
 */
import type { LinkApprovalView } from "../../admin/views.ts";
import { z } from "../../validation/zod.ts";
import { INVITATION, WRITTEN_ACCOUNT, WRITTEN_GROUP } from "./account-answers.ts";
import { INSTANT } from "./answer-parts.ts";
import { TENANT, WRITTEN_CONNECTION } from "./connection-answers.ts";
import { CLIENT, NEW_CLIENT, NEW_TOKEN, TOKEN } from "./credential-answers.ts";
import { IDENTITY_PROVIDER_PREVIEW, IDP_PRESET, SETUP_GUIDE } from "./identity-provider-answers.ts";
import { AUDIT_ENTRY, EVENT_PAGE, SIGN_IN, SYNC_EVENT, SYNC_FAILURE } from "./log-answers.ts";
import { EXPLANATION, ROLE_RULES } from "./rule-answers.ts";
import { IMPACT, TRIED } from "./simulation-answers.ts";
import { DELIVERY, DELIVERY_ATTEMPT, NEW_WEBHOOK, WEBHOOK } from "./webhook-answers.ts";

/** Either one of the named shapes, or a page of them. */
export interface Answer {
  readonly name: AnswerName;
  readonly page: boolean;
}

export function one(name: Answer["name"]): Answer {
  return { name, page: false };
}

export function pageOf(name: Answer["name"]): Answer {
  return { name, page: true };
}

const LINK_APPROVAL: z.ZodType<LinkApprovalView> = z.object({
  account: z.string(),
  email: z.string(),
  expiresAt: INSTANT,
});

const ERROR = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    hint: z.string().optional().describe("What to do about it."),
    requestId: z.string(),
  }),
});

export const ANSWERS: Readonly<Record<AnswerName, z.ZodType>> = {
  Account: WRITTEN_ACCOUNT,
  AuditEntry: AUDIT_ENTRY,
  Client: CLIENT,
  Delivery: DELIVERY,
  DeliveryAttempt: DELIVERY_ATTEMPT,
  Connection: WRITTEN_CONNECTION,
  Error: ERROR,
  EventPage: EVENT_PAGE,
  Explanation: z.union([EXPLANATION, IMPACT]),
  Group: WRITTEN_GROUP,
  IdentityProviderPreset: IDP_PRESET,
  IdentityProviderPreview: IDENTITY_PROVIDER_PREVIEW,
  Invitation: INVITATION,
  LinkApproval: LINK_APPROVAL,
  NewClient: NEW_CLIENT,
  NewToken: NEW_TOKEN,
  SetupGuide: SETUP_GUIDE,
  SignIn: SIGN_IN,
  NewWebhook: NEW_WEBHOOK,
  Redelivered: z.object({ count: z.int() }),
  RoleRules: ROLE_RULES,
  SyncEvent: SYNC_EVENT,
  SyncFailure: SYNC_FAILURE,
  Tenant: TENANT,
  Token: TOKEN,
  Tried: TRIED,
  Webhook: WEBHOOK,
};

type AnswerName =
  | "Account"
  | "AuditEntry"
  | "Client"
  | "Connection"
  | "Delivery"
  | "DeliveryAttempt"
  | "Error"
  | "EventPage"
  | "Explanation"
  | "Group"
  | "IdentityProviderPreset"
  | "IdentityProviderPreview"
  | "Invitation"
  | "LinkApproval"
  | "NewClient"
  | "NewToken"
  | "SetupGuide"
  | "SignIn"
  | "NewWebhook"
  | "Redelivered"
  | "RoleRules"
  | "SyncEvent"
  | "SyncFailure"
  | "Tenant"
  | "Token"
  | "Tried"
  | "Webhook";
