/**
 * What holds of seats and of those who wait for one.
 *
 * @module
 */
import type { AccountKind, AccountRecord } from "../../src/ports/index.ts";
import { ensure, ensureSame, type Invariant, KINDS, pairs, parentOf } from "./observation.ts";
import type { State, TenantState } from "./state.ts";

/** I14: provisioning never exceeds a limit; a limit that was lowered takes nobody's seat. */
export const limitsHold: Invariant = (observation) => {
  for (const { before, after } of pairs(observation)) {
    for (const kind of KINDS) {
      // A seat may have been given in the background just before its limit was lowered.
      const limit = Math.max(limitOf(before, kind), limitOf(after, kind));
      const held = heldSeats(after, kind);
      if (held <= heldSeats(before, kind)) continue;
      ensure(held <= limit, `I14: ${held} of ${limit} ${kind} seats in`, after.tenant.id);
    }
  }
};

export function limitOf({ tenant }: TenantState, kind: AccountKind): number {
  return tenant.seatLimits[kind] ?? Number.POSITIVE_INFINITY;
}

/** Without those of break-glass accounts, which no limit keeps out. */
function heldSeats({ seats, accounts }: TenantState, kind: AccountKind): number {
  const exempt = new Set(accounts.filter(({ breakGlass }) => breakGlass).map(({ id }) => id));
  return seats.filter((seat) => seat.kind === kind && seat.state === "held" && !exempt.has(seat.accountId)).length;
}

/** R60: an inactive person may keep the seat that they had, and no place in the queue. */
export function mayKeep(state: State, tenant: TenantState, seat: TenantState["seats"][number] | undefined): boolean {
  const { settings } = (parentOf(state, tenant) ?? tenant).connection;
  return seat?.state === "held" && settings?.inactiveHoldsSeat === true;
}

/** R100: whom nobody but an identity provider vouches for has no seat until somebody lets them in. */
function mayBePending({ connectionId, samlNameId }: AccountRecord): boolean {
  return connectionId === null && samlNameId !== null;
}

/** I13, I15: seats are those of the accounts, one each, of their kind; and the counters say the same. */
export const seatsAreCounted: Invariant = ({ after }) => {
  for (const tenant of after.values()) {
    const { seats, seatCount, accounts } = tenant;
    for (const kind of KINDS) {
      const count = (state: "held" | "waiting") => seats.filter((seat) => seat.kind === kind && seat.state === state);
      ensureSame(
        seatCount[kind],
        { held: count("held").length, waiting: count("waiting").length },
        `I15: the ${kind} seats of ${tenant.tenant.id} were counted otherwise.`,
      );
    }
    for (const account of accounts) {
      const { id, kind, active } = account;
      const seat = seats.find(({ accountId }) => accountId === id);
      if (seat === undefined && mayBePending(account)) continue;
      ensureSame(
        seat?.kind,
        active || mayKeep(after, tenant, seat) ? kind : undefined,
        `I13: the seat of ${id} in ${tenant.tenant.id} is not its own.`,
      );
    }
  }
};

type Seat = TenantState["seats"][number];

function waiting({ seats }: TenantState, kind: AccountKind): readonly Seat[] {
  return seats.filter((seat) => seat.kind === kind && seat.state === "waiting");
}

/** R65: nobody waits for a seat that is free. */
export const nobodyWaitsInVain: Invariant = ({ after }) => {
  for (const tenant of after.values()) {
    for (const kind of KINDS) {
      const isFull = tenant.seatCount[kind].held >= limitOf(tenant, kind);
      ensure(isFull || waiting(tenant, kind).length === 0, `R65: a ${kind} seat is free in`, tenant.tenant.id);
    }
  }
};

/** R65: whoever waits keeps the place in the queue, and whoever comes goes to its end. */
export const queuesKeepTheirOrder: Invariant = (observation) => {
  // Whoever left with the connection, and came back with it, queues again.
  if (observation.did.archives !== undefined) return;
  for (const { before, after } of pairs(observation)) {
    for (const kind of KINDS) {
      const places = new Map(waiting(before, kind).map(({ accountId, since }) => [accountId, since]));
      for (const { accountId, since } of waiting(after, kind)) {
        const place = places.get(accountId);
        const isKept = place === undefined ? since >= observation.earliest : since === place;
        ensure(isKept, `R65: another place in the queue of ${after.tenant.id}:`, accountId, since, place);
      }
    }
  }
};

/** R65: seats go to those who have waited longest. Break-glass accounts wait for nobody. */
export const nobodyIsOvertaken: Invariant = (observation) => {
  for (const { before, after } of pairs(observation)) {
    const exempt = new Set(after.accounts.filter(({ breakGlass }) => breakGlass).map(({ id }) => id));
    for (const kind of KINDS) {
      const were = new Map(waiting(before, kind).map((seat) => [seat.accountId, seat]));
      const left = waiting(after, kind).filter(({ accountId, since }) => were.get(accountId)?.since === since);
      for (const seat of admitted(before, after, kind)) {
        const place = were.get(seat.accountId) ?? seat;
        const overtaken = exempt.has(seat.accountId) ? [] : left.filter((other) => placeOf(other) < placeOf(place));
        ensureSame(overtaken, [], `R65: in ${after.tenant.id} ${seat.accountId} was admitted before others.`);
      }
    }
  }
};

/** Who holds a seat of this kind and did not before. */
function admitted(before: TenantState, after: TenantState, kind: AccountKind): readonly Seat[] {
  const holds = ({ seats }: TenantState) => seats.filter((seat) => seat.kind === kind && seat.state === "held");
  const held = new Set(holds(before).map(({ accountId }) => accountId));
  return holds(after).filter(({ accountId }) => !held.has(accountId));
}

function placeOf({ since, accountId }: Seat): string {
  return `${since} ${accountId}`;
}
