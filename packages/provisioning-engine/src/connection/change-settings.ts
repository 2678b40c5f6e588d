/**
 * A change of a connection's settings, decided: pure, from settings to settings.
 *
 * @module
 */
import { OWNER_ROLE } from "../account/role.ts";
import type { ConnectionChange } from "../admin/admin.ts";
import { ProvisioningError } from "../errors.ts";
import type { Actor, ConnectionSettings, Instant, Presentation } from "../ports/index.ts";
import { decideConsent } from "./consent.ts";
import { changeIdentityProvider } from "./identity-provider-change.ts";
import { changeScimJwt } from "./scim-jwt-change.ts";

/** Who changes settings, when, and what the host allows. */
export interface SettingsContext {
  readonly actor: Actor;
  readonly now: Instant;
  /** Whether keys of a token issuer may be fetched from an address. */
  readonly allowsKeysFrom: (address: string) => boolean;
}

/**
 * @throws {ProvisioningError} `consent_required`; `invalid_request` for an identity provider that cannot be read, and for
 *   a token issuer without usable keys
 */
export function changeSettings(
  current: ConnectionSettings,
  change: ConnectionChange,
  { actor, now, allowsKeysFrom }: SettingsContext,
): ConnectionSettings {
  const { ssoName: _, loginButtonText: __, consent: given = false, idp, scimJwt, ...settable } = change;
  const next = { ...current, ...withoutUndefined(settable) };
  // Owners are made by people, never by a default (domain rules, "Role").
  if (next.defaultRole === OWNER_ROLE) {
    throw new ProvisioningError("invalid_request", `defaultRole: "${OWNER_ROLE}" cannot be given by default.`, {
      hint: "Make somebody an owner by changing the role of that account.",
    });
  }
  return {
    ...next,
    verifiedDomains: [...new Set(next.verifiedDomains.map((domain) => domain.toLowerCase()))],
    consent: decideConsent(current.consent, { scimEnabled: next.scimEnabled, given, actor, now }),
    idp:
      idp === undefined ? current.idp : idp === null ? null : changeIdentityProvider(current.idp, idp, new Date(now)),
    scimJwt: scimJwt ? changeScimJwt(scimJwt, allowsKeysFrom) : scimJwt === null ? null : current.scimJwt,
  };
}

export function changePresentation(
  current: Presentation,
  { ssoName = current.ssoName, loginButtonText = current.loginButtonText }: ConnectionChange,
): Presentation {
  return { ssoName, loginButtonText };
}

/** Fields that only the owner of the connection changes; at a child they answer `inherited_read_only` (R103). */
export function inheritedFields(change: ConnectionChange): readonly string[] {
  return Object.keys(withoutUndefined(change)).filter((field) => field !== "ssoName" && field !== "loginButtonText");
}

function withoutUndefined<Change extends object>(
  change: Change,
): { [Key in keyof Change]?: Exclude<Change[Key], undefined> } {
  const given = Object.entries(change).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as { [Key in keyof Change]?: Exclude<Change[Key], undefined> };
}
