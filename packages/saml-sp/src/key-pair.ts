/**
 * A key of ours and the certificate that tells others its public half. Signing keys and decryption keys have this form
 * both, and need not be the same.
 *
 * @module
 */
export interface KeyPair {
  /** PKCS#8, PEM, without a passphrase. Leaves this process in no message, error or log. */
  readonly privateKey: string;
  /** X.509, PEM, of the same key. Published in our metadata. */
  readonly certificate: string;
}
