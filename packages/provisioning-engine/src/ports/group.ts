/**
 * Local groups, and memberships of every source but the directory.
 *
 * @module
 */

import type { AccountKind } from "./account.ts";
import type { AccountId, GroupId, Instant, TenantId } from "./identifiers.ts";
import type { WriteResult } from "./repository.ts";

/** Where a membership comes from; a membership is effective as long as one source remains. */
export type MembershipSource = "scim" | "local" | "default" | "rule";

/** A group made in the product. Directory groups appear as computed faces and have no such row. */
export interface GroupRecord {
  readonly tenantId: TenantId;
  readonly id: GroupId;
  readonly name: string;
  readonly kind: AccountKind;
  readonly role: string | null;
  readonly contentAccess: unknown;
  readonly createdAt: Instant;
  readonly version: number;
}

/** A membership of another source than `scim`; those of source `scim` are directory members. */
export interface LocalMembershipRecord {
  readonly tenantId: TenantId;
  readonly groupId: GroupId;
  readonly accountId: AccountId;
  readonly source: Exclude<MembershipSource, "scim">;
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
