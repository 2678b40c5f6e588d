/**
 * What belongs to a child about people that it reads through its parent: its seats, its failures, its events. Seats
 * follow from the state as it is, so that doing it twice is doing it once (I30).
 *
 * @module
 */
import type { AccountNews } from "../account/account-changes.ts";
import { isManaged } from "../account/edit-policy.ts";
import { admitWaiting, hasSeatLimit, refileWaiting, releaseSeat, reportWaiting, takeSeat } from "../account/seats.ts";
import type { EffectiveConnection } from "../connection/effective-connection.ts";
import type { Change, EventName } from "../events.ts";
import { parseFaceId } from "../group/group-projection.ts";
import { forgetFaces } from "../group/provision-group.ts";
import type {
  AccountId,
  AccountRecord,
  ChangeRecord,
  GroupId,
  Instant,
  SeatRecord,
  TenantId,
  Transaction,
} from "../ports/index.ts";
import { BACKFILL, BACKFILL_AGAIN, childConsumer } from "../sync/consumer.ts";
import { closeFailures } from "../sync/sync-failure.ts";
import { accountSubject } from "../sync/sync-subject.ts";
import type { UnitOfWork } from "../unit-of-work.ts";
import { fileSameName, forgetSameName } from "./same-name.ts";

const PAGE = 500;

/**
 * Gives a child the seats and events of people that were there before it, one page at a time; the seats alone when it
 * goes through its people again.
 *
 * @param position where the page before ended, or the beginning that the cursor of the backfill has
 * @returns where to go on, or undefined at the end
 */
export async function backfillChild(
  unit: UnitOfWork,
  child: EffectiveConnection,
  position: string,
  limit: number,
): Promise<string | undefined> {
  const begin = position.startsWith(BACKFILL_AGAIN) ? BACKFILL_AGAIN : BACKFILL;
  const after = position === begin ? undefined : position.slice(begin.length);
  const accounts = await managedAccounts(unit, child, after, limit);
  const untold = begin === BACKFILL ? await withoutNews(unit, child, accounts) : [];
  for (const { id: accountId } of untold) {
    await unit.emit({ tenantId: child.tenant.id, type: "account.created", accountId, data: { changes: [] } });
  }
  await admitAll(unit, child, accounts);
  for (const account of accounts) await fileSameName(unit, child, account);
  return accounts.length < limit ? undefined : `${begin}${accounts.at(-1)?.id}`;
}

/** Those who were there before the child: of the others the parent's feed tells. */
async function withoutNews(
  { tx }: UnitOfWork,
  { tenant, root }: EffectiveConnection,
  accounts: readonly AccountRecord[],
): Promise<readonly AccountRecord[]> {
  const linkedAt = tenant.createdAt;
  const candidates = accounts.filter(({ createdAt }) => createdAt <= linkedAt);
  if (!candidates.some(({ createdAt }) => createdAt === linkedAt)) return candidates;
  // One millisecond holds both: the feed knows which came first.
  const after = (await tx.changes.cursor(root.tenant.id, childConsumer(tenant.id))) ?? undefined;
  const told = await createdUntil(tx, root.tenant.id, after, linkedAt);
  return candidates.filter(({ id }) => !told.has(id));
}

async function createdUntil(
  { changes }: Transaction,
  tenantId: TenantId,
  position: string | undefined,
  until: Instant,
): Promise<ReadonlySet<AccountId>> {
  const created = new Set<AccountId>();
  let after = position;
  do {
    const page = await changes.read(tenantId, { after, limit: PAGE });
    for (const { change } of page) {
      if (change.at > until) return created;
      if (change.type === "account.created" && change.accountId !== null) created.add(change.accountId);
    }
    after = page.length < PAGE ? undefined : page.at(-1)?.position;
  } while (after !== undefined);
  return created;
}

/**
 * Brings the seats of a tenant in line with limits that were changed. More seats go to those who wait, in order; fewer
 * take nobody's away. A child with its first limit seats its people in order of id; one without a limit keeps no rows
 * for people that it reads through.
 *
 * @param connection as it is after the change
 */
