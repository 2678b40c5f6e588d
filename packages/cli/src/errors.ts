/**
 * What ends a command, in words for the person at the terminal.
 *
 * @module
 */

/**
 * - `usage`: options or arguments are wrong; `problems` lists all of them.
 * - `port_in_use`, `cannot_listen`: the address is not to be had.
 * - `unsupported_store`: the store URL names a database without an adapter.
 * - `unreadable_file`: a file named by an option cannot be read.
 * - `unusable_keys`: the file of `--sso-keys` holds no pairs of keys and certificates.
 */
export type CliErrorCode =
  | "usage"
  | "port_in_use"
  | "cannot_listen"
  | "unsupported_store"
  | "unreadable_file"
  | "unusable_keys";

/** Thrown by commands; the message is printed as it is, without a stack, and the process exits with `exitCode`. */
export class CliError extends Error {
  readonly code: CliErrorCode;
  /** 2 for wrong usage, 1 for everything else. */
  readonly exitCode: 1 | 2;

  constructor(code: CliErrorCode, message: string, options: { readonly cause?: unknown } = {}) {
    super(message, options);
    this.name = "CliError";
    this.code = code;
    this.exitCode = code === "usage" ? 2 : 1;
  }
}
