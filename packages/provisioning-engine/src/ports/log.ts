/**
 * What is written down for people to read: sign-ins, calls of identity providers, failures, acts of admins.
 *
 * @module
 */

import type { Attributes } from "@muster/scim-core";
import type { AccountId, Instant, TenantId } from "./identifiers.ts";
import type { Slice } from "./repository.ts";

/** One answer of an identity provider, or what posed as one, and what became of it. */
export interface SignInRecord {
  readonly tenantId: TenantId;
  readonly id: string;
  readonly at: Instant;
  /** `tested` at a draft: it would have been accepted or refused as `code` says, and nobody was signed in. */
  readonly outcome: "accepted" | "refused" | "tested";
  /** Why not: a code of the SAML core, or of the engine about the account; null when nothing was wrong. */
  readonly code: string | null;
  /** Where it was refused: a stage of the SAML core, or `account`. */
  readonly stage: string | null;
  readonly message: string | null;
  /** What to do about it, for an admin. */
  readonly hint: string | null;
  /** What was expected and what came, and the certificate that it was signed by; never a part of an assertion. */
  readonly facts: Readonly<Record<string, string | number | boolean>>;
  /** Whether the identity provider stands behind it: a forgery is nobody's. */
  readonly authenticated: boolean;
  /** Whom the identity provider named, once that was believed. */
  readonly subject: SignInSubject | null;
  readonly requestId: string;
}

export interface SignInSubject {
  readonly nameId: string;
  readonly accountId: AccountId | null;
  readonly userName: string | null;
}

export type SyncCause =
  | "duplicate"
  | "seat_limit"
  | "validation"
  | "last_owner"
  | "conflict"
  | "unknown_member"
  | "internal";

export interface SyncSubject {
  readonly type: "User" | "Group";
  /** Stable across attempts and found again at success: the lower-case userName or displayName. */
  readonly key: string;
  /** For people: the name as sent. */
  readonly label: string;
  readonly id: string | null;
}

/** One call of an identity provider, as the sync log shows it. */
export interface SyncEventRecord {
  readonly tenantId: TenantId;
  readonly id: string;
  readonly at: Instant;
  readonly operation: "create" | "replace" | "patch" | "delete" | "inherit";
  readonly subject: SyncSubject;
  readonly outcome: "changed" | "unchanged" | "failed";
  readonly cause: SyncCause | null;
  readonly message: string | null;
  readonly requestId: string;
}

/** One open entry per tenant, subject and cause (I32); closed by a later success. */
export interface SyncFailureRecord {
  readonly tenantId: TenantId;
  readonly id: string;
  readonly subject: SyncSubject;
  readonly operation: SyncEventRecord["operation"];
  readonly cause: SyncCause;
  /** For a person: what happened and what to change; never a token, an assertion or another tenant's data (I33). */
  readonly message: string;
  readonly firstSeen: Instant;
  readonly lastSeen: Instant;
  readonly attempts: number;
  readonly resolvedAt: Instant | null;
  /** What to run again on retry, or null when only the identity provider can send it again. */
  readonly retry: { readonly resourceType: "User" | "Group"; readonly attributes: Attributes } | null;
}

export interface Actor {
  readonly type: "person" | "connection" | "host" | "job";
  readonly id: string;
}

export interface AuditRecord {
  readonly tenantId: TenantId;
  readonly id: string;
  readonly at: Instant;
  readonly actor: Actor;
  /** Dotted verb, for example `account.deactivated`, `connection.updated`. */
  readonly action: string;
  readonly subject: { readonly type: string; readonly id: string };
  readonly before: unknown;
  readonly after: unknown;
  readonly requestId: string | null;
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
