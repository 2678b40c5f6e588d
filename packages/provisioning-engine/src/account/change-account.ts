/**
 * An account is made or changed by a directory: the row, the seat, the defaults, the events and the audit entry, all in
 * the transaction of the write.
 *
 * @module
 */
import { auditSides, differences } from "../admin/differences.ts";
import type { EffectiveConnection } from "../connection/effective-connection.ts";
import type { Change } from "../events.ts";
import type { AccountRecord, GroupId } from "../ports/index.ts";
import { settleRuleGroups } from "../role-rule/rule-groups.ts";
import type { Push } from "../sync/push.ts";
import { shorten } from "../sync/quote.ts";
import { refusal } from "../sync/sync-failure.ts";
import { type AccountNews, accountChanges, accountNews } from "./account-changes.ts";
import { addDefaultGroups } from "./default-groups.ts";
import { readGroupRole } from "./group-role.ts";
import { tenantLosingOwner } from "./last-owner.ts";
import { insertAccount, updateAccount } from "./save-account.ts";
import { leaveSeat, releaseSeat, reportWaiting, type SeatOutcome, seatLimitAdvice, takeSeat } from "./seats.ts";

/** What became of an account. `seat` is `kept` when nothing about seats changed, `none` for inactive people. */
export interface ProvisionedAccount {
  readonly account: AccountRecord;
  readonly seat: Exclude<SeatOutcome, "refused"> | "kept" | "none";
  /** Whether anything was told and audited of it. */
  readonly told: boolean;
}

/**
 * @param groups those that the rules give
 * @throws {SyncRefusal} `duplicate`, `seat_limit`
 */
export async function createAccount(
  push: Push,
  planned: AccountRecord,
  groups: readonly GroupId[],
): Promise<ProvisionedAccount> {
  const account = await insertAccount(push, planned);
  await addFirstGroups(push, null, account);
  const { kind, userName, active } = account;
  await tell(push, account, { type: "account.created", changes: [] }, { after: { kind, userName, active } });
  return { ...(await settle(push, null, account, groups)), told: true };
}

export interface AccountChangePlan {
  readonly before: AccountRecord;
  readonly after: AccountRecord;
  /** Changes that only the directory's resource shows. */
  readonly attributes: readonly Change[];
  /** The person came back after a DELETE. */
  readonly returned: boolean;
  /** Groups that the rules give; those of before when absent. */
  readonly groups?: readonly GroupId[];
}

/** @throws {SyncRefusal} `duplicate`, `seat_limit`, `last_owner`, `conflict` */
export async function changeAccount(push: Push, plan: AccountChangePlan): Promise<ProvisionedAccount> {
  const { unit, connection } = push;
  const { before, after } = plan;
  await keepAnOwner(push, before, after);
  const account = isSame(before, after) ? before : await updateAccount(push, after);
  const from = { account: before, groupRole: await groupRoleFor(before, before, account, push) };
  await addFirstGroups(push, before, account);
  const to = { account, groupRole: await groupRoleFor(account, before, account, push) };
  const overlay = await unit.tx.overlays.get(connection.tenant.id, account.id);
  const changes = accountChanges(from, to, overlay, connection);
  const news = accountNews(changes, plan.attributes, plan.returned);
  for (const each of news) await tell(push, account, each, auditSides(each.changes));
  return { ...(await settle(push, before, account, plan.groups)), told: news.length > 0 };
}

/** The default groups of a kind that is new; what they give belongs to what is told of the change. */
async function addFirstGroups(push: Push, before: AccountRecord | null, account: AccountRecord): Promise<void> {
  const isFirst = before === null || !before.defaultsApplied.includes(account.kind);
  if (isFirst) await addDefaultGroups(push.unit.tx, push.connection, account);
}

/** The role that groups give; not asked for where neither side of a change can have another role than the other. */
async function groupRoleFor(
  side: AccountRecord,
  before: AccountRecord,
  after: AccountRecord,
  { unit, connection }: Push,
): Promise<string | null> {
  return differences(before, after, ROLE_GIVING).length === 0 ? null : readGroupRole(unit, connection, side);
}

const ROLE_GIVING: readonly (keyof AccountRecord)[] = ["kind", "provisionedRole", "decidedRole", "connectionId"];

