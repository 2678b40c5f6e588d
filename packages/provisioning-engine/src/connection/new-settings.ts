/**
 * What a connection begins with: everything off. What its row does not say yet, it also is.
 *
 * @module
 */
import type { ConnectionSettings } from "../ports/index.ts";

/** The settings of a new root connection. */
export function newConnectionSettings(): ConnectionSettings {
  return {
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
    idp: null,
    scimJwt: null,
  };
}

/** A row that an older version wrote lacks the settings that came later. */
export function completeSettings(stored: ConnectionSettings): ConnectionSettings {
  return { ...newConnectionSettings(), ...stored };
}
