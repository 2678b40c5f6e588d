/**
 * A store that breaks off at a chosen point: before the work of a transaction is done, so that all of it is undone, or
 * after its commit, when whoever asked hears of an error although everything is saved. Or it takes nothing of some
 * tenants for a while.
 *
 * @module
 */
import type { Store, TenantId, Transaction } from "../../src/ports/index.ts";
import { type Method, mapMethods } from "../storage/map-methods.ts";

export interface Fault {
  /** How many calls of repositories still succeed. */
  readonly calls: number;
  readonly committed: boolean;
}

/** What these tenants write fails so many times. */
export interface TenantFault {
  readonly tenants: readonly TenantId[];
  readonly times: number;
}

/** What broke off: anything, or only what concerns the tenants that were to fail. */
export type Hit = "anything" | "tenants" | undefined;

export interface FaultyStore {
  readonly store: Store;
  /** One fault; it hits once, whichever transaction comes to it. */
  arm(fault: Fault): void;
  armTenants(fault: TenantFault): void;
  disarm(): void;
  /** Asks something without coming closer to the fault. */
  undisturbed<T>(work: () => Promise<T>): Promise<T>;
  /** What has been hit since the last question. */
  hit(): Hit;
}

class InjectedFault extends Error {}

export function faultyStore(base: Store): FaultyStore {
  let armed: { left: number; readonly committed: boolean } | undefined;
  let failing: { left: number; readonly tenants: readonly TenantId[] } | undefined;
  let wasHit: Hit;

  const reached = (): boolean => armed !== undefined && armed.left <= 0;
  const fail = (): never => {
    armed = undefined;
    wasHit = "anything";
    throw new InjectedFault("The database went away.");
  };
  const failTenant = (): never => {
    if (failing !== undefined) failing = failing.left > 1 ? { ...failing, left: failing.left - 1 } : undefined;
    wasHit ??= "tenants";
    throw new InjectedFault("The shard of a tenant is away.");
  };
  const counting = (tx: Transaction): Transaction =>
    mapMethods(tx, (method: Method, path) => async (...args) => {
      if (armed !== undefined) armed.left -= 1;
      if (reached() && armed?.committed === false) fail();
      if (failing !== undefined && writesTo(failing.tenants, path, args)) failTenant();
      return method(...args);
    });

  return {
    store: {
      ...base,
      transaction: async (scope, work) => {
        const isSound = armed === undefined && failing === undefined;
        const result = await base.transaction(scope, (tx) => work(isSound ? tx : counting(tx)));
        if (reached()) fail();
        return result;
      },
    },
    arm: ({ calls, committed }) => {
      armed = { left: calls, committed };
    },
    armTenants: ({ tenants, times }) => {
      failing = { left: times, tenants };
    },
    disarm: () => {
      armed = undefined;
      failing = undefined;
    },
    undisturbed: async (work) => {
      const waiting = { armed, failing };
      armed = undefined;
      failing = undefined;
      try {
        return await work();
      } finally {
        ({ armed, failing } = waiting);
      }
    },
    hit: () => {
      const answer = wasHit;
      wasHit = undefined;
      return answer;
    },
  };
}

const WRITES = /\.(insert|update|put|take|release|admitNext|append|addMember|removeMember|open|clear)$/;

/** Repositories take a tenant first, or a record of it. */
function writesTo(tenants: readonly TenantId[], path: string, [first]: readonly unknown[]): boolean {
  if (!WRITES.test(path)) return false;
  const { tenantId } = typeof first === "string" ? { tenantId: first } : (first as { readonly tenantId?: string });
  return tenantId !== undefined && tenants.includes(tenantId);
}
