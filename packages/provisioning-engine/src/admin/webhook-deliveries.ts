/**
 * What became of each message to a webhook, and another try: the second half of `admin.webhooks`.
 *
 * @module
 */
import { ProvisioningError } from "../errors.ts";
import type { DeliveryRecord, TenantId } from "../ports/index.ts";
import type { UnitOfWork } from "../unit-of-work.ts";
import { checked } from "../validation/checked.ts";
import { postMessage } from "../webhook/post-message.ts";
import { WEBHOOK_TEST, type WebhookMessage } from "../webhook/verify-webhook.ts";
import type { Admin } from "./admin.ts";
import { existingWebhook, webhookSubject, webhooksOf } from "./existing-webhook.ts";
import { changeTenant, type Operator, readTenant } from "./operator.ts";
import { readSlice, toPage } from "./page.ts";
import { DELIVERY_FILTER, REDELIVERY } from "./shapes.ts";
import type { DeliveryView } from "./views.ts";

export function deliveryOperations(operator: Operator): Pick<Admin["webhooks"], "test" | "deliveries" | "redeliver"> {
  const { context } = operator;
  return {
    test: async (tenant, id) => {
      const webhooks = webhooksOf(operator);
      const webhook = await readTenant(operator, tenant, (tx) => existingWebhook(tx, tenant, id));
      const timestamp = context.clock().toISOString();
      const message: WebhookMessage = { type: WEBHOOK_TEST, timestamp, data: { message: "This webhook works." } };
      const { attempt } = await postMessage(context, webhooks, webhook, {
        id: context.newId(),
        body: JSON.stringify(message),
      });
      return attempt;
    },
    deliveries: async (tenant, id, input = {}) => {
      const { state, ...rest } = checked(DELIVERY_FILTER, input);
      const { after, limit } = readSlice("deliveries", rest);
      const rows = await readTenant(operator, tenant, async (tx) => {
        await existingWebhook(tx, tenant, id);
        return tx.deliveries.page(tenant, id, { after, state, limit: limit + 1 });
      });
      return toPage("deliveries", rows, limit, (delivery) => delivery.id, deliveryView);
    },
    redeliver: async (tenant, id, input) => {
      const { delivery, since } = checked(REDELIVERY, input);
      const webhooks = webhooksOf(operator);
      const count = await changeTenant(operator, tenant, async (unit) => {
        await existingWebhook(unit.tx, tenant, id);
        const again = await redeliver(unit, tenant, id, { delivery, since });
        const after = { delivery, since, count: again };
        await unit.audit({ tenantId: tenant, action: "webhook.redelivered", subject: webhookSubject(id), after });
        return again;
      });
      webhooks.wake(tenant, id);
      return { count };
    },
  };
}

/** @returns how many are on their way again */
async function redeliver(
  { tx, now }: UnitOfWork,
  tenantId: TenantId,
  id: string,
  { delivery, since }: { readonly delivery?: string | undefined; readonly since?: string | undefined },
): Promise<number> {
  if (since !== undefined) return tx.deliveries.revive(tenantId, id, new Date(since).toISOString(), now);
  const found = await tx.deliveries.get(tenantId, id, delivery ?? "");
  if (found === null) throw new ProvisioningError("not_found", `There is no delivery "${delivery}" of this webhook.`);
  await tx.deliveries.update({ ...found, state: "pending", attempts: 0, dueAt: now });
  return 1;
}

function deliveryView({ id, type, state, attempts, createdAt, dueAt, lastAttempt }: DeliveryRecord): DeliveryView {
  return { id, type, state, attempts, createdAt, nextAttemptAt: state === "pending" ? dueAt : null, lastAttempt };
}
