/**
 * The turns that a store takes: who runs inside of one, and would wait for itself by asking for the next.
 *
 * @module
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { ProvisioningError } from "@muster/provisioning-engine/ports";

interface Turn {
  readonly store: symbol;
  /** The turn of another store that this one runs inside of. */
  readonly outer: Turn | undefined;
  open: boolean;
}

/**
 * The innermost turn that the code of now runs inside of. One for all stores, as asynchronous contexts belong to the
 * process: Node 20 consults every instance at every promise, whether or not its store is still in use.
 */
const current = new AsyncLocalStorage<Turn>();

/** The turns of one store. */
export interface Turns {
  /** @throws {ProvisioningError} `internal` inside of an open turn, which whatever is asked for would wait for */
  requireOutside(): void;
  run<T>(task: () => Promise<T>): Promise<T>;
}

export function createTurns(): Turns {
  const store = Symbol("store");
  return {
    requireOutside: () => {
      if (!isInside(current.getStore(), store)) return;
      throw new ProvisioningError("internal", "The store was asked for something inside of a transaction.", {
        hint: "Pass the transaction object on; open the next transaction when this one has ended.",
      });
    },
    run: (task) => {
      const turn: Turn = { store, outer: openTurn(current.getStore()), open: true };
      return current.run(turn, task).finally(() => {
        turn.open = false;
      });
    },
  };
}

function isInside(turn: Turn | undefined, store: symbol): boolean {
  return turn !== undefined && ((turn.open && turn.store === store) || isInside(turn.outer, store));
}

/** The innermost that has not ended: what has ended is let go. */
function openTurn(turn: Turn | undefined): Turn | undefined {
  return turn === undefined || turn.open ? turn : openTurn(turn.outer);
}
