/**
 * What the identity provider said, kept once, at the root connection: users, groups and who is in them, other resources.
 *
 * @module
 */

import type { Attributes } from "@muster/scim-core";
import type { AccountId, ConnectionId, DirectoryGroupId, DirectoryUserId, Instant, ResourceId } from "./identifiers.ts";
import type { Slice, WriteResult } from "./repository.ts";

/** What the identity provider said about a person, once, at the root connection. */
export interface DirectoryUserRecord {
  readonly connectionId: ConnectionId;
  /** The SCIM id. */
  readonly id: DirectoryUserId;
  readonly accountId: AccountId;
  readonly userName: string;
  readonly externalId: string | null;
  /** Every `emails.value`, lower case, for look-ups. */
  readonly emails: readonly string[];
  readonly active: boolean;
  /** The SCIM attributes, canonical and schema-valid. */
  readonly attributes: Attributes;
  readonly createdAt: Instant;
  readonly modifiedAt: Instant;
  /** Set by SCIM DELETE: the id answers 404 from then on and no longer counts for uniqueness; the account stays. */
  readonly deletedAt: Instant | null;
  readonly version: number;
}

export interface DirectoryGroupRecord {
  readonly connectionId: ConnectionId;
  readonly id: DirectoryGroupId;
  readonly displayName: string;
  readonly externalId: string | null;
  readonly attributes: Attributes;
  readonly createdAt: Instant;
  readonly modifiedAt: Instant;
  readonly version: number;
}

/** A resource of a type that the host registered beside User and Group, as the identity provider wrote it. */
export interface ResourceRecord {
  readonly connectionId: ConnectionId;
  /** The name of the resource type. Types share nothing: ids and keys are those of one type. */
  readonly type: string;
  readonly id: ResourceId;
  readonly externalId: string | null;
  /**
   * One opaque key of 43 ASCII characters for each value that no other resource of the type may have, distinct; equal
   * values have equal keys.
   */
  readonly uniqueKeys: readonly string[];
  readonly attributes: Attributes;
  readonly createdAt: Instant;
  readonly modifiedAt: Instant;
  readonly version: number;
}

/** One row of a directory group's membership. */
export interface DirectoryMemberRecord {
  readonly groupId: DirectoryGroupId;
  readonly userId: DirectoryUserId;
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
