/**
 * Tenants: whom a store keeps apart.
 *
 * @module
 */

import type { AccountKind } from "./account.ts";
import type { ConnectionId, Instant, TenantId } from "./identifiers.ts";
import type { Slice, WriteResult } from "./repository.ts";

/** A host's customer boundary: one project, site, workspace. */
export interface TenantRecord {
  readonly id: TenantId;
  readonly name: string;
  /** The tenant whose connection this one inherits, or null at a root. Inheritance is one level deep (I26). */
  readonly parentId: TenantId | null;
  readonly connectionId: ConnectionId;
  /** Seats per kind; null is unlimited. */
  readonly seatLimits: Readonly<Record<AccountKind, number | null>>;
  readonly createdAt: Instant;
  readonly version: number;
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
