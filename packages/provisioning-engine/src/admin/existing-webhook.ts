/**
 * What the operations on webhooks begin with: that there are webhooks at all, and this one.
 *
 * @module
 */
import { ProvisioningError } from "../errors.ts";
import type { TenantId, Transaction, WebhookRecord } from "../ports/index.ts";
import type { Webhooks } from "../webhook/webhook.ts";
import type { Operator } from "./operator.ts";

/** @throws {ProvisioningError} `webhooks_off` */
export function webhooksOf({ context }: Operator): Webhooks {
  if (context.webhooks !== undefined) return context.webhooks;
  throw new ProvisioningError("webhooks_off", "This application delivers no webhooks.", {
    hint: "Give createProvisioning the option webhooks.network.",
  });
}

/** @throws {ProvisioningError} `not_found` */
export async function existingWebhook(tx: Transaction, tenantId: TenantId, id: string): Promise<WebhookRecord> {
  const webhook = await tx.webhooks.get(tenantId, id);
  if (webhook !== null) return webhook;
  throw new ProvisioningError("not_found", `There is no webhook "${id}" in the tenant "${tenantId}".`);
}

/** As the audit log names it. */
export function webhookSubject(id: string): { readonly type: string; readonly id: string } {
  return { type: "webhook", id };
}
