/**
 * What a validator is asked here, whosever it is.
 *
 * @module
 */

/** What all report about a person, by the same names. */
export interface Claims {
  readonly nameId: string;
  readonly issuer: string;
  readonly sessionIndex: string | undefined;
  /** A single value stands for itself. */
  readonly attributes: Readonly<Record<string, unknown>>;
}

export interface Validator<Result> {
  /** The timed work, from the form field to what the library reports. Refuses by throwing. */
  validate(samlResponse: string): Promise<Result>;
  claimsOf(result: Result): Claims;
}
