/**
 * A transaction's life: the repositories for as long as it is open, and the knowledge of whom it would wait for.
 *
 * @module
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { ProvisioningError } from "../../errors.ts";
import type { Transaction } from "../../ports/index.ts";

interface RunningTransaction {
  readonly repositories: Transaction;
  /** The transaction of another store that this one runs inside of. */
  readonly outer: RunningTransaction | undefined;
  open: boolean;
}

/**
 * The innermost transaction that the code of now runs inside of. One for all stores, as asynchronous contexts belong
 * to the process: Node 20 consults every instance at every promise, whether or not its store is still in use.
 */
const current = new AsyncLocalStorage<RunningTransaction>();

/** The transactions of one store. */
export interface Transactions {
  /** Whether the caller runs inside an open one. */
  isInside(): boolean;
  /** Runs the work with a transaction, every method of which rejects once the work has settled. */
  run<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
}

export function createTransactions(repositories: Transaction): Transactions {
  return {
    isInside: () => {
      let running = current.getStore();
      while (running !== undefined && !(running.open && running.repositories === repositories)) running = running.outer;
      return running !== undefined;
    },
    run: async (work) => {
      const running: RunningTransaction = { repositories, outer: openTransaction(current.getStore()), open: true };
      try {
        return await current.run(running, work, whileOpen(running));
      } finally {
        running.open = false;
      }
    },
  };
}

/** The innermost that has not ended: what has ended is let go. */
function openTransaction(running: RunningTransaction | undefined): RunningTransaction | undefined {
  return running === undefined || running.open ? running : openTransaction(running.outer);
}

type Methods = Readonly<Record<string, (...args: readonly unknown[]) => Promise<unknown>>>;

/** Each repository is guarded when it is first asked for: most transactions are about a few of them. */
function whileOpen(running: RunningTransaction): Transaction {
  const guarded = new Map<PropertyKey, Methods>();
  return new Proxy(running.repositories, {
    get: (repositories, name) => {
      if (!Object.hasOwn(repositories, name)) return undefined;
      const repository = guarded.get(name) ?? guard(Reflect.get(repositories, name), running);
      guarded.set(name, repository);
      return repository;
    },
  });
}

function guard(repository: Methods, running: RunningTransaction): Methods {
  const guarded: Record<string, Methods[string]> = {};
  for (const [name, method] of Object.entries(repository)) {
    guarded[name] = (...args) => (running.open ? method(...args) : Promise.reject(usedAfterEnd()));
  }
  return guarded;
}

function usedAfterEnd(): ProvisioningError {
  return new ProvisioningError("internal", "The transaction was used after its end.");
}
