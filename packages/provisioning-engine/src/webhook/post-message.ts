/**
 * One message, posted once: resolved, checked, signed, sent, and not waited for longer than agreed.
 *
 * @module
 */
import type { EngineContext } from "../context.ts";
import { withinDeadline } from "../deadline.ts";
import type { DeliveryAttempt, WebhookRecord } from "../ports/index.ts";
import { resolveDestination } from "./destination.ts";
import { retryAfterSeconds } from "./retry-schedule.ts";
import { signedHeaders } from "./signature.ts";
import type { WebhookAnswer, Webhooks } from "./webhook.ts";

export const ATTEMPT_SECONDS = 15;

export interface Posted {
  readonly attempt: DeliveryAttempt;
  /** Seconds that the receiver asked us to wait. */
  readonly retryAfter: number;
}

/** @returns what became of it; an attempt that failed is an answer too */
export async function postMessage(
  { clock }: EngineContext,
  webhooks: Webhooks,
  webhook: WebhookRecord,
  message: { readonly id: string; readonly body: string },
): Promise<Posted> {
  const now = clock();
  const at = now.toISOString();
  try {
    const { status, retryAfter } = await withinDeadline(
      ATTEMPT_SECONDS * 1000,
      (signal) => post(webhooks, webhook, message, now, signal),
      () => new Error(`It did not answer within ${ATTEMPT_SECONDS} seconds.`),
    );
    const error = status >= 200 && status < 300 ? null : answeredWith(status);
    return { attempt: { at, status, error }, retryAfter: retryAfterSeconds(status, retryAfter, now) };
  } catch (error) {
    return { attempt: { at, status: null, error: describe(error) }, retryAfter: 0 };
  }
}

async function post(
  webhooks: Webhooks,
  { url, secrets }: WebhookRecord,
  { id, body }: { readonly id: string; readonly body: string },
  now: Date,
  signal: AbortSignal,
): Promise<WebhookAnswer> {
  const address = await resolveDestination(webhooks.network, new URL(url), webhooks);
  const isValid = ({ expiresAt }: { readonly expiresAt: string | null }) =>
    expiresAt === null || expiresAt > now.toISOString();
  const valid = secrets.filter(isValid).map(({ secret }) => secret);
  const signed = signedHeaders(valid, { id, body, timestamp: Math.floor(now.getTime() / 1000) });
  const headers = { "content-type": "application/json", "user-agent": "Muster-Webhooks", ...signed };
  return webhooks.network.post({ url, address, headers, body, signal });
}

function answeredWith(status: number): string {
  const isRedirect = status >= 300 && status < 400;
  return isRedirect ? `It answered ${status}; redirects are not followed.` : `It answered ${status}.`;
}

/** Codes of the system are told, texts are not: they may describe our side. */
function describe(error: unknown): string {
  const { code, message } = error as { readonly code?: unknown; readonly message?: unknown };
  if (typeof code === "string" && /^[A-Z][A-Z0-9_]{2,60}$/.test(code)) return `It cannot be reached: ${code}.`;
  return error instanceof Error && error.constructor === Error && /^Its? /.test(String(message))
    ? String(message)
    : "It cannot be reached.";
}