export async function reseatTenant(unit: UnitOfWork, connection: EffectiveConnection): Promise<void> {
  await admitWaiting(unit, connection);
  if (!connection.inherited) return;
  let after: AccountId | undefined;
  do {
    const accounts = await managedAccounts(unit, connection, after, PAGE);
    if (hasSeatLimit(connection.tenant)) await admitAll(unit, connection, accounts);
    else for (const { id } of accounts) await unit.tx.seats.release(connection.tenant.id, id);
    after = accounts.length < PAGE ? undefined : accounts.at(-1)?.id;
  } while (after !== undefined);
}

function managedAccounts(
  { tx }: UnitOfWork,
  { root }: EffectiveConnection,
  after: AccountId | undefined,
  limit: number,
): Promise<readonly AccountRecord[]> {
  return tx.accounts.find({ tenantId: root.tenant.id, connectionId: root.connectionId, after, limit });
}

async function admitAll(
  unit: UnitOfWork,
  child: EffectiveConnection,
  accounts: readonly AccountRecord[],
): Promise<void> {
  if (!hasSeatLimit(child.tenant) || accounts.length === 0) return;
  const ids = accounts.map(({ id }) => id);
  const parentSeats = bySeatHolder(await unit.tx.seats.getMany(child.root.tenant.id, ids));
  const childSeats = bySeatHolder(await unit.tx.seats.getMany(child.tenant.id, ids));
  for (const account of accounts) {
    const seats = { parent: parentSeats.get(account.id), child: childSeats.get(account.id) };
    await settleChildSeat(unit, child, account, seats);
  }
}

function bySeatHolder(seats: readonly SeatRecord[]): ReadonlyMap<AccountId, SeatRecord> {
  return new Map(seats.map((seat) => [seat.accountId, seat]));
}

interface Seats {
  readonly parent: SeatRecord | undefined;
  readonly child: SeatRecord | undefined;
}

/** Whoever is admitted at the parent wants a seat here; a full child never fails the parent (R115, I29). */
async function settleChildSeat(
  unit: UnitOfWork,
  child: EffectiveConnection,
  account: AccountRecord,
  seats: Seats,
): Promise<void> {
  const wants = account.active && seats.parent?.state === "held";
  if (wants && seats.child?.kind === account.kind) return;
  if (!wants && keepsSeat(account, seats, child)) return;
  if (!wants && seats.child === undefined) return;
  const tenantId = child.tenant.id;
  if (!wants) await releaseSeat(unit, child, account);
  const outcome = wants ? await takeSeat(unit, child, account, "wait", seats.child?.kind) : "none";
  if (outcome === "waiting") await reportWaiting(unit, child, account, "inherit");
  else await closeFailures(unit, tenantId, accountSubject(account), ["seat_limit"]);
}

/** Whom the parent's connection lets keep a seat while inactive keeps one here, too (R60). */
function keepsSeat({ active, kind }: AccountRecord, seats: Seats, { settings }: EffectiveConnection): boolean {
  if (active || !settings.inactiveHoldsSeat) return false;
  return [seats.parent, seats.child].every((seat) => seat?.state === "held" && seat.kind === kind);
}

/**
 * Repeats a change of the parent as the child's own: its event, its seat, its failure.
 *
 * @param change a row of the parent's feed
 */
export async function projectChange(unit: UnitOfWork, child: EffectiveConnection, change: ChangeRecord): Promise<void> {
  if (change.accountId !== null) await projectAccountChange(unit, child, change, change.accountId);
  else if (change.groupId !== null) await projectGroupChange(unit, child, change, change.groupId);
}

async function projectAccountChange(
  unit: UnitOfWork,
  child: EffectiveConnection,
  change: ChangeRecord,
  accountId: AccountId,
): Promise<void> {
  const tenantId = child.tenant.id;
  const account = await unit.tx.accounts.get(child.root.tenant.id, accountId);
  if (account === null) {
    if (isDeletionOfManaged(change))
      await unit.emit({ tenantId, type: "account.deleted", accountId, data: change.data });
    return;
  }
  if (!isManaged(account, child)) return;
  const changes = changesOf(change);
  const news = await inheritedNews(unit.tx, child, change);
  const tell = async ({ type, changes }: AccountNews) => unit.emit({ tenantId, type, accountId, data: { changes } });
  // An admission at the parent is one here if it leads to a seat here; everything else comes before its consequences.
  const isAdmission = news?.type === "account.admitted";
  if (news !== undefined && !isAdmission) await tell(news);
  await admitAll(unit, child, [account]);
  await refile(unit, child, account, { type: change.type, changes });
  if (isAdmission && (await isAdmitted(unit, child, accountId))) await tell(news);
}

