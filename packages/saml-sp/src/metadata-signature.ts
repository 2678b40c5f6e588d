/**
 * The signature of a metadata document (SAML Metadata §3), under the same verifier as that of a response: what is read
 * afterwards was parsed from the signed bytes.
 *
 * @module
 */
import { isSamlError, SamlError } from "./errors.ts";
import { createKeyCache } from "./key-cache.ts";
import { SIGNATURE_NAMESPACE } from "./namespaces.ts";
import { type Signed, verifySignature } from "./signature.ts";
import { signingKeys } from "./signing-keys.ts";
import { childrenNamed, type Element } from "./xml.ts";
import type { XmlLimits } from "./xml-gate.ts";

/** Who must have signed. */
export interface MetadataSigner {
  /** PEM. */
  readonly certificates: readonly string[];
  readonly now: Date;
}

/** ADFS describes hundreds of claims. */
export const METADATA_LIMITS: XmlLimits = { depth: 32, elements: 20_000, attributes: 64 };

/**
 * The root must be signed: of a document of which only a part is, the rest is anybody's.
 *
 * @throws {SamlError} `metadata_signature_missing`, `metadata_signature_invalid`, or as `signingKeys`
 */
export function signedRoot(root: Element, { certificates, now }: MetadataSigner): Signed {
  const keys = signingKeys(certificates, createKeyCache());
  const [signature, ...more] = childrenNamed(root, SIGNATURE_NAMESPACE, "Signature");
  if (signature === undefined || more.length > 0) throw signatureMissing();
  try {
    return verifySignature(root, signature, {
      keys,
      now,
      acceptSha1: false,
      acceptExpiredCertificates: false,
      limits: METADATA_LIMITS,
    });
  } catch (error) {
    throw isSamlError(error) ? signatureInvalid(error) : error;
  }
}

function signatureMissing(): SamlError {
  return new SamlError("metadata_signature_missing", "The metadata is not signed as a whole.", {
    hint: "Take the signed metadata of the identity provider, or remove the certificates that it is checked with.",
  });
}

function signatureInvalid(error: SamlError): SamlError {
  return new SamlError("metadata_signature_invalid", "The metadata is not signed by whom it should be.", {
    hint: "Compare the certificates that the metadata is checked with with those that its publisher announces.",
    details: { ...error.details, reason: error.code },
    cause: error,
  });
}
