/**
 * The one place that knows libsql: opens a file, runs statements, keeps them prepared.
 *
 * @module
 */
import { resolve } from "node:path";
import Libsql from "libsql";
import { translate } from "./errors.ts";
import type { SqlParameters, SqlValue } from "./sql.ts";
import { decodeText, encodeText } from "./text.ts";

/** The path of a database that lives and ends with its connection. */
export const MEMORY = ":memory:";

export interface Connection {
  /** Every row of one statement. */
  all(statement: string, parameters?: SqlParameters): readonly unknown[];
  /** Several statements without parameters. */
  script(statements: string): void;
  /** False, in the middle of one, after SQLite rolled back by itself. */
  isInTransaction(): boolean;
  close(): void;
}

type Row = Record<string, SqlValue>;

/**
 * A commit that was acknowledged survives a loss of power. The file is read for that: another process that just prepares
 * it holds it for moments, which are waited for here; later on nobody waits inside of SQLite, on the event loop's time.
 */
const SETTINGS = "pragma busy_timeout = 5000; pragma synchronous = full; pragma busy_timeout = 0";

/** @throws {ProvisioningError} `unavailable` when the file cannot be opened */
export function openConnection(path: string): Connection {
  const database = translate(() => new Libsql(path === MEMORY ? MEMORY : resolve(path)));
  const prepared = new Map<string, Libsql.Statement>();
  const prepare = (statement: string) => {
    const known = prepared.get(statement) ?? database.prepare(statement);
    prepared.set(statement, known);
    return known;
  };
  const connection: Connection = {
    // Only ever `all`: after another method on the same statement, libsql runs it once more with the old parameters.
    all: (statement, parameters = {}) =>
      translate(() => (prepare(statement).all(bound(parameters)) as Row[]).map(decoded)),
    script: (statements) => {
      translate(() => database.exec(statements));
    },
    isInTransaction: () => database.inTransaction,
    close: () => {
      try {
        // The file alone then holds everything, for whoever copies it.
        connection.all("pragma wal_checkpoint(truncate)");
      } finally {
        prepared.clear();
        database.close();
      }
    },
  };
  connection.script(SETTINGS);
  return connection;
}

/** libsql ends the process on a boolean, and takes `undefined` and NaN for null: neither may get there. */
function bound(parameters: SqlParameters): SqlParameters {
  return Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, boundValue(name, value)]));
}

function boundValue(name: string, value: SqlValue): SqlValue {
  if (typeof value === "string") return encodeText(value);
  if (value === null || Number.isFinite(value)) return value;
  throw new TypeError(`${name}: expected text, a finite number or null`);
}

function decoded(row: Row): Row {
  for (const [column, value] of Object.entries(row)) if (typeof value === "string") row[column] = decodeText(value);
  return row;
}
