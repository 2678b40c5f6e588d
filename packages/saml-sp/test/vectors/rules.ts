import type { SamlErrorCode } from "../../src/errors.ts";
import type { Vector } from "./vector.ts";

/** The rules of the validation, R0 to R19, by the codes with which they refuse. Several may refuse with one code. */
const CODES: Readonly<Record<string, readonly SamlErrorCode[]>> = {
  R0: ["response_too_large", "base64_invalid", "utf8_invalid", "certificate_missing"],
  R1: ["xml_forbidden_markup", "xml_too_complex", "xml_invalid"],
  R2: ["xml_invalid"],
  R3: ["xml_id_invalid", "xml_id_duplicate"],
  R4: ["xml_namespace_invalid", "xml_attribute_duplicate"],
  R5: ["signature_algorithm_refused", "digest_algorithm_refused", "certificate_key_unsupported", "signature_invalid"],
  R6: ["root_unexpected", "signature_wrapping", "assertion_missing"],
  R7: [
    "signature_malformed",
    "signature_reference_invalid",
    "signature_transforms_invalid",
    "canonicalization_algorithm_refused",
  ],
  R8: [
    "canonicalization_failed",
    "digest_mismatch",
    "signature_invalid",
    "certificate_too_many",
    "certificate_expired",
  ],
  R9: ["signature_missing"],
  R10: ["status_not_success"],
  R11: ["decryption_failed", "decryption_key_missing"],
  R12: ["issuer_missing", "issuer_mismatch"],
  R13: [
    "conditions_missing",
    "conditions_not_yet_valid",
    "conditions_expired",
    "condition_unknown",
    "audience_missing",
    "audience_mismatch",
    "instant_invalid",
    "issued_in_the_future",
    "version_unsupported",
  ],
  R14: ["destination_missing", "destination_mismatch"],
  R15: [
    "confirmation_missing",
    "confirmation_not_before",
    "confirmation_expired",
    "confirmation_lifetime_exceeded",
    "recipient_missing",
    "recipient_mismatch",
    "authn_statement_missing",
    "authn_context_mismatch",
    "authn_instant_too_old",
    "session_expired",
  ],
  R16: ["unsolicited_refused", "request_mismatch", "request_unknown", "assertion_replayed"],
  R17: ["subject_missing", "name_id_missing", "name_id_invalid", "assertion_malformed"],
};

/** How the test of a vector begins: with its own name and the rules that refuse it, so that each rule finds its tests. */
export function namesOf({ id, expect }: Vector): string {
  const codes = "reject" in expect ? [expect.reject].flat() : [];
  const rules = Object.keys(CODES).filter((rule) => codes.some((code) => CODES[rule]?.includes(code)));
  return [...new Set([id, ...rules])].join(", ");
}
