/**
 * Refusals of the token endpoint (RFC 6749 §5.2).
 *
 * @module
 */

/** The RFC's codes, and for our own faults the ones that it has elsewhere (§4.1.2.1). */
const STATUS_BY_CODE = {
  invalid_request: 400,
  unsupported_grant_type: 400,
  invalid_client: 401,
  temporarily_unavailable: 503,
  server_error: 500,
} as const;

export type OAuthErrorCode = keyof typeof STATUS_BY_CODE;

/** `message` goes to the client: no quotes and nothing but ASCII in it (§5.2). */
export class OAuthError extends Error {
  readonly code: OAuthErrorCode;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    code: OAuthErrorCode,
    message: string,
    options: { readonly status?: number; readonly headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(message);
    this.name = "OAuthError";
    this.code = code;
    this.status = options.status ?? STATUS_BY_CODE[code];
    this.headers = options.headers ?? {};
  }
}

/** §5.2 asks for the scheme that the client used, §2.3.1 for the one that every server supports: the same. */
export function invalidClient(): OAuthError {
  const headers = { "www-authenticate": 'Basic realm="scim"' };
  return new OAuthError("invalid_client", "The client id or the secret is wrong, expired or revoked.", { headers });
}
