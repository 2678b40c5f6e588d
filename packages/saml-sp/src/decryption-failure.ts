/**
 * The one error for everything that can be wrong with an encrypted element (rule R11). What went wrong, or how far it
 * got, would let an attacker who sends altered copies learn what the original says.
 *
 * @module
 */
import { SamlError, type SamlErrorDetails } from "./errors.ts";

/**
 * @param named the algorithms that the message names: those are the same however far it got
 * @param cause for debuggers; never shown and never logged by this package
 */
export function decryptionFailed(named: SamlErrorDetails = {}, cause?: unknown): SamlError {
  return new SamlError("decryption_failed", "The encrypted response cannot be used.", {
    hint: "Give the identity provider the encryption certificate of this service's metadata, choose AES-GCM with RSA-OAEP there, and let it sign the assertion; if it has AES-CBC only, let it sign the response too.",
    details: named,
    cause,
  });
}
