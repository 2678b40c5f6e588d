/**
 * Brings a database file up to date, in one transaction, and never touches a file that it does not understand.
 *
 * @module
 */
import { ProvisioningError } from "@muster/provisioning-engine/ports";
import type { Connection } from "./driver.ts";
import { sqliteMigrations } from "./migrations/index.ts";
import { inTransaction, untilFree } from "./transaction.ts";

/** "Must", in the header of every file of ours. */
const APPLICATION_ID = 0x4d757374;

/**
 * Idempotent. A second process that starts at the same time waits, and then finds nothing to do.
 *
 * @throws {ProvisioningError} `invalid_options` when the file is another application's, or newer than this version
 */
export async function migrate(connection: Connection, busyTimeoutMs: number): Promise<void> {
  await inTransaction(connection, busyTimeoutMs, async () => runPending(connection));
  // Belongs to the file and cannot be set in a transaction. Readers and the writer do not wait for each other.
  await untilFree(busyTimeoutMs, () => connection.script("pragma journal_mode = wal"));
}

function runPending(connection: Connection): void {
  const version = understoodVersion(connection);
  const pending = sqliteMigrations.filter(({ number }) => number > version);
  for (const { number, sql } of pending) connection.script(`${sql}; pragma user_version = ${number};`);
  if (version === 0) connection.script(`pragma application_id = ${APPLICATION_ID}`);
}

function understoodVersion(connection: Connection): number {
  const latest = sqliteMigrations.at(-1)?.number ?? 0;
  const version = readNumber(connection, "select user_version as value from pragma_user_version");
  const owner = readNumber(connection, "select application_id as value from pragma_application_id");
  const isEmpty = readNumber(connection, "select count(*) as value from sqlite_schema") === 0;
  if (owner !== APPLICATION_ID && !isEmpty) {
    throw new ProvisioningError("invalid_options", "The database file belongs to another application.", {
      hint: "Give the store a `path` of its own.",
    });
  }
  if (version > latest) {
    throw new ProvisioningError("invalid_options", "The database is newer than this version of the software.", {
      hint: "Update @muster/storage-sql, or restore the backup made before the update.",
      facts: { databaseVersion: version, supportedVersion: latest },
    });
  }
  return version;
}

function readNumber(connection: Connection, statement: string): number {
  const [row] = connection.all(statement) as readonly { readonly value: number }[];
  return row?.value ?? 0;
}
