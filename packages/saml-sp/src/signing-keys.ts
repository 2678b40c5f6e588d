/**
 * The keys that one connection trusts. They come from its settings only: a key or certificate within a message is never
 * looked at.
 *
 * @module
 */
import type { SigningKey } from "./certificate.ts";
import { SamlError } from "./errors.ts";
import type { KeyCache } from "./key-cache.ts";

/** Each is tried on each signature, so their number bounds the work that a stranger can cause. */
const MAX_CERTIFICATES = 5;

/**
 * @param certificates PEM, of the settings
 * @throws {SamlError} `certificate_missing`, `certificate_too_many`, or as `readCertificates`
 */
export function signingKeys(certificates: readonly string[], cache: KeyCache): readonly SigningKey[] {
  if (certificates.length === 0) {
    throw new SamlError("certificate_missing", "Single sign-on has no certificate to check responses with.", {
      hint: "Upload the identity provider's signing certificate.",
    });
  }
  if (certificates.length > MAX_CERTIFICATES) {
    throw new SamlError("certificate_too_many", `Single sign-on has more than ${MAX_CERTIFICATES} certificates.`, {
      hint: "Remove the certificates that the identity provider no longer signs with.",
      details: { certificates: certificates.length },
    });
  }
  return certificates.map(cache.signingKey);
}
