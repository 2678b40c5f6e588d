/**
 * How a host says no to somebody whom the identity provider vouches for.
 *
 * @module
 */

const BRAND = Symbol.for("@muster/saml-sp/SignInRefusal");

/**
 * Thrown by `SamlConnection.signIn`; the browser is shown its message.
 *
 * @example
 * throw new SignInRefusal("not_provisioned", "You have no account here yet. Ask your administrator for one.");
 */
export class SignInRefusal extends Error {
  /** The host's own, for programs. */
  readonly code: string;
  /** HTTP, 4xx. */
  readonly status: number;

  /** @param message goes on the page: a sentence for the person, without secrets and without claims */
  constructor(code: string, message: string, options: { readonly status?: number; readonly cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "SignInRefusal";
    this.code = code;
    this.status = options.status ?? 403;
    Object.defineProperty(this, BRAND, { value: true });
  }
}

/**
 * True for refusals of this package, also when two copies of it are loaded.
 *
 * @param value whatever was caught
 * @example
 * if (isSignInRefusal(error)) return new Response(error.message, { status: error.status });
 */
export function isSignInRefusal(value: unknown): value is SignInRefusal {
  return typeof value === "object" && value !== null && BRAND in value;
}
