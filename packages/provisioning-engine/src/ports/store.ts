/**
 * The store port: what a database must promise, and nothing about how.
 *
 * @module
 */

import type { AccountRepository, OverlayRepository, SeatRepository } from "./account.ts";
import type { ChangeRepository } from "./change-feed.ts";
import type { ConnectionRepository, CredentialRepository } from "./connection.ts";
import type {
  DirectoryGroupRepository,
  DirectoryUserRepository,
  MemberRepository,
  ResourceRepository,
} from "./directory.ts";
import type { GroupRepository } from "./group.ts";
import type { TenantId } from "./identifiers.ts";
import type { AuditRecord, FailureRepository, LogRepository, SignInRepository, SyncEventRecord } from "./log.ts";
import type { OneTimeRepository, SecretRepository } from "./one-time.ts";
import type { TenantRepository } from "./tenant.ts";
import type { DeliveryRepository, WebhookRepository } from "./webhook.ts";

/**
 * A unit of work. Everything read and written through it is one atomic, isolated step; nothing in the store can be
 * reached without it, so that a pool of one connection never deadlocks.
 */
export interface Transaction {
  readonly tenants: TenantRepository;
  readonly connections: ConnectionRepository;
  readonly credentials: CredentialRepository;
  readonly users: DirectoryUserRepository;
  readonly groups: DirectoryGroupRepository;
  readonly members: MemberRepository;
  readonly resources: ResourceRepository;
  readonly accounts: AccountRepository;
  readonly overlays: OverlayRepository;
  readonly seats: SeatRepository;
  readonly localGroups: GroupRepository;
  readonly syncEvents: LogRepository<SyncEventRecord>;
  readonly failures: FailureRepository;
  readonly audit: LogRepository<AuditRecord>;
  readonly changes: ChangeRepository;
  readonly oneTime: OneTimeRepository;
  readonly secrets: SecretRepository;
  readonly signIns: SignInRepository;
  readonly webhooks: WebhookRepository;
  readonly deliveries: DeliveryRepository;
}

/** Whose data a transaction is about: a hint for sharding, row level security and lock scope. Null for administration. */
export interface TransactionScope {
  /** The root tenant of the family of tenants concerned. */
  readonly tenantId: TenantId | null;
}

/** What a store can do; a test is skipped only because of a declared ability, with the reason. */
export interface StoreCapabilities {
  /** Data survives the process. */
  readonly durable: boolean;
  /** Several processes may write to the same data. */
  readonly multiProcess: boolean;
}

export interface Store {
  readonly capabilities: StoreCapabilities;
  /**
   * Runs `work` in one transaction: commits when it resolves, rolls back everything when it rejects, and rejects with
   * the same error. Transactions of one scope behave as if they ran one after the other. Never nested.
   */
  transaction<T>(scope: TransactionScope, work: (tx: Transaction) => Promise<T>): Promise<T>;
  /** Brings the schema up to date. Idempotent; safe when several processes start together. */
  migrate(): Promise<void>;
  /** Releases everything. Transactions in flight finish first. */
  close(): Promise<void>;
}
