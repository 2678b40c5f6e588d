/**
 * The store: one connection, one transaction at a time.
 *
 * @module
 */
import { ProvisioningError, type Store } from "@muster/provisioning-engine/ports";
import { MEMORY, openConnection } from "./driver.ts";
import { migrate } from "./migrate.ts";
import { createQueue } from "./queue.ts";
import { createRepositories } from "./repositories.ts";
import { inTransaction } from "./transaction.ts";
import { createTurns } from "./turns.ts";

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
  const turns = createTurns();
  let closing: Promise<void> | undefined;

  const inTurn = async <T>(task: () => Promise<T>): Promise<T> => {
    if (closing !== undefined) throw new ProvisioningError("unavailable", "The store is closed.");
    turns.requireOutside();
    return queue.add(() => turns.run(task));
  };

  return {
    capabilities: { durable: path !== MEMORY, multiProcess: path !== MEMORY },
    transaction: (_scope, work) =>
      inTurn(() => inTransaction(connection, busyTimeoutMs, (sql) => work(createRepositories(sql)))),
    migrate: () => inTurn(() => migrate(connection, busyTimeoutMs)),
    close: async () => {
      turns.requireOutside();
      closing ??= queue.add(async () => connection.close());
      return closing;
    },
  };
}
