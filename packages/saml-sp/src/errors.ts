/**
 * Errors of this package. `message` may be shown to whoever asked, `hint` is for the integrator, `details` for the log;
 * none of them ever holds what an assertion says about a person, or a key.
 *
 * @module
 */

/** Every code, by the stage that refuses with it, in the order in which a response passes them. Codes are public. */
const CODES_BY_STAGE = {
  http: [
    "method_not_allowed",
    "connection_not_found",
    "content_type_unsupported",
    "body_too_large",
    "form_invalid",
    "return_path_invalid",
  ],
  configuration: [
    "identity_provider_not_configured",
    "sso_url_invalid",
    "certificate_missing",
    "certificate_too_many",
    "certificate_invalid",
    "certificate_key_unsupported",
    "private_key_refused",
    "key_pair_invalid",
    "decryption_key_missing",
    "signing_key_missing",
    "logout_not_configured",
    "slo_url_invalid",
  ],
  metadata: [
    "metadata_too_large",
    "metadata_invalid",
    "metadata_expired",
    "metadata_entity_not_found",
    "metadata_entity_ambiguous",
    "metadata_role_missing",
    "metadata_sso_missing",
    "metadata_certificate_missing",
    "metadata_address_refused",
    "metadata_unreachable",
    "metadata_signature_missing",
    "metadata_signature_invalid",
  ],
  encoding: ["response_too_large", "base64_invalid", "utf8_invalid", "query_invalid", "deflate_invalid"],
  xml: [
    "xml_forbidden_markup",
    "xml_invalid",
    "xml_too_complex",
    "xml_namespace_invalid",
    "xml_attribute_duplicate",
    "xml_id_invalid",
    "xml_id_duplicate",
  ],
  structure: ["root_unexpected", "status_not_success", "assertion_missing", "signature_wrapping"],
  encryption: ["decryption_failed"],
  signature: [
    "signature_missing",
    "signature_malformed",
    "signature_reference_invalid",
    "signature_transforms_invalid",
    "canonicalization_algorithm_refused",
    "canonicalization_failed",
    "signature_algorithm_refused",
    "digest_algorithm_refused",
    "digest_mismatch",
    "signature_invalid",
    "certificate_expired",
  ],
  response: [
    "response_malformed",
    "version_unsupported",
    "destination_missing",
    "destination_mismatch",
    "issuer_missing",
    "issuer_mismatch",
  ],
  assertion: [
    "assertion_malformed",
    "instant_invalid",
    "issued_in_the_future",
    "subject_missing",
    "name_id_missing",
    "name_id_invalid",
    "conditions_missing",
    "conditions_not_yet_valid",
    "conditions_expired",
    "condition_unknown",
    "audience_missing",
    "audience_mismatch",
    "confirmation_missing",
    "confirmation_not_before",
    "confirmation_expired",
    "confirmation_lifetime_exceeded",
    "recipient_missing",
    "recipient_mismatch",
    "authn_statement_missing",
    "authn_instant_too_old",
    "authn_context_mismatch",
    "session_expired",
  ],
  request: ["unsolicited_refused", "request_mismatch", "request_unknown", "browser_mismatch"],
  replay: ["assertion_replayed"],
  logout: ["logout_malformed", "logout_expired", "logout_replayed", "logout_request_unknown"],
  claims: ["attribute_missing", "attribute_too_long"],
} as const;

/** Where a response, or whatever else was read, was refused. */
export type SamlErrorStage = keyof typeof CODES_BY_STAGE;

/** Every code of a `SamlError`. */
export type SamlErrorCode = (typeof CODES_BY_STAGE)[SamlErrorStage][number];

/** Every code, for hosts that translate messages and for tests that want none forgotten. */
export const SAML_ERROR_CODES: readonly SamlErrorCode[] = Object.values(CODES_BY_STAGE).flat();

const STAGE_BY_CODE: ReadonlyMap<SamlErrorCode, SamlErrorStage> = new Map(
  (Object.keys(CODES_BY_STAGE) as SamlErrorStage[]).flatMap((stage) =>
    CODES_BY_STAGE[stage].map((code): [SamlErrorCode, SamlErrorStage] => [code, stage]),
  ),
);

/** What cannot be read is 400, what is not believed is 403, what an admin must finish first is 409. */
const STATUS_BY_STAGE: Readonly<Record<SamlErrorStage, number>> = {
  http: 400,
  configuration: 409,
  metadata: 400,
  encoding: 400,
  xml: 400,
  structure: 403,
  encryption: 403,
  signature: 403,
  response: 403,
  assertion: 403,
  request: 403,
  replay: 403,
  logout: 403,
  claims: 403,
};

/** Codes that HTTP has its own word for, and faults in what an admin uploads. */
const STATUS_BY_CODE: Readonly<Partial<Record<SamlErrorCode, number>>> = {
  method_not_allowed: 405,
  connection_not_found: 404,
  content_type_unsupported: 415,
  body_too_large: 413,
  response_too_large: 413,
  metadata_too_large: 413,
  certificate_invalid: 400,
  certificate_key_unsupported: 400,
  private_key_refused: 400,
};

/** Facts for the log, such as the audience that was expected and those that came. */
export type SamlErrorDetails = Readonly<Record<string, string | number | boolean>>;

/** What an error may carry besides its code and message. */
export interface SamlErrorOptions {
  readonly hint?: string | undefined;
  readonly details?: SamlErrorDetails | undefined;
  readonly cause?: unknown;
}

const BRAND = Symbol.for("@muster/saml-sp/SamlError");

/**
 * Thrown by every function of this package for anything that a message, a document or a setting is refused for.
 *
 * @example
 * throw new SamlError("audience_mismatch", "The assertion is meant for another service.", { details: { expected } });
 */
export class SamlError extends Error {
  readonly code: SamlErrorCode;
  readonly stage: SamlErrorStage;
  /** What to do about it, for whoever configures the connection. */
  readonly hint: string | undefined;
  readonly details: SamlErrorDetails;
  readonly httpStatus: number;

  /** @param message may be shown: a sentence without claims, secrets and internals */
  constructor(code: SamlErrorCode, message: string, options: SamlErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "SamlError";
    this.code = code;
    this.stage = STAGE_BY_CODE.get(code) as SamlErrorStage;
    this.hint = options.hint;
    this.details = options.details ?? {};
    this.httpStatus = STATUS_BY_CODE[code] ?? STATUS_BY_STAGE[this.stage];
    Object.defineProperty(this, BRAND, { value: true });
  }
}

/** The same refusal with more facts for the log; what is no refusal stays as it is. */
export function withDetails(error: unknown, details: SamlErrorDetails): unknown {
  if (!isSamlError(error)) return error;
  const { code, message, hint, cause } = error;
  return new SamlError(code, message, { hint, details: { ...error.details, ...details }, cause });
}

/**
 * True for errors of this package, also when two copies of it are loaded.
 *
 * @param value whatever was caught
 * @example
 * try {
 *   await validateResponse(samlResponse, options);
 * } catch (error) {
 *   if (!isSamlError(error)) throw error;
 *   log.warn({ code: error.code, stage: error.stage, ...error.details }, error.message);
 * }
 */
export function isSamlError(value: unknown): value is SamlError {
  return typeof value === "object" && value !== null && BRAND in value;
}
