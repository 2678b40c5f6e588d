/**
 * Who waits for a seat, in the order in which seats are given.
 *
 * @module
 */
import type { Impact } from "../admin/explain-views.ts";
import type { EffectiveConnection } from "../connection/effective-connection.ts";
import type { AccountId, SeatRecord, Transaction } from "../ports/index.ts";
import type { Survey } from "./survey.ts";

/** Longest first. Of those whom a child shows, some wait at its parent. */
export async function waitingQueue(
  tx: Transaction,
  { tenant, root }: EffectiveConnection,
  { people }: Survey,
): Promise<Impact["waiting"]["first"]> {
  const pending = [...people.values()].filter(({ place }) => place.status === "pending");
  const ids = pending.map(({ account }) => account.id);
  if (ids.length === 0) return [];
  const own = await tx.seats.getMany(tenant.id, ids);
  const through = root.tenant.id === tenant.id ? [] : await tx.seats.getMany(root.tenant.id, ids);
  const places = new Map([...through, ...own].map((seat) => [seat.accountId, placeOf(seat)]));
  const isBefore = (a: AccountId, b: AccountId) => (places.get(a) ?? "") < (places.get(b) ?? "");
  return pending
    .toSorted((a, b) => (isBefore(a.account.id, b.account.id) ? -1 : 1))
    .map(({ account, place: { kind } }) => ({ ...account, kind }));
}

/** As a store admits people. */
function placeOf({ since, accountId }: SeatRecord): string {
  return `${since} ${accountId}`;
}
