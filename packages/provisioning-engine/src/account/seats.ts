/**
 * Seats: taken by active people, released by inactive ones, and given in order to those who wait (decision 5). The store
 * decides and counts in one step, so that a limit holds under concurrency (I14).
 *
 * @module
 */
import type { EffectiveConnection } from "../connection/effective-connection.ts";
import type { AccountId, AccountKind, AccountRecord, TenantId, TenantRecord } from "../ports/index.ts";
import { shorten } from "../sync/quote.ts";
import { closeFailures, openFailure } from "../sync/sync-failure.ts";
import { accountSubject, namedSubject } from "../sync/sync-subject.ts";
import type { UnitOfWork } from "../unit-of-work.ts";
import { findAccountRecord, isReadThrough } from "./visible-accounts.ts";

export type SeatOutcome = "held" | "waiting" | "refused";

const KINDS: readonly AccountKind[] = ["user", "reader"];

/** Whether a tenant bounds its seats. */
export function hasSeatLimit({ seatLimits }: Pick<TenantRecord, "seatLimits">): boolean {
  return KINDS.some((kind) => seatLimits[kind] !== null);
}

/**
 * The tenant whose seat admits an account. A child without limits keeps no rows for the people that it reads through:
 * they are admitted with the seats of its parent.
 */
export function seatTenant(account: AccountRecord, connection: EffectiveConnection): TenantId {
  const { tenant } = connection;
  return isReadThrough(account, connection) && !hasSeatLimit(tenant) ? account.tenantId : tenant.id;
}

/**
 * Takes a seat of the connection's tenant for an active account, or queues for one. A seat of the other kind is given
 * up in the same step, and goes to whoever waits for it (R23). A break-glass account is never kept waiting.
 *
 * @param whenFull `refuse` leaves everything as it was
 * @param previousKind the kind of the seat that the account may hold now
 */
export async function takeSeat(
  unit: UnitOfWork,
  connection: EffectiveConnection,
  account: Pick<AccountRecord, "id" | "kind" | "breakGlass">,
  whenFull: "wait" | "refuse",
  previousKind?: AccountKind,
): Promise<SeatOutcome> {
  const { id: accountId, kind, breakGlass } = account;
  const { id: tenantId, seatLimits } = connection.tenant;
  const limit = breakGlass ? null : seatLimits[kind];
  const outcome = await unit.tx.seats.take({ tenantId, accountId, kind, at: unit.now }, limit, whenFull);
  const gaveUp = outcome !== "refused" && previousKind !== undefined && previousKind !== kind;
  if (gaveUp) await admitWaiting(unit, connection, [previousKind]);
  return outcome;
}

/**
 * Gives up the seat of an account, or its place in the queue and the failure that told of it. Nothing happens when it has
 * neither.
 */
export async function releaseSeat(
  unit: UnitOfWork,
  connection: EffectiveConnection,
  account: Pick<AccountRecord, "id" | "userName">,
): Promise<void> {
  const { id: tenantId } = connection.tenant;
  const released = await unit.tx.seats.release(tenantId, account.id);
  if (released?.state === "held") await admitWaiting(unit, connection, [released.kind]);
  if (released?.state !== "waiting") return;
  await closeFailures(unit, tenantId, namedSubject("User", account.userName), ["seat_limit"]);
}

/**
 * For somebody who is not active any more. Where inactive people keep their seat (R60), it is one of the kind that they
 * are; a place in the queue nobody keeps, who has no use for it.
 */
export async function leaveSeat(
  unit: UnitOfWork,
  connection: EffectiveConnection,
  account: Pick<AccountRecord, "id" | "userName" | "kind" | "breakGlass">,
): Promise<void> {
  const seat = connection.settings.inactiveHoldsSeat ? await unit.tx.seats.get(connection.tenant.id, account.id) : null;
  if (seat?.state === "held") {
    if (seat.kind === account.kind) return;
    if ((await takeSeat(unit, connection, account, "refuse", seat.kind)) === "held") return;
  }
  await releaseSeat(unit, connection, account);
}

/** Gives free seats to those who have waited longest, closes their failures and tells of their admission. */
export async function admitWaiting(
  unit: UnitOfWork,
  connection: EffectiveConnection,
  kinds: readonly AccountKind[] = KINDS,
): Promise<void> {
  const { id: tenantId, seatLimits } = connection.tenant;
  for (const kind of kinds) {
    for (;;) {
      const seat = await unit.tx.seats.admitNext(tenantId, kind, seatLimits[kind]);
      if (seat === null) break;
      await tellAdmission(unit, connection, seat.accountId);
    }
  }
}

async function tellAdmission(unit: UnitOfWork, connection: EffectiveConnection, accountId: AccountId): Promise<void> {
  const { id: tenantId } = connection.tenant;
  const account = await findAccountRecord(unit.tx, connection, accountId);
  if (account !== null) await closeFailures(unit, tenantId, accountSubject(account), ["seat_limit"]);
  const changes = [{ path: "status", from: "pending", to: "active" }];
  await unit.emit({ tenantId, type: "account.admitted", accountId, data: { changes } });
  await unit.audit({
    tenantId,
    action: "account.admitted",
    subject: { type: "account", id: accountId },
    before: { status: "pending" },
    after: { status: "active" },
  });
}

/** Files the sync failure of somebody who waits (R65). */
export async function reportWaiting(
  unit: UnitOfWork,
  { tenant }: EffectiveConnection,
  account: AccountRecord,
  operation: "create" | "replace" | "patch" | "inherit",
): Promise<void> {
  const message = `${shorten(account.userName)} waits for a ${account.kind} seat. ${seatLimitAdvice(tenant, account.kind)}`;
  const subject = accountSubject(account);
  await openFailure(unit, { tenantId: tenant.id, subject, operation, cause: "seat_limit", message, retry: null });
}

/** Failures are filed by name: whoever waits is listed under the present one, and who waits no more under none. */
export async function refileWaiting(
  unit: UnitOfWork,
  connection: EffectiveConnection,
  [before, after]: readonly [before: AccountRecord, after: AccountRecord],
  operation: "replace" | "inherit",
): Promise<void> {
  const { id: tenantId } = connection.tenant;
  const seat = await unit.tx.seats.get(tenantId, after.id);
  const isWaiting = seat?.state === "waiting";
  const subject = accountSubject(before);
  if (isWaiting && subject.key === accountSubject(after).key && seat.kind === before.kind) return;
  await closeFailures(unit, tenantId, subject, ["seat_limit"]);
  if (isWaiting) await reportWaiting(unit, connection, after, operation);
}

/** What an admin can do about a full tenant. */
export function seatLimitAdvice({ seatLimits }: TenantRecord, kind: AccountKind): string {
  return `The limit of ${kind} seats (${seatLimits[kind]}) is reached: raise it, or free a seat.`;
}
