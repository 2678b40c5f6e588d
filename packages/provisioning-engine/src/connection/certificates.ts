/**
 * Certificates as admins give them, and as they are kept.
 *
 * @module
 */
import { readCertificates } from "@muster/saml-sp";

/** One PEM per certificate, each once, whatever form they came in (R84). */
export function readPem(inputs: readonly string[]): readonly string[] {
  const certificates = inputs.flatMap((input) => readCertificates(input));
  return [...new Set(certificates.map(({ pem }) => pem))];
}

/** What tells certificates apart. */
export function fingerprints(certificates: readonly string[]): readonly string[] {
  return certificates.flatMap((pem) => readCertificates(pem)).map(({ fingerprint }) => fingerprint);
}
