/**
 * The whole state of a store, read in one transaction: what the invariants are checked against.
 *
 * @module
 */
import { faceId } from "../../src/group/group-projection.ts";
import type {
  AccountKind,
  AccountRecord,
  AuditRecord,
  ChangeRecord,
  ConnectionRecord,
  DirectoryGroupRecord,
  DirectoryUserRecord,
  GroupRecord,
  LocalMembershipRecord,
  OverlayRecord,
  ScimCredentialRecord,
  SeatRecord,
  Store,
  SyncEventRecord,
  SyncFailureRecord,
  TenantId,
  TenantRecord,
  Transaction,
} from "../../src/ports/index.ts";
import { backfillConsumer, childConsumer } from "../../src/sync/consumer.ts";

const ALL = 100_000;

/** Members of a directory group by side: what the directory said, and what is in effect. */
export interface MemberSides {
  readonly groupId: string;
  readonly named: readonly string[];
  readonly effective: readonly string[];
}

export interface TenantState {
  readonly tenant: TenantRecord;
  readonly connection: ConnectionRecord;
  readonly credentials: readonly ScimCredentialRecord[];
  readonly users: readonly DirectoryUserRecord[];
  readonly groups: readonly DirectoryGroupRecord[];
  readonly members: readonly MemberSides[];
  readonly accounts: readonly AccountRecord[];
  readonly overlays: readonly OverlayRecord[];
  readonly seats: readonly SeatRecord[];
  readonly seatCount: Readonly<Record<AccountKind, { readonly held: number; readonly waiting: number }>>;
  readonly localGroups: readonly GroupRecord[];
  readonly localMembers: readonly LocalMembershipRecord[];
  readonly failures: readonly SyncFailureRecord[];
  readonly syncEvents: readonly SyncEventRecord[];
  readonly audit: readonly AuditRecord[];
  readonly changes: readonly ChangeRecord[];
  /** At a child: whether it has gone through everything that its parent told. */
  readonly upToDate: boolean;
}

export type State = ReadonlyMap<TenantId, TenantState>;

export function readState(store: Store): Promise<State> {
  return store.transaction({ tenantId: null }, async (tx) => {
    const tenants = await tx.tenants.list({ limit: ALL });
    const shared: Shared = {
      accounts: once((tenantId) => tx.accounts.find({ tenantId, limit: ALL })),
      groups: once((connectionId) => tx.groups.find({ connectionId, lookups: [], limit: ALL })),
    };
    const state = new Map<TenantId, TenantState>();
    for (const tenant of tenants) state.set(tenant.id, await readTenantState(tx, tenant, shared));
    return state;
  });
}

/** What a child reads of its parent, too. */
interface Shared {
  accounts(tenantId: string): Promise<readonly AccountRecord[]>;
  groups(connectionId: string): Promise<readonly DirectoryGroupRecord[]>;
}

function once<Value>(read: (key: string) => Promise<Value>): (key: string) => Promise<Value> {
  const known = new Map<string, Promise<Value>>();
  return (key) => {
    const value = known.get(key) ?? read(key);
    known.set(key, value);
    return value;
  };
}

async function readTenantState(tx: Transaction, tenant: TenantRecord, shared: Shared): Promise<TenantState> {
  const { id, connectionId, parentId } = tenant;
  const connection = await tx.connections.get(connectionId);
  if (connection === null) throw new Error(`The connection of ${id} is missing.`);
  const groups = await shared.groups(connectionId);
  const accounts = await shared.accounts(id);
  const inherited = parentId === null ? [] : await shared.accounts(parentId);
  const accountIds = [...accounts, ...inherited].map((account) => account.id);
  const localGroups = await tx.localGroups.list(id);
  const faces = await readFaces(tx, tenant, shared);
  return {
    tenant,
    connection,
    credentials: await tx.credentials.list(connectionId),
    users: await tx.users.find({ connectionId, lookups: [], limit: ALL }),
    groups,
    members: await readMembers(tx, groups),
    accounts,
    overlays: await tx.overlays.getMany(id, [...accountIds, ...faces]),
    seats: await tx.seats.getMany(id, accountIds),
    seatCount: await tx.seats.count(id),
    localGroups,
    localMembers: await tx.localGroups.membershipsOf(id, accountIds),
    failures: await tx.failures.list(id, { limit: ALL }),
    syncEvents: (await tx.syncEvents.page(id, { limit: ALL })).map(({ entry }) => entry),
    audit: (await tx.audit.page(id, { limit: ALL })).map(({ entry }) => entry),
    changes: (await tx.changes.read(id, { limit: ALL })).map(({ change }) => change),
    upToDate: parentId === null || (await isUpToDate(tx, parentId, id)),
  };
}

/** Both faces of each group that the tenant shows, its own or its parent's. */
async function readFaces(
  tx: Transaction,
  { connectionId, parentId }: TenantRecord,
  shared: Shared,
): Promise<readonly string[]> {
  const root = parentId === null ? undefined : await tx.tenants.get(parentId);
  const groups = await shared.groups(root?.connectionId ?? connectionId);
  return groups.flatMap(({ id: directoryGroupId }) =>
    (["user", "reader"] as const).map((kind) => faceId({ directoryGroupId, kind })),
  );
}

async function readMembers(tx: Transaction, groups: readonly DirectoryGroupRecord[]): Promise<readonly MemberSides[]> {
  const sides: MemberSides[] = [];
  for (const { connectionId, id: groupId } of groups) {
    const named = await tx.members.page(connectionId, groupId, { limit: ALL });
    const effective = await tx.members.effective(connectionId, groupId, { limit: ALL });
    sides.push({ groupId, named, effective });
  }
  return sides;
}

async function isUpToDate({ changes }: Transaction, parentId: TenantId, childId: TenantId): Promise<boolean> {
  const backfilled = (await changes.cursor(parentId, backfillConsumer(childId))) === null;
  return backfilled && (await changes.cursor(parentId, childConsumer(childId))) === (await changes.last(parentId));
}
