/**
 * Unguessable tokens in memory, for cookies and single-use links. Only hashes are kept, so a look-up compares no
 * secrets and a memory dump signs nobody in.
 *
 * @module
 */
import { createHash, randomBytes } from "node:crypto";

/** Enough for an example host; the oldest token makes room. */
const CAPACITY = 10_000;

/** Tokens that each stand for a record, for a limited time. */
export interface TokenBook<Record> {
  /** A new token of 256 random bits, base64url. */
  issue(record: Record, expiresAt: Date): string;
  /** The record of a token that is known and has not expired. */
  find(token: string): Record | undefined;
  /** The same, and the token is void from now on. */
  take(token: string): Record | undefined;
  /** Voids every token whose record answers true. */
  revoke(which: (record: Record) => boolean): void;
}

/** @param clock for expiry; the system's when absent */
export function tokenBook<Record>(clock: () => Date = () => new Date()): TokenBook<Record> {
  const entries = new Map<string, { readonly record: Record; readonly expiresAt: Date }>();
  const find = (token: string): Record | undefined => {
    const entry = entries.get(hash(token));
    return entry !== undefined && entry.expiresAt > clock() ? entry.record : undefined;
  };
  return {
    find,
    issue: (record, expiresAt) => {
      const [oldest] = entries.keys();
      if (oldest !== undefined && entries.size >= CAPACITY) entries.delete(oldest);
      const token = randomBytes(32).toString("base64url");
      entries.set(hash(token), { record, expiresAt });
      return token;
    },
    take: (token) => {
      const record = find(token);
      entries.delete(hash(token));
      return record;
    },
    revoke: (which) => {
      for (const [key, { record }] of entries) if (which(record)) entries.delete(key);
    },
  };
}

function hash(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}
