/**
 * What we sign our own messages with: the first signing key of the settings, by the algorithm that its kind calls for
 * (rule R5, RFC 6931 §2.3).
 *
 * @module
 */
import { type KeyObject, sign } from "node:crypto";
import type { EnvelopedSigner } from "./enveloped-signature.ts";
import { SamlError } from "./errors.ts";
import { createKeyCache, type KeyCache } from "./key-cache.ts";
import type { ServiceProviderSettings } from "./service-provider.ts";

const HASH = "sha256";
const DIGEST = { algorithm: "http://www.w3.org/2001/04/xmlenc#sha256", hash: HASH } as const;
const RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
const ECDSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256";

/**
 * @throws {SamlError} `signing_key_missing`, `key_pair_invalid`
 */
export function ourSigner(
  { signingKeys: [pair] = [] }: ServiceProviderSettings,
  keyCache: KeyCache = createKeyCache(),
): EnvelopedSigner {
  if (pair === undefined) {
    throw new SamlError("signing_key_missing", "A message must be signed, and this service has no key for that.", {
      hint: "Give the service provider a pair in signingKeys, and its certificate to the identity provider.",
    });
  }
  const key = keyCache.privateKey(pair);
  return {
    algorithm: key.asymmetricKeyType === "ec" ? ECDSA_SHA256 : RSA_SHA256,
    digest: DIGEST,
    certificate: pair.certificate,
    sign: (octets) => signatureValue(octets, key),
  };
}

/** Of an EC key r and s side by side (XML Signature §6.4.3), as the verifier reads it too. */
function signatureValue(octets: string, key: KeyObject): string {
  return sign(HASH, Buffer.from(octets), { key, dsaEncoding: "ieee-p1363" }).toString("base64");
}
