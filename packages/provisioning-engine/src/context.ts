/**
 * What every use case of one engine is given: its ports and its settled options. Nothing here is global; two engines
 * in one process share nothing (design ruling 5).
 *
 * @module
 */
import type { ResourceType, ResourceView } from "@muster/scim-core";
import type { MetadataOptions } from "./connection/load-metadata.ts";
import type { Hooks } from "./hook/hooks.ts";
import type { AccountKind, Clock, Logger, NewId, Store, TenantId } from "./ports/index.ts";
import type { RoleOrder } from "./role-rule/role-rank.ts";
import type { Questions } from "./role-rule/rule-condition.ts";
import type { EventPolicy } from "./security-event/security-event.ts";
import type { KeySets } from "./token/key-sets.ts";
import type { Webhooks } from "./webhook/webhook.ts";

/** Tells a user from a reader; undefined when the resource says nothing about it (R13, R21). */
export type Classify = (user: ResourceView) => AccountKind | undefined;

/** What a use case knows of the change feed. */
export interface ChangeFeed {
  /** The feed of this tenant has grown. */
  wake(tenantId: TenantId): void;
}

export interface EngineContext {
  /** Where the host mounts the handler: absolute, without a trailing slash. All links are made from it. */
  readonly url: string;
  readonly store: Store;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly logger: Logger;
  readonly userType: ResourceType;
  readonly groupType: ResourceType;
  /** The host's own, beside User and Group. */
  readonly resourceTypes: readonly ResourceType[];
  readonly classify: Classify;
  /** Which role is the higher one. */
  readonly roleOrder: RoleOrder;
  /** Conditions of rules, ready to be asked. */
  readonly questions: Questions;
  /** Keys of the token issuers that connections trust. */
  readonly keySets: KeySets;
  /** Whether there are keys to sign requests to identity providers with. */
  readonly canSign: boolean;
  /** From where metadata of identity providers may be fetched; undefined for from nowhere. */
  readonly metadata?: MetadataOptions | undefined;
  /** What of the writes others hear; undefined when nobody does. */
  readonly eventPolicy?: EventPolicy | undefined;
  /** Asked before what the host may prevent; undefined when it has no say. */
  readonly hooks?: Hooks | undefined;
  /** Undefined when no webhooks are delivered. */
  readonly webhooks?: Webhooks | undefined;
  /** How long an archived connection can be restored; undefined for as long as it exists. */
  readonly restoreDays?: number | undefined;
  /** Told after each commit that the feed of a tenant has grown. */
  readonly feed: ChangeFeed;
}
