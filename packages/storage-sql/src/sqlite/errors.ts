/**
 * What SQLite says, in the words of the port. The message of the driver is kept as `cause`, for the log.
 *
 * @module
 */
import { ProvisioningError } from "@muster/provisioning-engine/ports";

interface DriverError extends Error {
  readonly code: string;
}

/** Runs a step of the driver. @throws {ProvisioningError} `unavailable` or `internal` in place of the driver's error */
export function translate<T>(step: () => T): T {
  try {
    return step();
  } catch (cause) {
    throw translated(cause);
  }
}

/** True for an error of `translate` that another process's lock caused; trying again may help. */
export function isBusy(error: unknown): boolean {
  return /^SQLITE_(BUSY|LOCKED)/.test(driverCode(error) ?? "");
}

/** The column that a unique key was refused for, or undefined for any other error. */
export function refusedColumn(error: unknown): string | undefined {
  if (!/^SQLITE_CONSTRAINT_(UNIQUE|PRIMARYKEY)$/.test(driverCode(error) ?? "")) return undefined;
  // UNIQUE constraint failed: users.connection_id, users.external_id
  return causeOf(error)?.message.split(".").at(-1);
}

function translated(cause: unknown): unknown {
  if (!(cause instanceof Error)) return cause;
  const [message, hint] = explain(cause);
  if (message === undefined) return new ProvisioningError("internal", "The database refused a statement.", { cause });
  return new ProvisioningError("unavailable", message, { cause, ...(hint === undefined ? {} : { hint }) });
}

/** Message and hint of what an operator can do something about. */
function explain(cause: Error): readonly [message?: string, hint?: string] {
  const code = hasCode(cause) ? cause.code : "";
  if (/^SQLITE_(BUSY|LOCKED)/.test(code)) {
    return ["The database is locked by another process.", "Try again, or raise `busyTimeoutMs`."];
  }
  if (code === "SQLITE_NOTADB") return ["The file is not an SQLite database.", "Check the `path` of the store."];
  if (/^SQLITE_CORRUPT/.test(code)) return ["The database file is damaged.", "Restore it from a backup."];
  if (/^SQLITE_(FULL|IOERR|READONLY|CANTOPEN|PERM)/.test(code)) {
    return ["The database file cannot be read or written.", "Check free space and the rights of its folder."];
  }
  if (cause.message.startsWith("no such table")) {
    return ["The database has no schema yet.", "Call `migrate()` before the first transaction."];
  }
  if (cause.message.startsWith("ConnectionFailed")) {
    return ["The database file cannot be opened.", "Check that the folder of `path` exists and may be written."];
  }
  return [];
}

function driverCode(error: unknown): string | undefined {
  const cause = causeOf(error);
  return cause !== undefined && hasCode(cause) ? cause.code : undefined;
}

function causeOf(error: unknown): Error | undefined {
  return error instanceof ProvisioningError && error.cause instanceof Error ? error.cause : undefined;
}

function hasCode(error: Error): error is DriverError {
  return "code" in error && typeof error.code === "string";
}
