/**
 * Connections with their settings, and the credentials that open their SCIM endpoints.
 *
 * @module
 */
import type { ConnectionId, GroupId, Instant, TenantId } from "./identifiers.ts";
import type { IdentityProviderConfig, MetadataWatch } from "./identity-provider.ts";
import type { WriteResult } from "./repository.ts";
import type { RoleMapping } from "./role-mapping.ts";
import type { ScimJwt } from "./scim-jwt.ts";

/** One SSO configuration of a tenant: SAML and SCIM together. */
export interface ConnectionRecord {
  readonly id: ConnectionId;
  readonly tenantId: TenantId;
  /** The parent's connection, or null at a root. */
  readonly parentId: ConnectionId | null;
  /** What a visitor sees; never inherited. */
  readonly presentation: Presentation;
  /** Null at a child: a child owns no identity provider, SCIM or token row (I24). */
  readonly settings: ConnectionSettings | null;
  /** The first sign-in through the identity provider as it is configured now, or null before it (R4). */
  readonly verifiedAt: Instant | null;
  /** How it keeps up with the metadata at the address of its identity provider; null where there is none. */
  readonly metadata: MetadataWatch | null;
  readonly createdAt: Instant;
  readonly version: number;
}

export interface Presentation {
  readonly ssoName: string | null;
  readonly loginButtonText: string | null;
}

/** Which identity provider it is: the words and defaults that an admin meets (R74). */
export type IdpKind =
  | "okta"
  | "entra"
  | "google"
  | "onelogin"
  | "adfs"
  | "other"
  | "ping"
  | "jumpcloud"
  | "keycloak"
  | "shibboleth";

export interface ConnectionSettings {
  /** A draft is being set up: sign-ins are tests, and SCIM is closed (R97). Disabled, nothing is open. */
  readonly state: "draft" | "active" | "disabled";
  readonly idpKind: IdpKind;
  readonly scimEnabled: boolean;
  /** Who agreed to hand names and deletion to the identity provider, when, and to which text (R90, I37). */
  readonly consent: Consent | null;
  readonly groupSync: boolean;
  readonly groupProjection: "reader" | "user" | "byMember";
  readonly defaultRole: string;
  readonly defaultUserGroups: readonly GroupId[];
  readonly defaultReaderGroups: readonly GroupId[];
  /** What a null or removed kind attribute does to an existing account (R21, I12). */
  readonly onNullKind: "keep" | "reader";
  readonly onSeatLimit: "waitlist" | "reject";
  /** An unknown member id is recorded and skipped, or refuses the whole request (R37). */
  readonly onUnknownMember: "record" | "strict";
  readonly allowIdpInitiated: boolean;
  /** What a valid sign-in of an unprovisioned person does (R100). */
  readonly jit: "deny" | "reader" | "pending";
  /** When a pushed person may be linked to an existing local account with the same e-mail (I11). */
  readonly linkPolicy: "verifiedDomain" | "adminApproved" | "none";
  /** E-mail domains whose ownership the host has proven for this tenant, lower case. */
  readonly verifiedDomains: readonly string[];
  readonly idleSignOut: { readonly enabled: boolean; readonly minutes: number };
  /** PATCH `replace` on an unmatched value filter creates the element instead of answering `noTarget`. */
  readonly replaceCreatesMissing: boolean;
  /** Whether people with accounts of their own may be invited to sign in here from now on (R96). */
  readonly inviteExisting: boolean;
  /**
   * Gives the default reader groups at each sign-in of a reader, as configurations of old did; those that did not bring
   * it along do not have it (R94).
   */
  readonly legacyAutoAssignReaderGroups?: boolean;
  /** Whether roles of provisioned people may be changed here; content access always may (K1, R46, R47). */
  readonly localAuthority: { readonly role: boolean };
  /** Whether a rule or the directory may make somebody an owner. */
  readonly allowOwnerRole: boolean;
  /** Whether people keep their seat while they are inactive (R60). */
  readonly inactiveHoldsSeat: boolean;
  /** What decides kinds, roles and groups beside the directory's own word. */
  readonly roleMapping: RoleMapping;
  readonly idp: IdentityProviderConfig | null;
  /** Whose JWTs open the SCIM endpoint beside the connection's own tokens and clients, or null for nobody's. */
  readonly scimJwt: ScimJwt | null;
  /** Set while the connection is archived: nothing signs in through it, and nothing is pushed to it. */
  readonly archive: ConnectionArchive | null;
}

/** What becomes of the accounts of an archived connection. Only `deactivateAccounts` can be undone. */
export type ArchiveMode = "detachAccounts" | "deactivateAccounts" | "purge";

export interface ConnectionArchive {
  readonly mode: ArchiveMode;
  /** Accounts are gone through in the background, on the way in and on the way out. */
  readonly state: "archiving" | "archived" | "restoring";
  readonly by: string;
  /** Since when it is archived, in whichever mode. */
  readonly at: Instant;
}

export interface Consent {
  readonly by: string;
  readonly at: Instant;
  readonly textVersion: string;
}

/** A connection's bearer token, or its OAuth client. The token, and the client's secret, are never stored. */
export interface ScimCredentialRecord {
  readonly connectionId: ConnectionId;
  /** The public prefix of the token, or the client's id, by which it is found in one look-up. */
  readonly id: string;
  /** What a secret is compared with, hexadecimal: SHA-256 of a whole token, or the public key of a client. */
  readonly hash: string;
  readonly label: string | null;
  readonly createdAt: Instant;
  readonly expiresAt: Instant | null;
  readonly lastUsedAt: Instant | null;
}

export interface ConnectionRepository {
  insert(connection: ConnectionRecord): Promise<WriteResult>;
  get(id: ConnectionId): Promise<ConnectionRecord | null>;
  /** Writes the row if its stored version is `connection.version - 1`. */
  update(connection: ConnectionRecord): Promise<WriteResult>;
  /** Those whose metadata is to be read (`metadata.dueAt`) by now, those that wait longest first. */
  metadataDue(now: Instant, limit: number): Promise<readonly ConnectionRecord[]>;
}

export interface CredentialRepository {
  insert(credential: ScimCredentialRecord): Promise<WriteResult>;
  get(connectionId: ConnectionId, id: string): Promise<ScimCredentialRecord | null>;
  /** In order of creation. */
  list(connectionId: ConnectionId): Promise<readonly ScimCredentialRecord[]>;
  /** False when there is no such credential. */
  delete(connectionId: ConnectionId, id: string): Promise<boolean>;
  touch(connectionId: ConnectionId, id: string, lastUsedAt: Instant): Promise<void>;
}
