/**
 * One error class, a closed set of codes, one table. `message` goes to whoever called, `hint` tells the integrator or
 * the admin what to do, `cause` is for the log.
 *
 * @module
 */

/** Every code, with the HTTP status of the management API; what each means is in `docs/reference/errors.md`. */
const STATUS_BY_CODE = {
  invalid_options: 500,
  invalid_request: 400,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  already_exists: 409,
  managed_by_idp: 409,
  inherited_read_only: 409,
  consent_required: 409,
  last_owner: 409,
  seat_limit: 409,
  parent_has_children: 409,
  not_retryable: 409,
  metadata_fetch_off: 409,
  vetoed: 409,
  invitations_off: 409,
  webhooks_off: 409,
  webhook_not_verified: 401,
  cursor_expired: 410,
  restore_expired: 410,
  idempotency_in_progress: 409,
  idempotency_key_reused: 422,
  shown_once: 409,
  payload_too_large: 413,
  dry_run_too_long: 422,
  unavailable: 503,
  hook_failed: 500,
  internal: 500,
} as const;

export type ProvisioningErrorCode = keyof typeof STATUS_BY_CODE;

/** Facts for programs; never secrets. */
export type ErrorFacts = Readonly<Record<string, unknown>>;

const BRAND = Symbol.for("@muster/provisioning-engine/ProvisioningError");

/**
 * Thrown by every public method of the engine.
 *
 * @example
 * try {
 *   await provisioning.admin.accounts.delete("acme", id);
 * } catch (error) {
 *   if (isProvisioningError(error) && error.code === "managed_by_idp") show(error.hint);
 * }
 */
export class ProvisioningError extends Error {
  readonly code: ProvisioningErrorCode;
  /** HTTP status of the management API. */
  readonly status: number;
  /** What to do about it. */
  readonly hint: string | undefined;
  readonly facts: ErrorFacts;

  constructor(
    code: ProvisioningErrorCode,
    message: string,
    options: { readonly hint?: string; readonly facts?: ErrorFacts; readonly cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "ProvisioningError";
    this.code = code;
    this.status = STATUS_BY_CODE[code];
    this.hint = options.hint;
    this.facts = options.facts ?? {};
    Object.defineProperty(this, BRAND, { value: true });
  }
}

/**
 * True for errors of this package, also when two copies of it are loaded.
 *
 * @param value whatever was caught
 * @example
 * try {
 *   await provisioning.admin.accounts.update(tenant, id, { name });
 * } catch (error) {
 *   if (isProvisioningError(error) && error.code === "managed_by_idp") return showLock(error.hint);
 *   throw error;
 * }
 */
export function isProvisioningError(value: unknown): value is ProvisioningError {
  return typeof value === "object" && value !== null && BRAND in value;
}

/** Every error code, for the reference page and for exhaustive handling. */
export const PROVISIONING_ERROR_CODES: readonly ProvisioningErrorCode[] = Object.keys(
  STATUS_BY_CODE,
) as ProvisioningErrorCode[];
