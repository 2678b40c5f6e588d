/**
 * A decorator: a store whose every call lets others go first. Proves that nothing relies on being undisturbed.
 *
 * @module
 */
import { setImmediate as turn } from "node:timers/promises";
import type { Store, Transaction } from "../../src/ports/index.ts";
import { mapMethods } from "./map-methods.ts";

export function delayedStore(store: Store): Store {
  return {
    ...store,
    transaction: async (scope, work) => {
      await turn();
      return store.transaction(scope, (tx) => work(delayed(tx)));
    },
  };
}

function delayed(tx: Transaction): Transaction {
  return mapMethods(tx, (method) => async (...args) => {
    await turn();
    return method(...args);
  });
}
