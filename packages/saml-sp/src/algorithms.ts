/**
 * The algorithms that a signature may name (rule R5): exact URIs to a hash and the kind of key that goes with it, so
 * that neither a message nor a key can make the other mean something else.
 *
 * @module
 */

export interface SignatureAlgorithm {
  readonly hash: string;
  readonly keyType: "rsa" | "ec";
}

/** XML Signature §6.4, RFC 6931 §2.3. */
const SIGNATURE_ALGORITHMS: ReadonlyMap<string, SignatureAlgorithm> = new Map([
  ["http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", { hash: "sha256", keyType: "rsa" }],
  ["http://www.w3.org/2001/04/xmldsig-more#rsa-sha384", { hash: "sha384", keyType: "rsa" }],
  ["http://www.w3.org/2001/04/xmldsig-more#rsa-sha512", { hash: "sha512", keyType: "rsa" }],
  ["http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256", { hash: "sha256", keyType: "ec" }],
  ["http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384", { hash: "sha384", keyType: "ec" }],
  ["http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha512", { hash: "sha512", keyType: "ec" }],
]);

/** XML Signature §6.2, RFC 6931 §2.1. */
const DIGEST_ALGORITHMS: ReadonlyMap<string, string> = new Map([
  ["http://www.w3.org/2001/04/xmlenc#sha256", "sha256"],
  ["http://www.w3.org/2001/04/xmldsig-more#sha384", "sha384"],
  ["http://www.w3.org/2001/04/xmlenc#sha512", "sha512"],
]);

const RSA_SHA1 = "http://www.w3.org/2000/09/xmldsig#rsa-sha1";
const SHA1 = "http://www.w3.org/2000/09/xmldsig#sha1";

/** @param acceptSha1 `insecureAcceptSha1` of the connection */
export function findSignatureAlgorithm(uri: string | undefined, acceptSha1: boolean): SignatureAlgorithm | undefined {
  if (acceptSha1 && uri === RSA_SHA1) return { hash: "sha1", keyType: "rsa" };
  return SIGNATURE_ALGORITHMS.get(uri ?? "");
}

/** @returns the name of the hash for `node:crypto` */
export function findDigestAlgorithm(uri: string | undefined, acceptSha1: boolean): string | undefined {
  if (acceptSha1 && uri === SHA1) return "sha1";
  return DIGEST_ALGORITHMS.get(uri ?? "");
}
