/**
 * The algorithms that encrypted elements may name (rule R11): exact URIs to what `node:crypto` calls them. RSA PKCS#1
 * version 1.5 and Triple DES are not among them, whatever the settings.
 *
 * @module
 */

/** How an element is encrypted. */
export type ContentAlgorithm =
  | { readonly mode: "gcm"; readonly cipher: "aes-128-gcm" | "aes-192-gcm" | "aes-256-gcm"; readonly keyBytes: number }
  | { readonly mode: "cbc"; readonly cipher: "aes-128-cbc" | "aes-192-cbc" | "aes-256-cbc"; readonly keyBytes: number };

/** The best first, as it is published. XML Encryption 1.1 §5.2.4. */
export const GCM_ALGORITHMS: ReadonlyMap<string, ContentAlgorithm> = new Map([
  ["http://www.w3.org/2009/xmlenc11#aes256-gcm", { mode: "gcm", cipher: "aes-256-gcm", keyBytes: 32 }],
  ["http://www.w3.org/2009/xmlenc11#aes192-gcm", { mode: "gcm", cipher: "aes-192-gcm", keyBytes: 24 }],
  ["http://www.w3.org/2009/xmlenc11#aes128-gcm", { mode: "gcm", cipher: "aes-128-gcm", keyBytes: 16 }],
]);

/** XML Encryption 1.1 §5.2.2: nothing tells whether the ciphertext was changed. */
const CBC_ALGORITHMS: ReadonlyMap<string, ContentAlgorithm> = new Map([
  ["http://www.w3.org/2001/04/xmlenc#aes256-cbc", { mode: "cbc", cipher: "aes-256-cbc", keyBytes: 32 }],
  ["http://www.w3.org/2001/04/xmlenc#aes192-cbc", { mode: "cbc", cipher: "aes-192-cbc", keyBytes: 24 }],
  ["http://www.w3.org/2001/04/xmlenc#aes128-cbc", { mode: "cbc", cipher: "aes-128-cbc", keyBytes: 16 }],
]);

/** XML Encryption 1.1 §5.5.2: the first has SHA-1 as its mask, the second says which. */
export const OAEP_WITH_SHA1_MASK = "http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p";
export const OAEP = "http://www.w3.org/2009/xmlenc11#rsa-oaep";

const SHA1 = "http://www.w3.org/2000/09/xmldsig#sha1";
/** In OAEP a hash need not resist collisions (RFC 8017 §7.1), so SHA-1 will do. */
const OAEP_DIGESTS: ReadonlyMap<string, string> = new Map([
  [SHA1, "sha1"],
  ["http://www.w3.org/2001/04/xmlenc#sha256", "sha256"],
  ["http://www.w3.org/2001/04/xmldsig-more#sha384", "sha384"],
  ["http://www.w3.org/2001/04/xmlenc#sha512", "sha512"],
]);

const MGF1_SHA1 = "http://www.w3.org/2009/xmlenc11#mgf1sha1";
const MASKS: ReadonlyMap<string, string> = new Map([
  [MGF1_SHA1, "sha1"],
  ["http://www.w3.org/2009/xmlenc11#mgf1sha256", "sha256"],
  ["http://www.w3.org/2009/xmlenc11#mgf1sha384", "sha384"],
  ["http://www.w3.org/2009/xmlenc11#mgf1sha512", "sha512"],
]);

/** @param acceptCbc whether a signature covers the ciphertext, or somebody takes the risk */
export function findContentAlgorithm(uri: string | undefined, acceptCbc: boolean): ContentAlgorithm | undefined {
  return GCM_ALGORITHMS.get(uri ?? "") ?? (acceptCbc ? CBC_ALGORITHMS.get(uri ?? "") : undefined);
}

/** What an `EncryptionMethod` of a key says; undefined where it says nothing. */
export interface KeyTransportMethod {
  readonly algorithm: string | undefined;
  readonly digest: string | undefined;
  readonly mask: string | undefined;
}

/** The hashes of RSA-OAEP, by the names of `node:crypto`. */
export interface OaepHashes {
  readonly digest: string;
  readonly mask: string;
}

/** @returns undefined for everything but RSA-OAEP with hashes that are known */
export function findOaepHashes(method: KeyTransportMethod): OaepHashes | undefined {
  const namesMask = method.algorithm === OAEP;
  if (!namesMask && method.algorithm !== OAEP_WITH_SHA1_MASK) return undefined;
  const digest = OAEP_DIGESTS.get(method.digest ?? SHA1);
  const mask = MASKS.get((namesMask ? method.mask : undefined) ?? MGF1_SHA1);
  return digest === undefined || mask === undefined ? undefined : { digest, mask };
}
