/**
 * What an evaluation is given, and what it answers. Time, chance and the outside world come from the caller alone, so
 * the same expression over the same context gives the same value.
 *
 * @module
 */

/** A single value of an attribute. Whole numbers beyond 2^53 come as `bigint`. */
export type AttributeScalar = string | number | bigint | boolean | Date;

/** An attribute as a directory holds it. Of an object, such as an app role assignment, the single values count. */
export type AttributeValue =
  | AttributeScalar
  | null
  | undefined
  | readonly AttributeValue[]
  | { readonly [name: string]: unknown };

/** A value that JSON can hold: dates are text in UTC (`M/d/yyyy h:mm:ss tt`), numbers beyond 2^53 are decimal text. */
export type ExpressionValue =
  | null
  | string
  | number
  | boolean
  | readonly ExpressionValue[]
  | { readonly [name: string]: ExpressionValue };

/** Bounds of one evaluation. */
export interface EvaluationLimits {
  /** The longest text that may arise, in UTF-16 code units. */
  readonly textLength: number;
  /** The most values that a list may have. */
  readonly listLength: number;
  /** All work together: about one unit per character read or made, and per character and step of a pattern. */
  readonly work: number;
}

/** What an evaluation may look at. */
export interface EvaluationContext {
  /** By name, as the expression writes them in brackets. Only own properties are read. */
  readonly attributes: Readonly<Record<string, AttributeValue>>;
  readonly now: Date;
  /** A number from 0 to below 1. Passwords come out of `RandomString`: take a cryptographic source. */
  readonly random: () => number;
  readonly newGuid: () => string;
  /** Whether the target has this value already, for `SelectUniqueValue`, which is refused without. */
  readonly isTaken?: (value: string) => boolean;
  /** For `DefaultDomain`, which is refused without. */
  readonly defaultDomain?: string;
  /** Defaults: 100,000 characters, 10,000 values, 5,000,000 units of work. */
  readonly limits?: Partial<EvaluationLimits>;
}

/**
 * What came out. `ignore` says to leave the attribute alone (`IgnoreFlowIfNullOrEmpty`); a `value` of null that there
 * is none. `redacted` asks that no log shows the value (`Redact`).
 */
export type ExpressionResult =
  | { readonly kind: "value"; readonly value: ExpressionValue; readonly redacted: boolean }
  | { readonly kind: "ignore" };
