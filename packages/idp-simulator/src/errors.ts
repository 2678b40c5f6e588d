/**
 * What can go wrong between a simulated identity provider and the service it provisions.
 *
 * @module
 */

/**
 * - `refused`: the service answered with an HTTP error; `status`, `scimType` and `detail` say which.
 * - `unreadable_answer`: the service answered something that is not SCIM; a real client would quarantine the job.
 * - `unreachable`: no answer at all; `cause` is the network error.
 * - `unknown_service_provider`: an AuthnRequest whose issuer is not registered with the SAML identity provider.
 */
export type SimulatorErrorCode = "refused" | "unreadable_answer" | "unreachable" | "unknown_service_provider";

/** Facts of a refusal, as far as the answer carried them. */
export interface SimulatorErrorFacts {
  readonly status?: number;
  readonly scimType?: string;
  readonly detail?: string;
}

/** Thrown by every operation of this package. Messages never contain the bearer token. */
export class SimulatorError extends Error {
  readonly code: SimulatorErrorCode;
  /** HTTP status of the answer, when there was one. */
  readonly status: number | undefined;
  /** RFC 7644 §3.12. */
  readonly scimType: string | undefined;
  readonly detail: string | undefined;

  constructor(
    code: SimulatorErrorCode,
    message: string,
    options: SimulatorErrorFacts & { readonly cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "SimulatorError";
    this.code = code;
    this.status = options.status;
    this.scimType = options.scimType;
    this.detail = options.detail;
  }
}
