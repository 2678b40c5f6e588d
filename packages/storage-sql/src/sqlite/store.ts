/**
 * The store: one connection, one transaction at a time.
 *
 * @module
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { ProvisioningError, type Store } from "@muster/provisioning-engine/ports";
import { MEMORY, openConnection } from "./driver.ts";
import { migrate } from "./migrate.ts";
import { createQueue } from "./queue.ts";
import { createRepositories } from "./repositories.ts";
import { inTransaction } from "./transaction.ts";

export interface SqliteStoreOptions {
  /** The database file; made when missing, its folder is not. `:memory:` keeps nothing, for tests. */
  readonly path: string;
  /** How long a transaction waits for another process that writes, in milliseconds; 5000 when not given. */
  readonly busyTimeoutMs?: number;
}

/**
 * A store in one SQLite file. Several processes of one machine may share the file: they write in turn. A commit that
 * was acknowledged survives a kill and a loss of power.
 *
 * @param options where the file is
 * @throws {ProvisioningError} `unavailable` when the file cannot be opened
 * @example
 * const store = sqliteStore({ path: "muster.db" });
 * await store.migrate();
 */
export function sqliteStore({ path, busyTimeoutMs = 5000 }: SqliteStoreOptions): Store {
  const connection = openConnection(path);
  const queue = createQueue();
  const current = new AsyncLocalStorage<Turn>();
  let closing: Promise<void> | undefined;

  const inTurn = async <T>(task: () => Promise<T>): Promise<T> => {
    if (closing !== undefined) throw new ProvisioningError("unavailable", "The store is closed.");
    requireOutside(current.getStore());
    return queue.add(() => {
      const turn: Turn = { open: true };
      return current.run(turn, task).finally(() => {
        turn.open = false;
      });
    });
  };

  return {
    capabilities: { durable: path !== MEMORY, multiProcess: path !== MEMORY },
    transaction: (_scope, work) =>
      inTurn(() => inTransaction(connection, busyTimeoutMs, (sql) => work(createRepositories(sql)))),
    migrate: () => inTurn(() => migrate(connection, busyTimeoutMs)),
    close: async () => {
      requireOutside(current.getStore());
      closing ??= queue.add(async () => connection.close());
      return closing;
    },
  };
}

interface Turn {
  open: boolean;
}

/** Inside of a transaction it would wait for the very transaction that waits for it. */
function requireOutside(turn: Turn | undefined): void {
  if (!turn?.open) return;
  throw new ProvisioningError("internal", "The store was asked for something inside of a transaction.", {
    hint: "Pass the transaction object on; open the next transaction when this one has ended.",
  });
}
