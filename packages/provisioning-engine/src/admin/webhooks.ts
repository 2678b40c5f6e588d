/**
 * `admin.webhooks`: where a tenant wants its events posted. Secrets are shown once and never read again.
 *
 * @module
 */
import { ProvisioningError } from "../errors.ts";
import type { TenantId, WebhookRecord } from "../ports/index.ts";
import type { UnitOfWork } from "../unit-of-work.ts";
import { checked } from "../validation/checked.ts";
import { urlProblem } from "../webhook/destination.ts";
import { beginWebhooks } from "../webhook/enqueue-deliveries.ts";
import { newWebhookSecret } from "../webhook/signature.ts";
import type { Webhooks } from "../webhook/webhook.ts";
import type { Admin, NewWebhook, WebhookChange } from "./admin.ts";
import { auditSides, differences } from "./differences.ts";
import { existingWebhook, webhookSubject, webhooksOf } from "./existing-webhook.ts";
import { changeTenant, type Operator, readTenant } from "./operator.ts";
import { NEW_WEBHOOK, SECRET_ROTATION, WEBHOOK_CHANGE } from "./shapes.ts";
import type { WebhookView } from "./views.ts";
import { deliveryOperations } from "./webhook-deliveries.ts";
import { ensureWritten } from "./written.ts";

const MOST_WEBHOOKS = 20;
const DEFAULT_OVERLAP_HOURS = 24;

export function webhookOperations(operator: Operator): Admin["webhooks"] {
  return {
    list: (tenant) =>
      readTenant(operator, tenant, async (tx) => ({ items: (await tx.webhooks.list(tenant)).map(webhookView) })),
    get: (tenant, id) => readTenant(operator, tenant, async (tx) => webhookView(await existingWebhook(tx, tenant, id))),
    create: async (tenant, input) => {
      const wanted = checked(NEW_WEBHOOK, input);
      requireUsable(wanted.url, webhooksOf(operator));
      const secret = newWebhookSecret();
      const webhook = await changeTenant(operator, tenant, (unit) => createWebhook(unit, tenant, wanted, secret));
      return { ...webhookView(webhook), secret };
    },
    update: async (tenant, id, input) => {
      const change = checked(WEBHOOK_CHANGE, input);
      const webhooks = webhooksOf(operator);
      if (change.url !== undefined) requireUsable(change.url, webhooks);
      const webhook = await changeTenant(operator, tenant, (unit) => updateWebhook(unit, tenant, id, change));
      webhooks.wake(tenant, id);
      return webhookView(webhook);
    },
    delete: (tenant, id) =>
      changeTenant(operator, tenant, async (unit) => {
        const { url } = await existingWebhook(unit.tx, tenant, id);
        await unit.tx.webhooks.delete(tenant, id);
        await unit.audit({ tenantId: tenant, action: "webhook.deleted", subject: webhookSubject(id), before: { url } });
      }),
    rotateSecret: async (tenant, id, input = {}) => {
      const { overlapHours = DEFAULT_OVERLAP_HOURS } = checked(SECRET_ROTATION, input);
      const secret = newWebhookSecret();
      const webhook = await changeTenant(operator, tenant, (unit) =>
        rotateSecret(unit, tenant, id, secret, overlapHours),
      );
      return { ...webhookView(webhook), secret };
    },
    ...deliveryOperations(operator),
  };
}

function requireUsable(url: string, webhooks: Webhooks): void {
  const problem = urlProblem(url, webhooks);
  if (problem !== undefined) throw new ProvisioningError("invalid_request", `url: ${problem}`);
}

async function createWebhook(
  unit: UnitOfWork,
  tenantId: TenantId,
  { url, types = null, description = null }: NewWebhook,
  secret: string,
): Promise<WebhookRecord> {
  const { tx, now, context } = unit;
  if ((await tx.webhooks.list(tenantId)).length >= MOST_WEBHOOKS) {
    throw new ProvisioningError("conflict", `A tenant has at most ${MOST_WEBHOOKS} webhooks.`, {
      hint: "Delete one that nobody needs.",
    });
  }
  await beginWebhooks(tx, tenantId);
  const id = context.newId();
  const secrets = [{ secret, expiresAt: null }];
  const fresh = { disabled: null, lastSuccessAt: null, createdAt: now, version: 1 };
  const webhook: WebhookRecord = { tenantId, id, url, types, description, secrets, ...fresh };
  ensureWritten(await tx.webhooks.insert(webhook));
  const after = { url, types, description };
  await unit.audit({ tenantId, action: "webhook.created", subject: webhookSubject(id), after });
  return webhook;
}

const RECORDED: readonly (keyof WebhookRecord & string)[] = ["url", "types", "description", "disabled"];

async function updateWebhook(
  unit: UnitOfWork,
  tenantId: TenantId,
  id: string,
  { enabled, ...change }: WebhookChange,
): Promise<WebhookRecord> {
  const before = await existingWebhook(unit.tx, tenantId, id);
  const { url = before.url, types = before.types, description = before.description } = change;
  const disabled = switched(before, enabled, unit.now);
  const after: WebhookRecord = { ...before, url, types, description, disabled, version: before.version + 1 };
  const changes = differences(before, after, RECORDED);
  if (changes.length === 0) return before;
  ensureWritten(await unit.tx.webhooks.update(after));
  await unit.audit({ tenantId, action: "webhook.updated", subject: webhookSubject(id), ...auditSides(changes) });
  return after;
}

function switched({ disabled }: WebhookRecord, enabled: boolean | undefined, at: string): WebhookRecord["disabled"] {
  if (enabled === undefined) return disabled;
  return enabled ? null : (disabled ?? { reason: "admin", at });
}

/** Receivers have this long to learn the new secret; until then both sign. */
async function rotateSecret(
  unit: UnitOfWork,
  tenantId: TenantId,
  id: string,
  secret: string,
  overlapHours: number,
): Promise<WebhookRecord> {
  const { tx, now } = unit;
  const before = await existingWebhook(tx, tenantId, id);
  const expiresAt = new Date(Date.parse(now) + overlapHours * 60 * 60 * 1000).toISOString();
  const [current] = before.secrets;
  const previous = current === undefined || overlapHours === 0 ? [] : [{ secret: current.secret, expiresAt }];
  const secrets = [{ secret, expiresAt: null }, ...previous];
  const after = { ...before, secrets, version: before.version + 1 };
  ensureWritten(await tx.webhooks.update(after));
  await unit.audit({
    tenantId,
    action: "webhook.secret_rotated",
    subject: webhookSubject(id),
    after: { overlapHours },
  });
  return after;
}

function webhookView({ tenantId: _, version: __, secrets, disabled, ...webhook }: WebhookRecord): WebhookView {
  return { ...webhook, enabled: disabled === null, disabled, oldSecretUntil: secrets[1]?.expiresAt ?? null };
}
