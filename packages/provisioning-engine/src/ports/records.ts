/**
 * The rows that a store keeps, as plain data. Instants are RFC 3339 strings in UTC with milliseconds, so that they
 * compare as text. `version` starts at 1 and grows by one with each update of that row.
 *
 * @module
 */
import type { Attributes } from "@muster/scim-core";

export type TenantId = string;
export type ConnectionId = string;
export type AccountId = string;
export type DirectoryUserId = string;
export type DirectoryGroupId = string;
export type ResourceId = string;
/** A local group's id, or the id of a face of a directory group (see `group/group-projection.ts`). */
export type GroupId = string;
/** RFC 3339, UTC, milliseconds. */
export type Instant = string;

/** `user` is a team account, `reader` an account of the published site. One person has one kind per tenant (R22). */
export type AccountKind = "user" | "reader";

/** Where a membership comes from; a membership is effective as long as one source remains. */
export type MembershipSource = "scim" | "local" | "default" | "rule";

/** A host's customer boundary: one project, site, workspace. */
export interface TenantRecord {
  readonly id: TenantId;
  readonly name: string;
  /** The tenant whose connection this one inherits, or null at a root. Inheritance is one level deep (I26). */
  readonly parentId: TenantId | null;
  readonly connectionId: ConnectionId;
  /** Seats per kind; null is unlimited. */
  readonly seatLimits: Readonly<Record<AccountKind, number | null>>;
  readonly createdAt: Instant;
  readonly version: number;
}

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

export interface MetadataWatch {
  /** When it is to be read next; null while nobody wants that. */
  readonly dueAt: Instant | null;
  /** What was there when it was last accepted; null before. */
  readonly seen: PublishedProvider | null;
  /** When it was last read and believed. */
  readonly readAt: Instant | null;
  /** Until when that may be believed, if it says so. */
  readonly validUntil: Instant | null;
  /** Why it could not be read or followed since. */
  readonly failure: MetadataFailure | null;
  /** What it says and the connection does not yet: an admin wants to be asked. */
  readonly announced: IdentityProviderDifference | null;
}

/** What metadata says about an identity provider, to be compared with what it says later. */
export interface PublishedProvider {
  readonly entityId: string;
  readonly ssoUrl: string;
  readonly ssoBinding: "redirect" | "post";
  readonly wantAuthnRequestsSigned: boolean;
  readonly sloUrl: string | null;
  readonly sloResponseUrl: string | null;
  readonly sloBinding: "redirect" | "post" | null;
  /** Fingerprints. */
  readonly certificates: readonly string[];
}

export interface MetadataFailure {
  /** Of the SAML core. */
  readonly code: string;
  readonly message: string;
  readonly hint: string | null;
  /** The first of the attempts that failed in a row. */
  readonly since: Instant;
  readonly attempts: number;
}

