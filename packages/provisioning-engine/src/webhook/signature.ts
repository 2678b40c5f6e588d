/**
 * Signatures of Standard Webhooks: HMAC-SHA256 over id, time and body, one for each secret that is valid.
 *
 * @module
 */
import { createHmac, randomBytes } from "node:crypto";

const PREFIX = "whsec_";
const SECRET_BYTES = 32;

export function newWebhookSecret(): string {
  return PREFIX + randomBytes(SECRET_BYTES).toString("base64");
}

/** What is signed. */
export interface SignedMessage {
  readonly id: string;
  /** Seconds since 1970. */
  readonly timestamp: number;
  readonly body: string;
}

/** @param secret with or without its prefix */
export function signatureOf(secret: string, { id, timestamp, body }: SignedMessage): Buffer {
  const key = Buffer.from(secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : secret, "base64");
  return createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest();
}

/** The three headers of a message. While a secret is being replaced there are two signatures, for old and new receivers. */
export function signedHeaders(secrets: readonly string[], message: SignedMessage): Readonly<Record<string, string>> {
  const signatures = secrets.map((secret) => `v1,${signatureOf(secret, message).toString("base64")}`);
  return {
    "webhook-id": message.id,
    "webhook-timestamp": String(message.timestamp),
    "webhook-signature": signatures.join(" "),
  };
}
