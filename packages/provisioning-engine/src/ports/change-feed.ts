/**
 * The change feed, a transactional outbox, and the cursors of those who read it.
 *
 * @module
 */
import type { AccountId, Instant, TenantId } from "./identifiers.ts";
import type { Actor } from "./log.ts";
import type { Slice } from "./repository.ts";

/** One row of the change feed (transactional outbox). `position` is assigned by the store and orders the feed. */
export interface ChangeRecord {
  readonly tenantId: TenantId;
  readonly id: string;
  readonly at: Instant;
  /** An event name of `events.ts`, for example `account.created`. */
  readonly type: string;
  readonly actor: Actor;
  readonly accountId: AccountId | null;
  readonly groupId: string | null;
  /** Event payload without the parts that are read from the current state. */
  readonly data: unknown;
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
