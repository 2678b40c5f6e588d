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

/** Whether the caller runs inside an open transaction over these repositories. */
export function isInside(repositories: Transaction): boolean {
  let running = current.getStore();
  while (running !== undefined && !(running.open && running.repositories === repositories)) running = running.outer;
  return running !== undefined;
}

/** Runs the work with a transaction over the repositories; every method of it rejects once the work has settled. */
export async function runInside<T>(repositories: Transaction, work: (tx: Transaction) => Promise<T>): Promise<T> {
  const running: RunningTransaction = { repositories, outer: openTransaction(current.getStore()), open: true };
  try {
    return await current.run(running, work, whileOpen(running));
  } finally {
    running.open = false;
  }
}

/** The innermost that has not ended: what has ended is let go. */
function openTransaction(running: RunningTransaction | undefined): RunningTransaction | undefined {
  return running === undefined || running.open ? running : openTransaction(running.outer);
}

type Methods = Readonly<Record<string, (...args: readonly unknown[]) => Promise<unknown>>>;

function whileOpen(running: RunningTransaction): Transaction {
  const guarded = ([name, method]: readonly [string, Methods[string]]) => [
    name,
    async (...args: readonly unknown[]) => {
      if (!running.open) throw new ProvisioningError("internal", "The transaction was used after its end.");
      return method(...args);
    },
  ];
  const repositories: readonly (readonly [string, Methods])[] = Object.entries(running.repositories);
  return Object.fromEntries(
    repositories.map(([name, methods]) => [name, Object.fromEntries(Object.entries(methods).map(guarded))]),
  ) as Transaction;
}
