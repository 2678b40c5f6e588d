/**
 * How a before-hook says no, and how each door hears it.
 *
 * @module
 */
import { isScimError, ScimError } from "@muster/scim-core";
import { isProvisioningError, ProvisioningError } from "../errors.ts";

/** What a directory is answered: the error types of RFC 7644 §3.12 that fit a refusal by the host. */
export type VetoCode = "invalidValue" | "uniqueness" | "mutability" | "forbidden" | "conflict";

/**
 * Refuses what a before-hook was asked about; to be thrown. The directory is answered with this SCIM error and its admin
 * finds it among the sync failures; `admin` and the management API answer `vetoed`; a sign-in is refused.
 *
 * @param code decides status and `scimType` of the SCIM error
 * @param detail for an IT admin: why, and what to change
 * @example
 * throw veto("invalidValue", "Only addresses of example.com may be provisioned. Correct the mapping of emails.");
 */
export function veto(code: VetoCode, detail: string): ProvisioningError {
  return new ProvisioningError("vetoed", detail, {
    hint: "This application's own rules refuse it.",
    cause: new ScimError(code, detail),
  });
}

/** The SCIM error of a veto; undefined for any other error. */
export function vetoAnswer(error: unknown): ScimError | undefined {
  if (!isProvisioningError(error) || error.code !== "vetoed") return undefined;
  return isScimError(error.cause) ? error.cause : new ScimError("forbidden", error.message);
}
