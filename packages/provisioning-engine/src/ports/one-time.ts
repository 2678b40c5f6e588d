/**
 * What may be used once, and the secrets of a connection.
 *
 * @module
 */
import type { ConnectionId, Instant } from "./identifiers.ts";

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
