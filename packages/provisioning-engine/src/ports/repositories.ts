/**
 * The repositories of a transaction. Methods speak in intentions, so that each is one statement in SQL. Uniqueness,
 * compare-and-swap and seat counts are decided by the store, atomically: an adapter never selects before it inserts.
 *
 * @module
 */
import type {
  AccountId,
  AccountKind,
  AccountRecord,
  ChangeRecord,
  ConnectionId,
  ConnectionRecord,
  DeliveryRecord,
  DirectoryGroupId,
  DirectoryGroupRecord,
  DirectoryUserId,
  DirectoryUserRecord,
  GroupId,
  GroupRecord,
  Instant,
  LocalMembershipRecord,
  OverlayRecord,
  ResourceId,
  ResourceRecord,
  ScimCredentialRecord,
  SeatRecord,
  SignInRecord,
  SyncCause,
  SyncFailureRecord,
  TenantId,
  TenantRecord,
  WebhookRecord,
} from "./records.ts";

/**
 * The answer of an insert or update that a unique key may refuse. `conflict` names the record field; a taken id is
 * always refused, as `id`, and so is an update of a row that does not exist, as `version`. The transaction goes on.
 */
export type WriteResult = { readonly ok: true } | { readonly ok: false; readonly conflict: string };

/** A slice of an ordered listing: at most `limit` rows whose key is greater than `after`. */
export interface Slice {
  readonly after?: string | undefined;
  readonly limit: number;
}

export interface TenantRepository {
  /** Refuses a taken `id`. */
  insert(tenant: TenantRecord): Promise<WriteResult>;
  get(id: TenantId): Promise<TenantRecord | null>;
  /** Writes the row if its stored version is `tenant.version - 1`; `conflict` is `version` otherwise. */
  update(tenant: TenantRecord): Promise<WriteResult>;
  /** In order of id. */
  children(parentId: TenantId): Promise<readonly TenantRecord[]>;
  /** In order of id; the slice's key is the id. */
  list(slice: Slice): Promise<readonly TenantRecord[]>;
}

export interface ConnectionRepository {
  insert(connection: ConnectionRecord): Promise<WriteResult>;
  get(id: ConnectionId): Promise<ConnectionRecord | null>;
  /** Writes the row if its stored version is `connection.version - 1`. */
  update(connection: ConnectionRecord): Promise<WriteResult>;
  /** Those whose metadata is to be read (`metadata.dueAt`) by now, those that wait longest first. */
  metadataDue(now: Instant, limit: number): Promise<readonly ConnectionRecord[]>;
}

export interface CredentialRepository {
  insert(credential: ScimCredentialRecord): Promise<WriteResult>;
  get(connectionId: ConnectionId, id: string): Promise<ScimCredentialRecord | null>;
  /** In order of creation. */
  list(connectionId: ConnectionId): Promise<readonly ScimCredentialRecord[]>;
  /** False when there is no such credential. */
  delete(connectionId: ConnectionId, id: string): Promise<boolean>;
  touch(connectionId: ConnectionId, id: string, lastUsedAt: Instant): Promise<void>;
}

/** An equality that a store answers from an index. Text is compared as the attribute's `caseExact` says. */
export type DirectoryLookup =
  | { readonly attribute: "id" | "externalId" | "uniqueKeys"; readonly value: string }
  /** Compared without case. */
  | { readonly attribute: "userName" | "emails" | "displayName"; readonly value: string };

/** `offset` rows are skipped in order of id (creation order) after `lookups` were applied. */
export interface DirectoryQuery {
  readonly connectionId: ConnectionId;
  /**
   * All must hold. Users answer to id, externalId, userName, emails; groups to id, externalId, displayName; resources to
   * id, externalId, uniqueKeys (any of them). A look-up that a repository does not answer to finds nothing.
   */
  readonly lookups: readonly DirectoryLookup[];
  readonly after?: string | undefined;
  readonly offset?: number | undefined;
  readonly limit: number;
}

