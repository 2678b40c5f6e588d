/**
 * Errors of this package. `message` and `hint` may be shown to whoever wrote the expression. They quote the expression,
 * never the value of an attribute.
 *
 * @module
 */

/** Every code. The first group is found by reading the expression, the second by evaluating it. Codes are public. */
export const EXPRESSION_ERROR_CODES = [
  "syntax",
  "unknown-function",
  "arity",
  "nesting",
  "too-long",
  "too-deep",
  "range",
  "type",
  "regex",
  "limit",
  "unsupported",
  "not-unique",
  "rejected",
] as const;

/**
 * Why an expression was refused:
 *
 * - `syntax`, `unknown-function`, `arity`, `nesting` (a function that stands only at the top), `too-long`, `too-deep`:
 *   the text is no expression
 * - `range`: a value is outside of what the function takes; `type`: a value cannot be read as what the function takes
 * - `regex`: the pattern of a `Replace` is none that can be run in linear time
 * - `limit`: the evaluation would have taken too much work or memory
 * - `unsupported`: the context lacks what the function needs, or the function is not meant for this value
 * - `not-unique`: every value of `SelectUniqueValue` is taken; `rejected`: the expression called `Error`
 */
export type ExpressionErrorCode = (typeof EXPRESSION_ERROR_CODES)[number];

/** What an error may carry besides its code and message. */
export interface ExpressionErrorOptions {
  readonly position?: number | undefined;
  readonly hint?: string | undefined;
  readonly cause?: unknown;
}

const BRAND = Symbol.for("@muster/expressions/ExpressionError");

/**
 * Thrown by every function of this package for an expression that cannot be read or evaluated.
 *
 * @example
 * throw new ExpressionError("syntax", "The text that begins here has no closing quotation mark.", { position: 12 });
 */
export class ExpressionError extends Error {
  readonly code: ExpressionErrorCode;
  /** Where in the expression, in UTF-16 code units from 0. */
  readonly position: number | undefined;
  /** What to write instead. */
  readonly hint: string | undefined;

  /** @param message a sentence without values of attributes */
  constructor(code: ExpressionErrorCode, message: string, options: ExpressionErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "ExpressionError";
    this.code = code;
    this.position = options.position;
    this.hint = options.hint;
    Object.defineProperty(this, BRAND, { value: true });
  }
}

/**
 * True for errors of this package, also when two copies of it are loaded.
 *
 * @param value whatever was caught
 * @example
 * try {
 *   parseExpression(text);
 * } catch (error) {
 *   if (!isExpressionError(error)) throw error;
 *   console.log(error.code, error.position);
 * }
 */
export function isExpressionError(value: unknown): value is ExpressionError {
  return typeof value === "object" && value !== null && BRAND in value;
}

/** The error with a place in the expression, if it is one of ours and has none yet. */
export function placed(error: unknown, position: number): unknown {
  if (!isExpressionError(error) || error.position !== undefined) return error;
  return new ExpressionError(error.code, error.message, { position, hint: error.hint, cause: error.cause });
}
