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
  /** Whether its metadata asks for signed requests. */
  readonly wantAuthnRequestsSigned?: boolean | undefined;
  /** Signs requests, or does not; when absent they are signed if the provider wants that and we have a key. */
  readonly signAuthnRequests?: boolean | undefined;
  /**
   * Classes of which every sign-in must have used one (SAML Core §3.3.2.2.1): asked for in each request, and demanded of
   * each response, also of those that nobody asked for.
   */
  readonly requestedAuthnContext?: readonly string[] | undefined;
  /** SingleLogoutService (SAML Metadata §2.4.2); without it the provider is told of no logout. */
  readonly sloUrl?: string | undefined;
  /** Where answers to its logout requests go; `sloUrl` when absent. */
  readonly sloResponseUrl?: string | undefined;
  /** `redirect` when absent. */
  readonly sloBinding?: "redirect" | "post" | undefined;
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
