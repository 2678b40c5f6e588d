/**
 * For receivers: whether a request is a webhook of ours.
 *
 * @module
 */
import { timingSafeEqual } from "node:crypto";
import { ProvisioningError } from "../errors.ts";
import type { EventName, ProvisioningEvents } from "../events.ts";
import { signatureOf } from "./signature.ts";

/** What a webhook says. */
export interface WebhookMessage {
  readonly type: EventName | typeof WEBHOOK_TEST;
  /** When it happened, RFC 3339. */
  readonly timestamp: string;
  /** The event, as `admin.events` lists it; de-duplicate by its `id`. Of a test, a sentence. */
  readonly data: ProvisioningEvents[EventName] | { readonly message: string };
}

/** The type of a message that was sent to try a webhook out. */
export const WEBHOOK_TEST = "webhook.test";

export interface WebhookVerification {
  /** The secret that was shown once, `whsec_…`; several are tried in turn. */
  readonly secret: string | readonly string[];
  readonly headers: Headers;
  /** As it arrived, before anything parsed it. */
  readonly body: string;
  /** The system's time when absent. */
  readonly now?: Date | undefined;
  /** How far its time may be from ours; 300 when absent. An older one may be a replay. */
  readonly toleranceSeconds?: number | undefined;
}

const MOST_SIGNATURES = 20;
const DEFAULT_TOLERANCE = 300;

/**
 * Checks signature and age of a webhook, and reads it.
 *
 * @param webhook the secret of the webhook, and the request as it came: the body to the byte
 * @throws {ProvisioningError} `webhook_not_verified`; answer 401 then
 * @example
 * const { type, data } = verifyWebhook({ secret, headers: request.headers, body: await request.text() });
 */
export function verifyWebhook({
  secret,
  headers,
  body,
  now = new Date(),
  ...rest
}: WebhookVerification): WebhookMessage {
  const { toleranceSeconds = DEFAULT_TOLERANCE } = rest;
  const id = headers.get("webhook-id") ?? "";
  const sentAt = headers.get("webhook-timestamp") ?? "";
  if (id === "" || !/^\d{1,12}$/.test(sentAt)) throw notVerified("Its headers are missing.");
  const timestamp = Number(sentAt);
  if (Math.abs(now.getTime() / 1000 - timestamp) > toleranceSeconds) throw notVerified("Its time is not now.");
  const given = readSignatures(headers.get("webhook-signature") ?? "");
  const isSigned = [secret].flat().some((one) => isOneOf(given, signatureOf(one, { id, timestamp, body })));
  if (!isSigned) throw notVerified("No signature matches.");
  return JSON.parse(body) as WebhookMessage;
}

function readSignatures(header: string): readonly Buffer[] {
  const ours = header.split(" ", MOST_SIGNATURES).filter((signature) => signature.startsWith("v1,"));
  return ours.map((signature) => Buffer.from(signature.slice("v1,".length), "base64"));
}

function isOneOf(given: readonly Buffer[], expected: Buffer): boolean {
  return given.some((signature) => signature.length === expected.length && timingSafeEqual(signature, expected));
}

function notVerified(reason: string): ProvisioningError {
  return new ProvisioningError("webhook_not_verified", `This is no webhook of ours. ${reason}`, {
    hint: "Pass the body as it arrived, the headers, and the secret that was shown when the webhook was made.",
  });
}
