/**
 * Why a check of a service cannot begin, or a request got no answer.
 *
 * @module
 */

/**
 * - `unreachable`: nothing answers at the address, or not in time.
 * - `token_refused`: something answers, and does not take the token.
 * - `not_scim`: what answers has no service provider configuration (RFC 7644 §4).
 */
export type ConformanceErrorCode = "unreachable" | "token_refused" | "not_scim";

/** Its message says what was asked, what came back, and what to look at; the token is never in it. */
export class ConformanceError extends Error {
  readonly code: ConformanceErrorCode;

  constructor(code: ConformanceErrorCode, message: string, options: { readonly cause?: unknown } = {}) {
    super(message, options);
    this.name = "ConformanceError";
    this.code = code;
  }
}
