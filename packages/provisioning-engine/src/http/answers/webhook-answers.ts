/**
 * Webhooks and their deliveries, as the management API answers them.
 *
 * @module
 */
import type { DeliveryView, WebhookView } from "../../admin/views.ts";
import type { DeliveryAttempt } from "../../ports/index.ts";
import { z } from "../../validation/zod.ts";
import { INSTANT, NULLABLE_TEXT } from "./answer-parts.ts";

const WEBHOOK_FIELDS = {
  id: z.string(),
  url: z.string(),
  description: NULLABLE_TEXT,
  types: z.array(z.string()).nullable().describe("null for all events"),
  enabled: z.boolean(),
  disabled: z.object({ reason: z.enum(["admin", "gone", "failing"]), at: INSTANT }).nullable(),
  lastSuccessAt: INSTANT.nullable(),
  oldSecretUntil: INSTANT.nullable(),
  createdAt: INSTANT,
};

export const WEBHOOK: z.ZodType<WebhookView> = z.object(WEBHOOK_FIELDS);

export const NEW_WEBHOOK: z.ZodType<WebhookView & { readonly secret: string }> = z.object({
  ...WEBHOOK_FIELDS,
  secret: z.string().describe("Shown this once."),
});

export const DELIVERY_ATTEMPT: z.ZodType<DeliveryAttempt> = z.object({
  at: INSTANT,
  status: z.int().nullable().describe("Of the answer; null without one."),
  error: NULLABLE_TEXT.describe("Why it does not count as delivered; null when it does."),
});

export const DELIVERY: z.ZodType<DeliveryView> = z.object({
  id: z.string(),
  type: z.string(),
  state: z.enum(["pending", "delivered", "dead"]),
  attempts: z.int(),
  createdAt: INSTANT,
  nextAttemptAt: INSTANT.nullable(),
  lastAttempt: DELIVERY_ATTEMPT.nullable(),
});
