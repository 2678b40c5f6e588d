/**
 * What a connection begins with: everything off. What its row does not say yet, it also is.
 *
 * @module
 */
import type { ConnectionSettings, IdentityProviderConfig } from "../ports/index.ts";

/** The settings of a new root connection. */
export function newConnectionSettings(): ConnectionSettings {
  return {
    state: "active",
    idpKind: "other",
    scimEnabled: false,
    consent: null,
    groupSync: false,
    groupProjection: "byMember",
    defaultRole: "Contributor",
    defaultUserGroups: [],
    defaultReaderGroups: [],
    onNullKind: "keep",
    onSeatLimit: "waitlist",
    onUnknownMember: "record",
    allowIdpInitiated: false,
    jit: "deny",
    linkPolicy: "verifiedDomain",
    verifiedDomains: [],
    idleSignOut: { enabled: false, minutes: 30 },
    replaceCreatesMissing: false,
    inviteExisting: false,
    localAuthority: { role: true },
    allowOwnerRole: false,
    inactiveHoldsSeat: false,
    roleMapping: { version: 0, strategy: "priority", rules: [], roleAttribute: null, contentRoleAttribute: null },
    idp: null,
    scimJwt: null,
    archive: null,
  };
}

/** SCIM works, and what it manages is locked, while the connection is in use and its switch is on (R48, R97). */
export function isScimOpen({ state, scimEnabled }: ConnectionSettings): boolean {
  return state === "active" && scimEnabled;
}

/** A row that an older version wrote lacks the settings that came later. */
export function completeSettings(stored: ConnectionSettings): ConnectionSettings {
  const { idp } = stored;
  return { ...newConnectionSettings(), ...stored, idp: idp && { ...NEW_TRUST, ...idp } };
}

type Trust = Omit<IdentityProviderConfig, "entityId" | "ssoUrl" | "ssoBinding" | "certificates" | "attributeNames">;

/** How far a new identity provider is believed, and what it is asked for. */
export const NEW_TRUST: Trust = {
  signaturePolicy: "either",
  signAuthnRequests: null,
  requestedAuthnContext: [],
  forceAuthn: false,
  insecureAcceptExpiredCertificates: false,
  insecureAcceptSha1: false,
  insecureAcceptCbcEncryption: false,
  metadataUrl: null,
  metadataRefresh: "automatic",
  metadataCertificates: [],
};
