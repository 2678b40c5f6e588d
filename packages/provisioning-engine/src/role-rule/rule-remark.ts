/**
 * A remark about rules that were sent: a problem, or a warning.
 *
 * @module
 */

/** Where in the request, and in the expression, something is to be put right or looked at. */
export interface RuleRemark {
  /** Dotted, from the request on: `rules.2.when.expression`. */
  readonly path: string;
  readonly message: string;
  /** Of an expression: where, in characters from 0. */
  readonly position?: number;
}
