/**
 * Assertions that were used, so that each works once (SAML Profiles §4.1.4.5, rule R16).
 *
 * @module
 */

/** Bound to one connection by whoever makes it. */
export interface ReplayStore {
  /** Atomic; false when the key is there already. */
  putIfAbsent(key: string, expiresAt: Date): Promise<boolean>;
}