/** Directory users. Deleted rows (`deletedAt`) are invisible to every method but `retained`. */
export interface DirectoryUserRepository {
  /** Refuses a taken `userName` (without case) or `externalId` among rows that are not deleted (I8). */
  insert(user: DirectoryUserRecord): Promise<WriteResult>;
  get(connectionId: ConnectionId, id: DirectoryUserId): Promise<DirectoryUserRecord | null>;
  /** Writes the row if its stored version is `user.version - 1`; `conflict` may be `userName`, `externalId`, `version`. */
  update(user: DirectoryUserRecord): Promise<WriteResult>;
  find(query: DirectoryQuery): Promise<readonly DirectoryUserRecord[]>;
  count(connectionId: ConnectionId, lookups: readonly DirectoryLookup[]): Promise<number>;
  /** The most recently deleted row with this externalId or, failing that, this userName (without case) (R57). */
  retained(
    connectionId: ConnectionId,
    keys: { readonly externalId: string | null; readonly userName: string },
  ): Promise<DirectoryUserRecord | null>;
}

export interface DirectoryGroupRepository {
  /** Refuses a taken `displayName` (without case). `externalId` is not unique for groups. */
  insert(group: DirectoryGroupRecord): Promise<WriteResult>;
  get(connectionId: ConnectionId, id: DirectoryGroupId): Promise<DirectoryGroupRecord | null>;
  /** Writes the row if its stored version is `group.version - 1`; `conflict` may be `displayName`, `version`. */
  update(group: DirectoryGroupRecord): Promise<WriteResult>;
  find(query: DirectoryQuery): Promise<readonly DirectoryGroupRecord[]>;
  count(connectionId: ConnectionId, lookups: readonly DirectoryLookup[]): Promise<number>;
  /** Deletes the group and its member rows. */
  delete(connectionId: ConnectionId, id: DirectoryGroupId): Promise<boolean>;
}

export interface ResourceQuery extends DirectoryQuery {
  readonly type: string;
}

/** As `WriteResult`, with the first of the record's `uniqueKeys` that another resource of the type has. */
export type ResourceWriteResult =
  | { readonly ok: true }
  | { readonly ok: false; readonly conflict: "id" | "version" }
  | { readonly ok: false; readonly conflict: "uniqueKeys"; readonly taken: string };

/** Resources of the host's own types. A type that is no longer registered keeps its rows. */
export interface ResourceRepository {
  /** Refuses taken `uniqueKeys`. `externalId` is not unique. */
  insert(resource: ResourceRecord): Promise<ResourceWriteResult>;
  get(connectionId: ConnectionId, type: string, id: ResourceId): Promise<ResourceRecord | null>;
  /** Writes the row if its stored version is `resource.version - 1`; keys that it no longer has are free. */
  update(resource: ResourceRecord): Promise<ResourceWriteResult>;
  /** False when there is no such resource. Its keys are free. */
  delete(connectionId: ConnectionId, type: string, id: ResourceId): Promise<boolean>;
  find(query: ResourceQuery): Promise<readonly ResourceRecord[]>;
  /** Without look-ups O(1): a counter, not a scan. */
  count(connectionId: ConnectionId, type: string, lookups: readonly DirectoryLookup[]): Promise<number>;
}

/**
 * Members of directory groups, kept as rows: a change costs what it changes (J08, D51).
 *
 * A row has two sides. `inDirectory` is what the identity provider said and what SCIM reads back; `inEffect` is what
 * the product acts on. With group sync on both move together; with it off only the first moves, so that switching
 * it off changes nobody's effective membership (I18). A row without either side does not exist.
 */
