/**
 * The keys that one connection trusts. They come from its settings only: a key or certificate within a message is never
 * looked at.
 *
 * @module
 */
import type { KeyObject } from "node:crypto";
import { readSigningKey } from "./certificate.ts";
import { SamlError } from "./errors.ts";

/** A key, and until when its certificate is good. */
export interface SigningKey {
  readonly key: KeyObject;
  readonly notAfter: Date;
}

/** Each is tried on each signature, so their number bounds the work that a stranger can cause. */
const MAX_CERTIFICATES = 5;

/**
 * Parsing a certificate costs more than verifying a signature. Keyed by the list that they come from: whoever reads
 * settings anew gets keys anew, whoever keeps settings keeps them, and no connection can meet another's.
 */
const parsed = new WeakMap<readonly string[], readonly SigningKey[]>();

/**
 * @param certificates PEM, of the settings
 * @throws {SamlError} `certificate_missing`, `certificate_too_many`, or as `readCertificates`
 */
export function signingKeys(certificates: readonly string[]): readonly SigningKey[] {
  const known = parsed.get(certificates);
  if (known !== undefined) return known;
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
  const keys = certificates.map(readSigningKey);
  parsed.set(certificates, keys);
  return keys;
}