/** What follows from a row that was written: the seat, and the groups of rules. */
async function settle(
  push: Push,
  before: AccountRecord | null,
  account: AccountRecord,
  groups: readonly GroupId[] | undefined,
): Promise<Omit<ProvisionedAccount, "told">> {
  const seat = await settleSeat(push, before, account);
  if (groups !== undefined) await settleRuleGroups(push.unit, push.connection, account, groups);
  return { account, seat };
}

function isSame(before: AccountRecord, after: AccountRecord): boolean {
  return differences(before, after, Object.keys(after) as (keyof AccountRecord)[]).length === 0;
}

/** I1: a machine neither deactivates nor demotes the last owner, of the root or of a child. */
export async function keepAnOwner(
  { unit, connection }: Push,
  before: AccountRecord,
  after: AccountRecord,
): Promise<void> {
  if (differences(before, after, OWNERSHIP).length === 0) return;
  const tenant = await tenantLosingOwner(unit, connection, before, after);
  if (tenant === undefined) return;
  throw refusal("last_owner", "forbidden", lastOwnerStays(before, tenant, connection));
}

/** For an IT admin: who it is, and what to do. */
export function lastOwnerStays(
  { userName }: AccountRecord,
  tenant: EffectiveConnection["tenant"],
  connection: EffectiveConnection,
): string {
  const where = tenant.id === connection.tenant.id ? "" : " of a project that inherits this connection";
  return (
    `${shorten(userName)} is the last active owner${where} and stays an active user. ` +
    "Give another person the owner role first."
  );
}

/** What makes somebody an active owner, as far as a directory writes it. */
const OWNERSHIP: readonly (keyof AccountRecord)[] = ["active", "kind", "decidedRole", "connectionId"];

async function settleSeat(
  push: Push,
  before: AccountRecord | null,
  account: AccountRecord,
): Promise<ProvisionedAccount["seat"]> {
  const { unit, connection, operation } = push;
  // Whoever was made by hand, or at a sign-in, may have none yet.
  const previousKind = before?.active && before.connectionId !== null ? before.kind : undefined;
  const kind = account.active ? account.kind : undefined;
  if (kind === undefined) {
    // A deleted person is gone for good, as far as the directory knows; an inactive one may keep the seat.
    if (operation === "delete") await giveUpSeat(push, before, account);
    else await leaveSeat(unit, connection, account);
    return "none";
  }
  if (kind === previousKind) return "kept";
  const whenFull = connection.settings.onSeatLimit === "reject" ? "refuse" : "wait";
  const outcome = await takeSeat(unit, connection, account, whenFull, before?.kind);
  if (outcome === "refused") throw noSeat(push, account);
  if (outcome === "waiting" && operation !== "delete") await reportWaiting(unit, connection, account, operation);
  return outcome;
}

/** Of somebody who was inactive already nothing else is told, by which children would hear of it (R60). */
async function giveUpSeat(push: Push, before: AccountRecord | null, account: AccountRecord): Promise<void> {
  const { unit, connection } = push;
  const kept = before?.active === false ? await unit.tx.seats.get(connection.tenant.id, account.id) : null;
  await releaseSeat(unit, connection, account);
  if (kept === null) return;
  const changes = [{ path: "seat", from: kept.kind, to: null }];
  await tell(
    push,
    account,
    { type: "account.updated", changes },
    { before: { seat: kept.kind }, after: { seat: null } },
  );
}

function noSeat({ connection }: Push, { userName, kind }: AccountRecord): Error {
  const detail = `There is no ${kind} seat for ${shorten(userName)}. ${seatLimitAdvice(connection.tenant, kind)}`;
  return refusal("seat_limit", "forbidden", detail);
}

async function tell(
  { unit, connection }: Push,
  { id }: AccountRecord,
  { type, changes }: AccountNews,
  sides: { readonly before?: unknown; readonly after?: unknown },
): Promise<void> {
  const tenantId = connection.tenant.id;
  await unit.emit({ tenantId, type, accountId: id, data: { changes } });
  await unit.audit({ tenantId, action: type, subject: { type: "account", id }, ...sides });
}
