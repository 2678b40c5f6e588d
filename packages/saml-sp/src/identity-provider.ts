/**
 * Them: the identity provider that one connection trusts. Nothing of it is ever taken from a message.
 *
 * @module
 */
export interface IdentityProviderSettings {
  /** The issuer of every assertion, compared exactly. */
  readonly entityId: string;
  /** SingleSignOnService (SAML Metadata §2.4.3). */
  readonly ssoUrl: string;
  readonly ssoBinding: "redirect" | "post";
  /** X.509, PEM; several during a rollover, tried in order. Empty is a configuration error, never "skip". */
  readonly certificates: readonly string[];
  /** Which signatures a response must carry; every signature that is present must verify. `either` when absent. */
  readonly signaturePolicy?: "assertion" | "response" | "both" | "either" | undefined;
  /** Accepts certificates past their `notAfter`. */
  readonly insecureAcceptExpiredCertificates?: boolean | undefined;
  /** Accepts RSA-SHA1 signatures and SHA-1 digests. */
  readonly insecureAcceptSha1?: boolean | undefined;
  /**
   * Accepts AES-CBC that no signature covers. Whoever can send us responses may then read intercepted ones bit by bit,
   * from whether we can make sense of altered copies.
   */
  readonly insecureAcceptCbcEncryption?: boolean | undefined;
}
