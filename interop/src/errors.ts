/**
 * What keeps a suite from giving a result.
 *
 * @module
 */

/**
 * - `usage`: the arguments are wrong.
 * - `missing`: a toolchain, or the suite itself, is not to be had on this machine.
 * - `unreadable`: the suite ran and left no report that can be read.
 * - `no_server`: `muster serve` did not come up.
 */
export type InteropErrorCode = "usage" | "missing" | "unreadable" | "no_server";

/** Its message is printed as it is, without a stack. */
export class InteropError extends Error {
  readonly code: InteropErrorCode;

  constructor(code: InteropErrorCode, message: string, options: { readonly cause?: unknown } = {}) {
    super(message, options);
    this.name = "InteropError";
    this.code = code;
  }
}
