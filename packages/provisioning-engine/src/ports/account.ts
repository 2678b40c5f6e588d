/**
 * What the product makes of people in a tenant: accounts, what is local to them, their seats.
 *
 * @module
 */
import type { AccountId, ConnectionId, DirectoryUserId, Instant, TenantId } from "./identifiers.ts";
import type { Slice, WriteResult } from "./repository.ts";

/** `user` is a team account, `reader` an account of the published site. One person has one kind per tenant (R22). */
export type AccountKind = "user" | "reader";

/** What the product enforces. At a child tenant the same row is read through the parent (design ruling 4). */
export interface AccountRecord {
  readonly tenantId: TenantId;
  readonly id: AccountId;
  readonly kind: AccountKind;
  readonly userName: string;
  readonly email: string | null;
  readonly name: string;
  /** False is the product's Inactive: set by the directory for linked accounts. */
  readonly active: boolean;
  /** Inactive only because its connection was archived: restoring that ends it. Whatever else is said since ends this. */
  readonly archived: boolean;
  /** Role given by defaults or rules; a local choice lives in the overlay and wins. Users only. */
  readonly provisionedRole: string | null;
  /** The roles that the connection's rules, or the directory itself, decide; null leaves a slot to the tenant. */
  readonly decidedRole: DecidedRole | null;
  readonly decidedContentRole: DecidedRole | null;
  /** Kinds whose defaults (role, groups) were applied already: at most once each (I40). */
  readonly defaultsApplied: readonly AccountKind[];
  /** Invisible to SCIM and untouched by it (I2). */
  readonly breakGlass: boolean;
  /** The connection that manages the account, or null for a hand-made one. */
  readonly connectionId: ConnectionId | null;
  readonly directoryUserId: DirectoryUserId | null;
  /** The SAML NameID seen at the last sign-in, the first key of the sign-in match. */
  readonly samlNameId: string | null;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  readonly version: number;
}

export interface DecidedRole {
  readonly value: string;
  readonly source: "rule" | "idp";
}

/** What is local to one tenant about an account: never written by a sync (I23, I25). */
export interface OverlayRecord {
  readonly tenantId: TenantId;
  readonly accountId: AccountId;
  readonly role: string | null;
  readonly contentRole: string | null;
  /** Opaque to the engine. */
  readonly contentAccess: unknown;
  readonly suspended: boolean;
  readonly updatedAt: Instant;
}

/** A seat held or waited for. Held rows are the seat count (I15). */
export interface SeatRecord {
  readonly tenantId: TenantId;
  readonly accountId: AccountId;
  readonly kind: AccountKind;
  readonly state: "held" | "waiting";
  readonly since: Instant;
}

/** Filters of an account listing; all given ones must hold. */
export interface AccountQuery extends Slice {
  readonly tenantId: TenantId;
  readonly kind?: AccountKind | undefined;
  readonly active?: boolean | undefined;
  /** Only accounts managed by this connection: what a child reads through its parent. */
  readonly connectionId?: ConnectionId | undefined;
  /** Only accounts whose `decidedRole` has this value. */
  readonly decidedRole?: string | undefined;
  /** Case-insensitive, literal substring of userName, email or name. */
  readonly text?: string | undefined;
}

export interface AccountRepository {
  /** Refuses a taken `userName` (without case) within the tenant (I7). */
  insert(account: AccountRecord): Promise<WriteResult>;
  get(tenantId: TenantId, id: AccountId): Promise<AccountRecord | null>;
  /** In the order of `ids`; unknown ids are left out. */
  getMany(tenantId: TenantId, ids: readonly AccountId[]): Promise<readonly AccountRecord[]>;
  /** Writes the row if its stored version is `account.version - 1`; `conflict` may be `userName`, `version`. */
  update(account: AccountRecord): Promise<WriteResult>;
  delete(tenantId: TenantId, id: AccountId): Promise<boolean>;
  /** In order of id. */
  find(query: AccountQuery): Promise<readonly AccountRecord[]>;
  /** Without case. */
  byUserName(tenantId: TenantId, userName: string): Promise<AccountRecord | null>;
  /** Without case; several people may share an address. In order of id. */
  byEmail(tenantId: TenantId, email: string): Promise<readonly AccountRecord[]>;
  bySamlNameId(tenantId: TenantId, nameId: string): Promise<AccountRecord | null>;
}

export interface OverlayRepository {
  get(tenantId: TenantId, accountId: AccountId): Promise<OverlayRecord | null>;
  getMany(tenantId: TenantId, accountIds: readonly AccountId[]): Promise<readonly OverlayRecord[]>;
  put(overlay: OverlayRecord): Promise<void>;
  /** Overlays of the tenant that set this role. */
  withRole(tenantId: TenantId, role: string): Promise<readonly OverlayRecord[]>;
  delete(tenantId: TenantId, accountId: AccountId): Promise<void>;
}

/** Seats of one tenant. The limit is passed in; the decision and the count are atomic (I14, J07). */
export interface SeatRepository {
  /**
   * Takes a seat of this kind, or queues for it when `whenFull` is `wait`. An account has one row per tenant: a row of
   * the other kind is released by the same call when, and only when, the new seat is held or queued. Idempotent: a
   * held seat stays as it is, and whoever waits and asks again keeps `since`, the place in the queue.
   */
  take(
    seat: {
      readonly tenantId: TenantId;
      readonly accountId: AccountId;
      readonly kind: AccountKind;
      readonly at: Instant;
    },
    limit: number | null,
    whenFull: "wait" | "refuse",
  ): Promise<"held" | "waiting" | "refused">;
  release(tenantId: TenantId, accountId: AccountId): Promise<SeatRecord | null>;
  get(tenantId: TenantId, accountId: AccountId): Promise<SeatRecord | null>;
  getMany(tenantId: TenantId, accountIds: readonly AccountId[]): Promise<readonly SeatRecord[]>;
  /** Holds a free seat for whoever has waited longest, by `since`, then account id; null when nobody waits or it is full. */
  admitNext(tenantId: TenantId, kind: AccountKind, limit: number | null): Promise<SeatRecord | null>;
  /** O(1): counters, not scans. */
  count(
    tenantId: TenantId,
  ): Promise<Readonly<Record<AccountKind, { readonly held: number; readonly waiting: number }>>>;
  /** Ends every row of the tenant. */
  clear(tenantId: TenantId): Promise<void>;
}