/** What is listed under a name of the account: that it waits, and that somebody of the child has it too. */
async function refile(
  unit: UnitOfWork,
  child: EffectiveConnection,
  account: AccountRecord,
  { type, changes }: { readonly type: string; readonly changes: readonly Change[] },
): Promise<void> {
  const rename = changes.find(({ path }) => path === "userName");
  if (typeof rename?.from === "string") {
    const before = { ...account, userName: rename.from };
    if (hasSeatLimit(child.tenant)) await refileWaiting(unit, child, [before, account], "inherit");
    await forgetSameName(unit, child, before);
  }
  if (rename !== undefined || type !== "account.updated") await fileSameName(unit, child, account);
}

/** Accounts made by hand at the parent were never shown here. */
function isDeletionOfManaged({ type, data }: ChangeRecord): boolean {
  return type === "account.deleted" && (data as { readonly managed?: boolean } | null)?.managed === true;
}

function changesOf({ data }: ChangeRecord): readonly Change[] {
  return (data as { readonly changes?: readonly Change[] } | null)?.changes ?? [];
}

/** What a parent chooses locally, and its own seats: neither reaches its children. */
const LOCAL_PATHS: ReadonlySet<string> = new Set(["role", "contentRole", "contentAccess", "suspended", "seat"]);

/** What a child hears of an event at its parent. A sign-in or a sign-out there is none here. */
async function inheritedNews(
  tx: Transaction,
  child: EffectiveConnection,
  change: ChangeRecord,
): Promise<AccountNews | undefined> {
  const type = change.type as EventName;
  const changes = changesOf(change);
  if (type === "account.signed_in" || type === "account.signed_out") return undefined;
  if (type !== "account.updated") return { type, changes };
  // An account that was made by hand at the parent shows here from the moment it is linked.
  if (changes.some(({ path, from }) => path === "managedBy" && from === null)) {
    return { type: "account.created", changes: [] };
  }
  const local = await localPaths(tx, child, change);
  const inherited = changes.filter(({ path }) => !local.has(path));
  return inherited.length === 0 ? undefined : { type, changes: inherited };
}

/** A role that the rules or the directory gave there is given here too, unless the child has chosen one. */
async function localPaths(
  { overlays }: Transaction,
  { tenant }: EffectiveConnection,
  { actor, accountId }: ChangeRecord,
): Promise<ReadonlySet<string>> {
  if (accountId === null || actor.type === "person" || actor.type === "host") return LOCAL_PATHS;
  const overlay = await overlays.get(tenant.id, accountId);
  const local = new Set(LOCAL_PATHS);
  if (overlay?.role == null) local.delete("role");
  if (overlay?.contentRole == null) local.delete("contentRole");
  return local;
}

async function isAdmitted({ tx }: UnitOfWork, { tenant }: EffectiveConnection, accountId: AccountId): Promise<boolean> {
  if (!hasSeatLimit(tenant)) return true;
  const seat = await tx.seats.get(tenant.id, accountId);
  return seat?.state === "held";
}

/** Pushed groups are the child's too; what the parent adds to them locally is not. */
async function projectGroupChange(
  unit: UnitOfWork,
  child: EffectiveConnection,
  { type, actor, data }: ChangeRecord,
  groupId: GroupId,
): Promise<void> {
  const face = parseFaceId(groupId);
  if (face === undefined || actor.type !== "connection") return;
  if (type === "group.deleted") await forgetFaces(unit.tx, child.tenant.id, face.directoryGroupId);
  await unit.emit({ tenantId: child.tenant.id, type: type as EventName, groupId, data });
}
