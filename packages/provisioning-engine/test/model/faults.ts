/**
 * A store that breaks off at a chosen point: before the work of a transaction is done, so that all of it is undone, or
 * after its commit, when whoever asked hears of an error although everything is saved.
 *
 * @module
 */
import type { Store, Transaction } from "../../src/ports/index.ts";
import { mapMethods } from "../storage/map-methods.ts";

export interface Fault {
  /** How many calls of repositories still succeed. */
  readonly calls: number;
  readonly committed: boolean;
}

export interface FaultyStore {
  readonly store: Store;
  /** One fault; it hits once, whichever transaction comes to it. */
  arm(fault: Fault): void;
  disarm(): void;
  /** Asks something without coming closer to the fault. */
  undisturbed<T>(work: () => Promise<T>): Promise<T>;
  /** Whether a fault has hit since the last question. */
  hit(): boolean;
}

class InjectedFault extends Error {}

export function faultyStore(base: Store): FaultyStore {
  let armed: { left: number; readonly committed: boolean } | undefined;
  let wasHit = false;

  const reached = (): boolean => armed !== undefined && armed.left <= 0;
  const fail = (): never => {
    armed = undefined;
    wasHit = true;
    throw new InjectedFault("The database went away.");
  };
  const counting = (tx: Transaction): Transaction =>
    mapMethods(tx, (method) => async (...args) => {
      if (armed !== undefined) armed.left -= 1;
      if (reached() && armed?.committed === false) fail();
      return method(...args);
    });

  return {
    store: {
      ...base,
      transaction: async (scope, work) => {
        const result = await base.transaction(scope, (tx) => work(armed === undefined ? tx : counting(tx)));
        if (reached()) fail();
        return result;
      },
    },
    arm: ({ calls, committed }) => {
      armed = { left: calls, committed };
    },
    disarm: () => {
      armed = undefined;
    },
    undisturbed: async (work) => {
      const waiting = armed;
      armed = undefined;
      try {
        return await work();
      } finally {
        armed = waiting;
      }
    },
    hit: () => {
      const answer = wasHit;
      wasHit = false;
      return answer;
    },
  };
}
