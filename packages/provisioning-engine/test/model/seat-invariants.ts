/**
 * What holds of seats and of those who wait for one.
 *
 * @module
 */
import type { AccountKind } from "../../src/ports/index.ts";
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

function limitOf({ tenant }: TenantState, kind: AccountKind): number {
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
      ensureSame(
        seat?.kind,
        active || mayKeep(after, tenant, seat) ? kind : undefined,
        `I13: the seat of ${id} in ${tenant.tenant.id} is not its own.`,
      );
    }
  }
};
