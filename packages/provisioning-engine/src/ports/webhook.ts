/**
 * Webhooks and what is on its way to them.
 *
 * @module
 */
import type { Instant, TenantId } from "./identifiers.ts";
import type { Slice, WriteResult } from "./repository.ts";

/** Where a tenant wants its events posted. */
export interface WebhookRecord {
  readonly tenantId: TenantId;
  readonly id: string;
  readonly url: string;
  readonly description: string | null;
  /** Event names; null for all, those to come too. */
  readonly types: readonly string[] | null;
  /** What deliveries are signed with: the newest first, and those that were replaced, until they expire. */
  readonly secrets: readonly WebhookSecret[];
  /** Why nothing is delivered, or null while something is. */
  readonly disabled: { readonly reason: "admin" | "gone" | "failing"; readonly at: Instant } | null;
  readonly lastSuccessAt: Instant | null;
  readonly createdAt: Instant;
  readonly version: number;
}

export interface WebhookSecret {
  readonly secret: string;
  readonly expiresAt: Instant | null;
}

/** One message on its way to one webhook. */
export interface DeliveryRecord {
  readonly tenantId: TenantId;
  readonly webhookId: string;
  /** The id of the event; a greater one is newer. */
  readonly id: string;
  readonly type: string;
  /** What is posted, to the byte. */
  readonly body: string;
  readonly createdAt: Instant;
  /** `dead` was given up. */
  readonly state: "pending" | "delivered" | "dead";
  readonly attempts: number;
  /** When a pending one is tried next; while somebody tries it, when that is taken for lost. */
  readonly dueAt: Instant;
  readonly lastAttempt: DeliveryAttempt | null;
}

export interface DeliveryAttempt {
  readonly at: Instant;
  /** Of the answer; null without one. */
  readonly status: number | null;
  /** Why it does not count as delivered; null when it does. */
  readonly error: string | null;
}

export interface WebhookRepository {
  insert(webhook: WebhookRecord): Promise<WriteResult>;
  get(tenantId: TenantId, id: string): Promise<WebhookRecord | null>;
  /** In order of id. */
  list(tenantId: TenantId): Promise<readonly WebhookRecord[]>;
  /** Writes the row if its stored version is `webhook.version - 1`; `lastSuccessAt` stays what it is. */
  update(webhook: WebhookRecord): Promise<WriteResult>;
  /** Deletes the webhook and its deliveries. False when there is none. */
  delete(tenantId: TenantId, id: string): Promise<boolean>;
  touch(tenantId: TenantId, id: string, lastSuccessAt: Instant): Promise<void>;
}

/** Deliveries of webhooks: a queue with leases. */
export interface DeliveryRepository {
  /** Idempotent: a message that is there already stays as it is. */
  add(delivery: DeliveryRecord): Promise<void>;
  get(tenantId: TenantId, webhookId: string, id: string): Promise<DeliveryRecord | null>;
  /** Newest first; the slice's key is the id. */
  page(
    tenantId: TenantId,
    webhookId: string,
    slice: Slice & { readonly state?: DeliveryRecord["state"] | undefined },
  ): Promise<readonly DeliveryRecord[]>;
  /**
   * Takes the pending delivery that has been due the longest (`dueAt`, then id), for nobody else until `lease`, which
   * becomes its `dueAt`.
   */
  claim(tenantId: TenantId, webhookId: string, now: Instant, lease: Instant): Promise<DeliveryRecord | null>;
  /** Writes what became of a claimed delivery; false when the lease is no longer ours, or the row is gone. */
  settle(delivery: DeliveryRecord, lease: Instant): Promise<boolean>;
  /** Writes the row over whatever is stored, if it is still there. */
  update(delivery: DeliveryRecord): Promise<boolean>;
  /** When the next pending one is due. */
  nextDue(tenantId: TenantId, webhookId: string): Promise<Instant | null>;
  /** Dead ones that were made since then are pending again, from their first attempt on. Returns how many. */
  revive(tenantId: TenantId, webhookId: string, since: Instant, now: Instant): Promise<number>;
  /** Removes the oldest that are no longer pending and were made before; at most `limit`. Returns how many. */
  trim(tenantId: TenantId, webhookId: string, before: Instant, limit: number): Promise<number>;
}
