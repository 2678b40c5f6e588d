/**
 * A transaction of the connection: begin, commit, roll back, and what statements may do in between.
 *
 * @module
 */
import { setTimeout } from "node:timers/promises";
import { ProvisioningError, type WriteResult } from "@muster/provisioning-engine/ports";
import type { Connection } from "./driver.ts";
import { isBusy, refusedColumn } from "./errors.ts";
import type { Conflicts, Sql, SqlParameters } from "./sql.ts";

const RETRY_MS = 2;

/** Runs a step, again and again while another process holds the lock; the event loop goes on meanwhile. */
export async function untilFree(busyTimeoutMs: number, step: () => void): Promise<void> {
  const deadline = performance.now() + busyTimeoutMs;
  for (;;) {
    try {
      return step();
    } catch (error) {
      const mayWait = performance.now() < deadline;
      if (!isBusy(error) || !mayWait) throw error;
      await setTimeout(RETRY_MS);
    }
  }
}

/** Commits when the work resolves; otherwise nothing of it remains, and its error is passed on. */
export async function inTransaction<T>(
  connection: Connection,
  busyTimeoutMs: number,
  work: (sql: Sql) => Promise<T>,
): Promise<T> {
  // The write lock is taken at once: a transaction that started by reading could not be promoted safely.
  await untilFree(busyTimeoutMs, () => connection.script("begin immediate"));
  let open = true;
  try {
    const result = await work(guardedSql(connection, () => open));
    requireUnbroken(connection);
    connection.script("commit");
    return result;
  } catch (error) {
    if (connection.isInTransaction()) connection.script("rollback");
    throw error;
  } finally {
    open = false;
  }
}

/** Statements that are refused once the transaction has ended. */
function guardedSql(connection: Connection, isOpen: () => boolean): Sql {
  const all = (statement: string, parameters: SqlParameters) => {
    if (!isOpen()) throw new ProvisioningError("internal", "The transaction was used after its end.");
    requireUnbroken(connection);
    return connection.all(statement, parameters);
  };
  const write = (whenNone: string) => (statement: string, parameters: SqlParameters, conflicts?: Conflicts) =>
    refusable(() => {
      const isWritten = all(statement, parameters).length > 0;
      return isWritten ? { ok: true } : { ok: false, conflict: whenNone };
    }, conflicts);
  return {
    all: <Row>(statement: string, parameters: SqlParameters) => all(statement, parameters) as readonly Row[],
    first: <Row>(statement: string, parameters: SqlParameters) => all(statement, parameters)[0] as Row | undefined,
    insert: write("id"),
    update: write("version"),
  };
}

/** The answer of a write that a unique key may refuse; any other error is thrown on. */
function refusable(write: () => WriteResult, conflicts: Conflicts = {}): WriteResult {
  try {
    return write();
  } catch (error) {
    const conflict = conflicts[refusedColumn(error) ?? ""];
    if (conflict === undefined) throw error;
    return { ok: false, conflict };
  }
}

/** On a full disk SQLite rolls back by itself; statements after that would each be committed on their own. */
function requireUnbroken(connection: Connection): void {
  if (!connection.isInTransaction())
    throw new ProvisioningError("unavailable", "The database gave the transaction up.");
}
