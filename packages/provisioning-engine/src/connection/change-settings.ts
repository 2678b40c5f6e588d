/**
 * A change of a connection's settings, decided: pure, from settings to settings.
 *
 * @module
 */
import { isOwnerRole } from "../account/role.ts";
import type { ConnectionChange } from "../admin/admin.ts";
import { ProvisioningError } from "../errors.ts";
import type { Actor, ConnectionSettings, Instant, Presentation } from "../ports/index.ts";
import { decideConsent } from "./consent.ts";
import { type ChangeContext, changeIdentityProvider, type LoadedChange } from "./identity-provider-change.ts";
import { changeScimJwt } from "./scim-jwt-change.ts";

/** Who changes settings, when, and what the host allows. */
export interface SettingsContext {
  readonly actor: Actor;
  readonly now: Instant;
  /** Whether the host has keys to sign requests to identity providers with. */
  readonly canSign: boolean;
  /** Whether keys of a token issuer may be fetched from an address. */
  readonly allowsKeysFrom: (address: string) => boolean;
}

/** A change whose metadata is there already. */
export type LoadedConnectionChange = Omit<ConnectionChange, "idp"> & { readonly idp?: LoadedChange | null | undefined };

/**
 * @throws {ProvisioningError} `consent_required`; `invalid_request` for an identity provider that cannot be read, and for
 *   a token issuer without usable keys
 */
export function changeSettings(
  current: ConnectionSettings,
  change: LoadedConnectionChange,
  { actor, now, canSign, allowsKeysFrom }: SettingsContext,
): ConnectionSettings {
  const { ssoName: _, loginButtonText: __, consent: given = false, idp, scimJwt, ...settable } = change;
  const next = { ...current, ...withoutUndefined(settable) };
  // Owners are made by people, never by a default (domain rules, "Role").
  if (isOwnerRole(next.defaultRole)) {
    throw new ProvisioningError("invalid_request", `defaultRole: "${next.defaultRole}" cannot be given by default.`, {
      hint: "Make somebody an owner by changing the role of that account.",
    });
  }
  checkState(current, next);
  checkLegacy(current, next, actor);
  if (next.scimEnabled && current.archive !== null) {
    throw new ProvisioningError("conflict", "scimEnabled: The connection is archived.", {
      hint: "Restore the connection first.",
    });
  }
  return {
    ...next,
    verifiedDomains: [...new Set(next.verifiedDomains.map((domain) => domain.toLowerCase()))],
    consent: decideConsent(current.consent, { scimEnabled: next.scimEnabled, given, actor, now }),
    idp: idp === null ? null : changedIdp(current, next, idp, { now: new Date(now), canSign }),
    scimJwt: scimJwt ? changeScimJwt(scimJwt, allowsKeysFrom) : scimJwt === null ? null : current.scimJwt,
  };
}

/** Another kind may have other names for the attributes of the provider that is there. */
function changedIdp(
  { idp: current, idpKind: before }: ConnectionSettings,
  { idpKind: after }: Pick<ConnectionSettings, "idpKind">,
  idp: LoadedChange | undefined,
  context: Pick<ChangeContext, "now" | "canSign">,
): ConnectionSettings["idp"] {
  if (idp === undefined && (current === null || before === after)) return current;
  return changeIdentityProvider(current, idp ?? {}, { ...context, kinds: { before, after } }).config;
}

type Switches = Pick<ConnectionSettings, "state" | "legacyAutoAssignReaderGroups">;

/** What has been in use cannot become a draft again: people rely on it. */
function checkState(current: Switches, next: Switches): void {
  if (next.state !== "draft" || current.state === "draft") return;
  throw new ProvisioningError("invalid_request", 'state: Only a new connection is a "draft".', {
    hint: 'Use "disabled" to close it for a while.',
  });
}

/** R94: configurations of old bring it along when the host takes them over; nobody else is offered it. */
function checkLegacy(current: Switches, next: Switches, actor: Actor): void {
  if (next.legacyAutoAssignReaderGroups === undefined || current.legacyAutoAssignReaderGroups !== undefined) return;
  if (actor.type === "host") return;
  throw new ProvisioningError(
    "invalid_request",
    "legacyAutoAssignReaderGroups: New configurations do not have this setting.",
    { hint: "Use defaultReaderGroups." },
  );
}

export function changePresentation(
  current: Presentation,
  { ssoName = current.ssoName, loginButtonText = current.loginButtonText }: LoadedConnectionChange,
): Presentation {
  return { ssoName, loginButtonText };
}

/** Fields that only the owner of the connection changes; at a child they answer `inherited_read_only` (R103). */
export function inheritedFields(change: ConnectionChange | LoadedConnectionChange): readonly string[] {
  return Object.keys(withoutUndefined(change)).filter((field) => field !== "ssoName" && field !== "loginButtonText");
}

function withoutUndefined<Change extends object>(
  change: Change,
): { [Key in keyof Change]?: Exclude<Change[Key], undefined> } {
  const given = Object.entries(change).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as { [Key in keyof Change]?: Exclude<Change[Key], undefined> };
}