/** What two descriptions of an identity provider differ in; empty lists when in nothing. */
export interface IdentityProviderDifference {
  /** Null where nothing is configured. */
  readonly fields: readonly {
    readonly field: "entityId" | "ssoUrl" | "ssoBinding" | "sloUrl";
    readonly from: string | null;
    readonly to: string | null;
  }[];
  /** By fingerprint. */
  readonly certificatesAdded: readonly string[];
  readonly certificatesRemoved: readonly string[];
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

/** The rules of a connection, in the order in which they are asked. */
export interface RoleMapping {
  /** 0 until rules are set; one more with each change. */
  readonly version: number;
  /** `priority`: the first match decides a slot. `highest`: of all matches the one with the highest role does. */
  readonly strategy: "priority" | "highest";
  readonly rules: readonly RoleRule[];
  /** Attributes whose value is the role itself: the directory's word, which comes before every rule. */
  readonly roleAttribute: string | null;
  readonly contentRoleAttribute: string | null;
}

export interface RoleRule {
  /** Stable across changes of the rule. */
  readonly id: string;
  readonly name: string | null;
  /** Lower comes first; rules of one priority come in their order. */
  readonly priority: number;
  readonly when: RuleCondition;
  readonly then: RuleGrant;
}

/** Exactly one question about a person. */
export type RuleCondition =
  | { readonly attribute: AttributeTest }
  | { readonly group: GroupTest }
  /** An expression of the Entra language; true, or the text `True`, matches. */
  | { readonly expression: string };

type RuleValue = string | number | boolean;

/** A look at the values of one attribute: one that passes is enough; `notEquals` passes when none is equal. */
export type AttributeTest = { readonly path: string } & (
  | { readonly equals: RuleValue }
  | { readonly notEquals: RuleValue }
  | { readonly in: readonly RuleValue[] }
  | { readonly contains: string }
  | { readonly startsWith: string }
  | { readonly endsWith: string }
  | { readonly present: boolean }
);

/** A pushed group that the person is in effect a member of. */
export type GroupTest =
  | { readonly id: DirectoryGroupId }
  | { readonly externalId: string }
  /** Compared without case, as the directory's names are. */
  | { readonly displayName: string };

/** What a matching rule gives. */
export interface RuleGrant {
  readonly kind?: AccountKind | undefined;
  readonly role?: string | undefined;
  readonly contentRole?: string | undefined;
  readonly groups?: readonly GroupId[] | undefined;
}

export interface Consent {
  readonly by: string;
  readonly at: Instant;
  readonly textVersion: string;
}

export interface IdentityProviderConfig {
  readonly entityId: string;
  readonly ssoUrl: string;
  readonly ssoBinding: "redirect" | "post";
  /** Whether its metadata asks for signed requests. */
  readonly wantAuthnRequestsSigned?: boolean | undefined;
  /** Where it takes logout messages; nowhere when absent. */
  readonly sloUrl?: string | undefined;
  /** Where it takes the answers to its own; there too when absent. */
  readonly sloResponseUrl?: string | undefined;
  readonly sloBinding?: "redirect" | "post" | undefined;
  /** PEM; several during a rollover. */
  readonly certificates: readonly string[];
  /** Case-sensitive SAML attribute names (R80, R81). */
  readonly attributeNames: { readonly email: string; readonly name: string };
  /** Which signatures a response must carry; all that are there must hold. */
  readonly signaturePolicy: "assertion" | "response" | "both" | "either";
  /** Signs requests, or does not; null to do as its metadata asks. */
  readonly signAuthnRequests: boolean | null;
  /** Classes of which every sign-in must have used one (SAML Core §3.3.2.2.1); any will do when there are none. */
  readonly requestedAuthnContext: readonly string[];
  /** Has people checked again at every sign-in that begins here, also within a session over there. */
  readonly forceAuthn: boolean;
  /** Accepts certificates past their end. */
  readonly insecureAcceptExpiredCertificates: boolean;
  /** Accepts RSA-SHA1 signatures and SHA-1 digests. */
  readonly insecureAcceptSha1: boolean;
  /** Accepts AES-CBC that no signature covers. */
  readonly insecureAcceptCbcEncryption: boolean;
  /** Where its metadata is fetched from, or null. */
  readonly metadataUrl: string | null;
  /** What becomes of changes of the metadata there: they are applied, an admin is told of them, or nobody looks. */
  readonly metadataRefresh: "automatic" | "notify" | "off";
  /** PEM; who must have signed its metadata. None: nobody must. */
  readonly metadataCertificates: readonly string[];
}

/** An authorization server that is trusted to let clients push: what its access tokens must say, and its keys. */
export type ScimJwt = {
  /** The only `iss`, character for character. */
  readonly issuer: string;
  /** What `aud` must name. */
  readonly audience: string;
  /** The only `sub`, or null for whomever the issuer gives tokens for this audience. */
  readonly subject: string | null;
  readonly algorithms: readonly JwtAlgorithm[];
} & ({ readonly jwksUri: string } | { readonly jwks: PublicKeySet });

/** Asymmetric ones only: what verifies must not be able to sign. */
export type JwtAlgorithm = "RS256" | "PS256" | "ES256" | "EdDSA";

/** A JSON Web Key Set (RFC 7517 §5), without what verifying does not need. */
export interface PublicKeySet {
  readonly keys: readonly PublicKey[];
}

export interface PublicKey {
  readonly kty: "RSA" | "EC" | "OKP";
  readonly kid?: string;
  readonly alg?: string;
  readonly use?: string;
  readonly n?: string;
  readonly e?: string;
  readonly crv?: string;
  readonly x?: string;
  readonly y?: string;
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

/** What the identity provider said about a person, once, at the root connection. */
export interface DirectoryUserRecord {
  readonly connectionId: ConnectionId;
  /** The SCIM id. */
  readonly id: DirectoryUserId;
  readonly accountId: AccountId;
  readonly userName: string;
  readonly externalId: string | null;
  /** Every `emails.value`, lower case, for look-ups. */
  readonly emails: readonly string[];
  readonly active: boolean;
  /** The SCIM attributes, canonical and schema-valid. */
  readonly attributes: Attributes;
  readonly createdAt: Instant;
  readonly modifiedAt: Instant;
  /** Set by SCIM DELETE: the id answers 404 from then on and no longer counts for uniqueness; the account stays. */
  readonly deletedAt: Instant | null;
  readonly version: number;
}

export interface DirectoryGroupRecord {
  readonly connectionId: ConnectionId;
  readonly id: DirectoryGroupId;
  readonly displayName: string;
  readonly externalId: string | null;
  readonly attributes: Attributes;
  readonly createdAt: Instant;
  readonly modifiedAt: Instant;
  readonly version: number;
}

/** A resource of a type that the host registered beside User and Group, as the identity provider wrote it. */
export interface ResourceRecord {
  readonly connectionId: ConnectionId;
  /** The name of the resource type. Types share nothing: ids and keys are those of one type. */
  readonly type: string;
  readonly id: ResourceId;
  readonly externalId: string | null;
  /**
   * One opaque key of 43 ASCII characters for each value that no other resource of the type may have, distinct; equal
   * values have equal keys.
   */
  readonly uniqueKeys: readonly string[];
  readonly attributes: Attributes;
  readonly createdAt: Instant;
  readonly modifiedAt: Instant;
  readonly version: number;
}

/** One row of a directory group's membership. */
export interface DirectoryMemberRecord {
  readonly groupId: DirectoryGroupId;
  readonly userId: DirectoryUserId;
}

/** What the product enforces. At a child tenant the same row is read through the parent (design ruling 4). */
export interface AccountRecord {
  readonly tenantId: TenantId;
  readonly id: AccountId;
  readonly kind: AccountKind;
  readonly userName: string;
  readonly email: string | null;
  readonly name: string;
  /** False is the product's Inactive: set by the directory for linked accounts. */
  readonly active: boolean;
  /** Inactive only because its connection was archived: restoring that ends it. Whatever else is said since ends this. */
  readonly archived: boolean;
  /** Role given by defaults or rules; a local choice lives in the overlay and wins. Users only. */
  readonly provisionedRole: string | null;
  /** The roles that the connection's rules, or the directory itself, decide; null leaves a slot to the tenant. */
  readonly decidedRole: DecidedRole | null;
  readonly decidedContentRole: DecidedRole | null;
  /** Kinds whose defaults (role, groups) were applied already: at most once each (I40). */
  readonly defaultsApplied: readonly AccountKind[];
  /** Invisible to SCIM and untouched by it (I2). */
  readonly breakGlass: boolean;
  /** The connection that manages the account, or null for a hand-made one. */
  readonly connectionId: ConnectionId | null;
  readonly directoryUserId: DirectoryUserId | null;
  /** The SAML NameID seen at the last sign-in, the first key of the sign-in match. */
  readonly samlNameId: string | null;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  readonly version: number;
}

export interface DecidedRole {
  readonly value: string;
  readonly source: "rule" | "idp";
}

/** What is local to one tenant about an account: never written by a sync (I23, I25). */
export interface OverlayRecord {
  readonly tenantId: TenantId;
  readonly accountId: AccountId;
  readonly role: string | null;
  readonly contentRole: string | null;
  /** Opaque to the engine. */
  readonly contentAccess: unknown;
  readonly suspended: boolean;
  readonly updatedAt: Instant;
}

/** A seat held or waited for. Held rows are the seat count (I15). */
export interface SeatRecord {
  readonly tenantId: TenantId;
  readonly accountId: AccountId;
  readonly kind: AccountKind;
  readonly state: "held" | "waiting";
  readonly since: Instant;
}

/** A group made in the product. Directory groups appear as computed faces and have no such row. */
export interface GroupRecord {
  readonly tenantId: TenantId;
  readonly id: GroupId;
  readonly name: string;
  readonly kind: AccountKind;
  readonly role: string | null;
  readonly contentAccess: unknown;
  readonly createdAt: Instant;
  readonly version: number;
}

/** A membership of another source than `scim`; those of source `scim` are directory members. */
export interface LocalMembershipRecord {
  readonly tenantId: TenantId;
  readonly groupId: GroupId;
  readonly accountId: AccountId;
  readonly source: Exclude<MembershipSource, "scim">;
}

/** One answer of an identity provider, or what posed as one, and what became of it. */
export interface SignInRecord {
  readonly tenantId: TenantId;
  readonly id: string;
  readonly at: Instant;
  /** `tested` at a draft: it would have been accepted or refused as `code` says, and nobody was signed in. */
  readonly outcome: "accepted" | "refused" | "tested";
  /** Why not: a code of the SAML core, or of the engine about the account; null when nothing was wrong. */
  readonly code: string | null;
  /** Where it was refused: a stage of the SAML core, or `account`. */
  readonly stage: string | null;
  readonly message: string | null;
  /** What to do about it, for an admin. */
  readonly hint: string | null;
  /** What was expected and what came, and the certificate that it was signed by; never a part of an assertion. */
  readonly facts: Readonly<Record<string, string | number | boolean>>;
  /** Whether the identity provider stands behind it: a forgery is nobody's. */
  readonly authenticated: boolean;
  /** Whom the identity provider named, once that was believed. */
  readonly subject: SignInSubject | null;
  readonly requestId: string;
}

export interface SignInSubject {
  readonly nameId: string;
  readonly accountId: AccountId | null;
  readonly userName: string | null;
}

export type SyncCause =
  | "duplicate"
  | "seat_limit"
  | "validation"
  | "last_owner"
  | "conflict"
  | "unknown_member"
  | "internal";

export interface SyncSubject {
  readonly type: "User" | "Group";
  /** Stable across attempts and found again at success: the lower-case userName or displayName. */
  readonly key: string;
  /** For people: the name as sent. */
  readonly label: string;
  readonly id: string | null;
}

/** One call of an identity provider, as the sync log shows it. */
export interface SyncEventRecord {
  readonly tenantId: TenantId;
  readonly id: string;
  readonly at: Instant;
  readonly operation: "create" | "replace" | "patch" | "delete" | "inherit";
  readonly subject: SyncSubject;
  readonly outcome: "changed" | "unchanged" | "failed";
  readonly cause: SyncCause | null;
  readonly message: string | null;
  readonly requestId: string;
}

/** One open entry per tenant, subject and cause (I32); closed by a later success. */
export interface SyncFailureRecord {
  readonly tenantId: TenantId;
  readonly id: string;
  readonly subject: SyncSubject;
  readonly operation: SyncEventRecord["operation"];
  readonly cause: SyncCause;
  /** For a person: what happened and what to change; never a token, an assertion or another tenant's data (I33). */
  readonly message: string;
  readonly firstSeen: Instant;
  readonly lastSeen: Instant;
  readonly attempts: number;
  readonly resolvedAt: Instant | null;
  /** What to run again on retry, or null when only the identity provider can send it again. */
  readonly retry: { readonly resourceType: "User" | "Group"; readonly attributes: Attributes } | null;
}

export interface Actor {
  readonly type: "person" | "connection" | "host" | "job";
  readonly id: string;
}

export interface AuditRecord {
  readonly tenantId: TenantId;
  readonly id: string;
  readonly at: Instant;
  readonly actor: Actor;
  /** Dotted verb, for example `account.deactivated`, `connection.updated`. */
  readonly action: string;
  readonly subject: { readonly type: string; readonly id: string };
  readonly before: unknown;
  readonly after: unknown;
  readonly requestId: string | null;
}

/** One row of the change feed (transactional outbox). `position` is assigned by the store and orders the feed. */
export interface ChangeRecord {
  readonly tenantId: TenantId;
  readonly id: string;
  readonly at: Instant;
  /** An event name of `events.ts`, for example `account.created`. */
  readonly type: string;
  readonly actor: Actor;
  readonly accountId: AccountId | null;
  readonly groupId: string | null;
  /** Event payload without the parts that are read from the current state. */
  readonly data: unknown;
}

/** Where a tenant wants its events posted. */
export interface WebhookRecord {
  readonly tenantId: TenantId;
  readonly id: string;
  readonly url: string;
  readonly description: string | null;
  /** Event names; null for all, those to come too. */
  readonly types: readonly string[] | null;
  /** What deliveries are signed with: the newest first, and those that were replaced, until they expire. */
  readonly secrets: readonly WebhookSecret[];
  /** Why nothing is delivered, or null while something is. */
  readonly disabled: { readonly reason: "admin" | "gone" | "failing"; readonly at: Instant } | null;
  readonly lastSuccessAt: Instant | null;
  readonly createdAt: Instant;
  readonly version: number;
}

export interface WebhookSecret {
  readonly secret: string;
  readonly expiresAt: Instant | null;
}

/** One message on its way to one webhook. */
export interface DeliveryRecord {
  readonly tenantId: TenantId;
  readonly webhookId: string;
  /** The id of the event; a greater one is newer. */
  readonly id: string;
  readonly type: string;
  /** What is posted, to the byte. */
  readonly body: string;
  readonly createdAt: Instant;
  /** `dead` was given up. */
  readonly state: "pending" | "delivered" | "dead";
  readonly attempts: number;
  /** When a pending one is tried next; while somebody tries it, when that is taken for lost. */
  readonly dueAt: Instant;
  readonly lastAttempt: DeliveryAttempt | null;
}

export interface DeliveryAttempt {
  readonly at: Instant;
  /** Of the answer; null without one. */
  readonly status: number | null;
  /** Why it does not count as delivered; null when it does. */
  readonly error: string | null;
}
