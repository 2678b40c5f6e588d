/**
 * Consent to hand names and deletion to the identity provider, asked for once, when SCIM is switched on (R90).
 *
 * @module
 */
import { ProvisioningError } from "../errors.ts";
import type { Actor, Consent, Instant } from "../ports/index.ts";

/** Grows when the text changes in meaning: what the identity provider owns, and what stays here. */
const TEXT_VERSION = "2026-01";

export interface ConsentQuestion {
  /** Whether SCIM is on once the change is made. */
  readonly scimEnabled: boolean;
  readonly given: boolean;
  readonly actor: Actor;
  readonly now: Instant;
}

/**
 * The record that goes with a change: what is on record already, or what is given now.
 *
 * @throws {ProvisioningError} `consent_required` when SCIM would be on without a record (I37)
 */
export function decideConsent(
  recorded: Consent | null,
  { scimEnabled, given, actor, now }: ConsentQuestion,
): Consent | null {
  if (recorded !== null) return recorded;
  if (given) return { by: actor.id, at: now, textVersion: TEXT_VERSION };
  if (!scimEnabled) return null;
  throw new ProvisioningError("consent_required", "Switching SCIM on needs the consent of an administrator.", {
    hint:
      "From then on the identity provider owns names, user names, e-mail addresses and deletion. " +
      "Repeat the change with consent: true once an administrator has agreed to that.",
  });
}