export interface MemberRepository {
  /**
   * Adds to the directory side; `added` are those it did not name before. Ids of users that do not exist (or are
   * deleted) are returned in `unknown` and skipped. With `inEffect` the other side follows.
   */
  add(
    connectionId: ConnectionId,
    groupId: DirectoryGroupId,
    userIds: readonly DirectoryUserId[],
    options: { readonly inEffect: boolean },
  ): Promise<{ readonly added: readonly DirectoryUserId[]; readonly unknown: readonly DirectoryUserId[] }>;
  /** Removes from the directory side, and from the other with `inEffect`; returns those that the directory named. */
  remove(
    connectionId: ConnectionId,
    groupId: DirectoryGroupId,
    userIds: readonly DirectoryUserId[],
    options: { readonly inEffect: boolean },
  ): Promise<readonly DirectoryUserId[]>;
  /** Makes the directory side exactly `userIds`, as a set difference; unknown ids are returned and skipped. */
  replace(
    connectionId: ConnectionId,
    groupId: DirectoryGroupId,
    userIds: readonly DirectoryUserId[],
    options: { readonly inEffect: boolean },
  ): Promise<{
    readonly added: readonly DirectoryUserId[];
    readonly removed: readonly DirectoryUserId[];
    readonly unknown: readonly DirectoryUserId[];
  }>;
  /** Members that the directory named, in order of user id. */
  page(connectionId: ConnectionId, groupId: DirectoryGroupId, slice: Slice): Promise<readonly DirectoryUserId[]>;
  has(connectionId: ConnectionId, groupId: DirectoryGroupId, userId: DirectoryUserId): Promise<boolean>;
  /** Groups of a user by one side, in order of group id. */
  groupsOf(
    connectionId: ConnectionId,
    userId: DirectoryUserId,
    side: "inDirectory" | "inEffect",
  ): Promise<readonly DirectoryGroupId[]>;
  /** Effective members of a group, in order of user id. */
  effective(connectionId: ConnectionId, groupId: DirectoryGroupId, slice: Slice): Promise<readonly DirectoryUserId[]>;
  /** Ends both sides of every membership of a user (SCIM DELETE ends directory membership). */
  removeUser(connectionId: ConnectionId, userId: DirectoryUserId): Promise<void>;
  /** Makes both sides equal again: what the directory says takes effect (group sync switched on). */
  settle(connectionId: ConnectionId): Promise<void>;
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

export interface GroupRepository {
  /** Refuses a taken `name` (without case) among local groups of the same kind. */
  insert(group: GroupRecord): Promise<WriteResult>;
  get(tenantId: TenantId, id: GroupId): Promise<GroupRecord | null>;
  /** In order of id. */
  list(tenantId: TenantId): Promise<readonly GroupRecord[]>;
  /** Writes the row if its stored version is `group.version - 1`; `conflict` may be `name`, `version`. */
  update(group: GroupRecord): Promise<WriteResult>;
  /** Deletes the group and its local memberships. */
  delete(tenantId: TenantId, id: GroupId): Promise<boolean>;
  /** Idempotent. */
  addMember(membership: LocalMembershipRecord): Promise<void>;
  removeMember(membership: LocalMembershipRecord): Promise<boolean>;
  /** Memberships of the accounts, of every source but `scim`. */
  membershipsOf(tenantId: TenantId, accountIds: readonly AccountId[]): Promise<readonly LocalMembershipRecord[]>;
  membersOf(tenantId: TenantId, groupId: GroupId): Promise<readonly LocalMembershipRecord[]>;
}

/** An append-only log per tenant, newest first when read. Positions are opaque; one never given is no error. */
export interface LogRepository<Entry> {
  append(entry: Entry): Promise<void>;
  /** Newest first; `after` is the `position` of the last entry seen. */
  page(tenantId: TenantId, slice: Slice): Promise<readonly { readonly position: string; readonly entry: Entry }[]>;
  /** Removes those of the `limit` oldest that were written before. Positions are never given again. Returns how many. */
  trim(tenantId: TenantId, before: Instant, limit: number): Promise<number>;
}

/** The sign-in log. Strangers can write into it, so it is kept by number: theirs apart from those of people. */
export interface SignInRepository extends LogRepository<SignInRecord> {
  /** Forgets all but the `newest` entries that are authenticated, or that are not. */
  keep(tenantId: TenantId, authenticated: boolean, newest: number): Promise<void>;
}

/** The change feed (transactional outbox), read oldest first by consumers with a cursor each. */
export interface ChangeRepository {
  append(change: ChangeRecord): Promise<void>;
  /** Oldest first, only committed changes, without gaps. A position that was never given is no error. */
  read(
    tenantId: TenantId,
    slice: Slice,
  ): Promise<readonly { readonly position: string; readonly change: ChangeRecord }[]>;
  /** The position of the newest change, or null for an empty feed. */
  last(tenantId: TenantId): Promise<string | null>;
  cursor(tenantId: TenantId, consumer: string): Promise<string | null>;
  /** Moves a cursor, to any text, in the transaction of the effect: exactly once inside the store. */
  advance(tenantId: TenantId, consumer: string, position: string): Promise<void>;
  forget(tenantId: TenantId, consumer: string): Promise<void>;
  /** Removes those of the `limit` oldest that may go. Positions are never given again. */
  trim(tenantId: TenantId, cut: ChangeCut): Promise<TrimmedChanges>;
}

export interface TrimmedChanges {
  readonly removed: number;
  /** Behind which position they are gone, and when the newest of them was made; null when none was removed. */
  readonly upTo: { readonly position: string; readonly at: Instant } | null;
  /** Of the `consumers`, in their order, those who had not read all that was removed. */
  readonly unreadBy: readonly string[];
}

/** Which changes may go. */
export interface ChangeCut {
  /** Made before this, and read by all of `consumers`; one without a cursor has read nothing. */
  readonly before: Instant;
  /** Made before this, whoever has not read them. */
  readonly unreadBefore: Instant;
  readonly consumers: readonly string[];
  readonly limit: number;
}

export interface FailureRepository {
  /**
   * Opens a failure, or counts one more attempt on the open one of the same tenant, subject and cause (I32): that one
   * keeps its `id` and `firstSeen`, and takes the rest from the newest attempt.
   */
  record(failure: SyncFailureRecord): Promise<void>;
  get(tenantId: TenantId, id: string): Promise<SyncFailureRecord | null>;
  /** Closes open failures of a subject; all causes when none are named. Returns how many. */
  resolve(
    tenantId: TenantId,
    subject: { readonly type: "User" | "Group"; readonly key: string },
    at: Instant,
    causes?: readonly SyncCause[],
  ): Promise<number>;
  /** Newest `lastSeen` first. */
  list(
    tenantId: TenantId,
    options: { readonly open?: boolean | undefined; readonly limit: number },
  ): Promise<readonly SyncFailureRecord[]>;
  countOpen(tenantId: TenantId): Promise<number>;
  /** Removes those that were closed first, and before: at most `limit`. An open one stays. Returns how many. */
  trim(tenantId: TenantId, before: Instant, limit: number): Promise<number>;
}

/** Values that may be used once: SAML request ids, assertion ids. From `expiresAt` on a value has expired. */
export interface OneTimeRepository {
  /** False when the key is already there and has not expired. */
  put(
    connectionId: ConnectionId,
    purpose: string,
    key: string,
    value: unknown,
    expiresAt: Instant,
    now: Instant,
  ): Promise<boolean>;
  /** Deletes and returns in one step; null when missing or expired. */
  take(
    connectionId: ConnectionId,
    purpose: string,
    key: string,
    now: Instant,
  ): Promise<{ readonly value: unknown } | null>;
  /** Removes what has expired; bounded work per call. */
  sweep(now: Instant): Promise<void>;
}

/** Secrets of a connection on which every process agrees. They seal what clients carry about, and open no door. */
export interface SecretRepository {
  /** The secret for a purpose: `proposed`, which is kept from then on, unless there is one. */
  settle(connectionId: ConnectionId, purpose: string, proposed: string): Promise<string>;
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
