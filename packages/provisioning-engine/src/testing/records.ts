/**
 * Rows for the cases: plausible, small, each with only the fields given that matter to the case.
 *
 * @module
 */
import type {
  AccountRecord,
  AuditRecord,
  ChangeRecord,
  ConnectionRecord,
  ConnectionSettings,
  DeliveryRecord,
  DirectoryGroupRecord,
  DirectoryUserRecord,
  GroupRecord,
  Instant,
  OverlayRecord,
  ResourceRecord,
  ScimCredentialRecord,
  SignInRecord,
  SyncEventRecord,
  SyncFailureRecord,
  TenantRecord,
  WebhookRecord,
} from "../ports/index.ts";

export const ACME = "acme";
export const GLOBEX = "globex";
export const ACME_CONNECTION: string = id(1);
export const GLOBEX_CONNECTION: string = id(2);

/** Shaped as a UUID; a greater number sorts later. */
export function id(number: number): string {
  return `0197f000-0000-7000-8000-${number.toString(16).padStart(12, "0")}`;
}

export function ids(first: number, last: number): readonly string[] {
  return Array.from({ length: last - first + 1 }, (_, index) => id(first + index));
}

export function at(seconds: number): Instant {
  return new Date(Date.UTC(2026, 0, 1) + seconds * 1000).toISOString();
}

export function aTenant(given: Partial<TenantRecord> = {}): TenantRecord {
  return {
    id: ACME,
    name: "Acme",
    parentId: null,
    connectionId: ACME_CONNECTION,
    seatLimits: { user: 5, reader: null },
    createdAt: at(0),
    version: 1,
    ...given,
  };
}

export const SETTINGS: ConnectionSettings = {
  state: "active",
  idpKind: "okta",
  archive: null,
  scimEnabled: true,
  consent: { by: "owner@acme.test", at: at(0), textVersion: "2026-01" },
  groupSync: true,
  groupProjection: "byMember",
  defaultRole: "Contributor",
  defaultUserGroups: [id(7)],
  defaultReaderGroups: [],
  onNullKind: "keep",
  onSeatLimit: "waitlist",
  onUnknownMember: "record",
  allowIdpInitiated: false,
  jit: "deny",
  linkPolicy: "verifiedDomain",
  verifiedDomains: ["acme.test"],
  idleSignOut: { enabled: false, minutes: 30 },
  replaceCreatesMissing: true,
  inviteExisting: false,
  localAuthority: { role: true },
  allowOwnerRole: false,
  inactiveHoldsSeat: true,
  roleMapping: {
    version: 3,
    strategy: "highest",
    rules: [
      {
        id: "writers",
        name: "Writers",
        priority: 1,
        when: { attribute: { path: "title", in: ["Writer", "Editor"] } },
        then: { kind: "user", role: "Editor", groups: [id(7)] },
      },
    ],
    roleAttribute: "userType",
    contentRoleAttribute: null,
  },
  idp: {
    entityId: "https://idp.acme.test/metadata",
    ssoUrl: "https://idp.acme.test/sso",
    ssoBinding: "redirect",
    certificates: ["-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"],
    attributeNames: { email: "email", name: "name" },
    signaturePolicy: "either",
    signAuthnRequests: null,
    requestedAuthnContext: ["urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport"],
    forceAuthn: false,
    insecureAcceptExpiredCertificates: false,
    insecureAcceptSha1: false,
    insecureAcceptCbcEncryption: false,
    metadataUrl: null,
    metadataRefresh: "automatic",
    metadataCertificates: [],
  },
  scimJwt: {
    issuer: "https://login.acme.test/",
    audience: "muster",
    subject: null,
    algorithms: ["ES256"],
    jwks: { keys: [{ kty: "EC", kid: "1", crv: "P-256", x: "eA", y: "eQ" }] },
  },
};

export function aConnection(given: Partial<ConnectionRecord> = {}): ConnectionRecord {
  return {
    id: ACME_CONNECTION,
    tenantId: ACME,
    parentId: null,
    presentation: { ssoName: "Acme SSO", loginButtonText: null },
    settings: SETTINGS,
    verifiedAt: null,
    metadata: null,
    createdAt: at(0),
    version: 1,
    ...given,
  };
}

export function aCredential(given: Partial<ScimCredentialRecord> = {}): ScimCredentialRecord {
  return {
    connectionId: ACME_CONNECTION,
    id: "mst_4f9a",
    hash: "ab".repeat(32),
    label: "Entra",
    createdAt: at(0),
    expiresAt: null,
    lastUsedAt: null,
    ...given,
  };
}

/** A directory user whose names follow from the number. */
export function aUser(number: number, given: Partial<DirectoryUserRecord> = {}): DirectoryUserRecord {
  const userName = `user${number}@acme.test`;
  return {
    connectionId: ACME_CONNECTION,
    id: id(number),
    accountId: id(1_000_000 + number),
    userName,
    externalId: `ext-${number}`,
    emails: [userName],
    active: true,
    attributes: { userName, active: true, name: { givenName: "User", familyName: `Number ${number}` } },
    createdAt: at(number),
    modifiedAt: at(number),
    deletedAt: null,
    version: 1,
    ...given,
  };
}

export function aDirectoryGroup(number: number, given: Partial<DirectoryGroupRecord> = {}): DirectoryGroupRecord {
  const displayName = `Group ${number}`;
  return {
    connectionId: ACME_CONNECTION,
    id: id(number),
    displayName,
    externalId: `ext-${number}`,
    attributes: { displayName },
    createdAt: at(number),
    modifiedAt: at(number),
    version: 1,
    ...given,
  };
}

/** Shaped as the engine makes them. */
export function aUniqueKey(number: number): string {
  return `key-${number}-`.padEnd(43, "x");
}

export function aResource(number: number, given: Partial<ResourceRecord> = {}): ResourceRecord {
  return {
    connectionId: ACME_CONNECTION,
    type: "Device",
    id: id(number),
    externalId: `ext-${number}`,
    uniqueKeys: [aUniqueKey(number)],
    attributes: { serial: `SN-${number}`, place: { floor: 3 }, tags: ["a", "b"], managed: false },
    createdAt: at(number),
    modifiedAt: at(number),
    version: 1,
    ...given,
  };
}

export function anAccount(number: number, given: Partial<AccountRecord> = {}): AccountRecord {
  const userName = `user${number}@acme.test`;
  return {
    tenantId: ACME,
    id: id(number),
    kind: "user",
    userName,
    email: userName,
    name: `User Number ${number}`,
    active: true,
    archived: false,
    provisionedRole: "Contributor",
    decidedRole: { value: "Editor", source: "rule" },
    decidedContentRole: { value: "Writer", source: "idp" },
    defaultsApplied: ["user"],
    breakGlass: false,
    connectionId: ACME_CONNECTION,
    directoryUserId: id(2_000_000 + number),
    samlNameId: null,
    createdAt: at(number),
    updatedAt: at(number),
    version: 1,
    ...given,
  };
}

export function anOverlay(accountId: string, given: Partial<OverlayRecord> = {}): OverlayRecord {
  return {
    tenantId: ACME,
    accountId,
    role: "Editor",
    contentRole: null,
    contentAccess: null,
    suspended: false,
    updatedAt: at(0),
    ...given,
  };
}

export function aLocalGroup(number: number, given: Partial<GroupRecord> = {}): GroupRecord {
  return {
    tenantId: ACME,
    id: id(number),
    name: `Group ${number}`,
    kind: "user",
    role: null,
    contentAccess: null,
    createdAt: at(number),
    version: 1,
    ...given,
  };
}

export function aSyncEvent(number: number, given: Partial<SyncEventRecord> = {}): SyncEventRecord {
  return {
    tenantId: ACME,
    id: id(number),
    at: at(number),
    operation: "create",
    subject: { type: "User", key: "ada@acme.test", label: "Ada@acme.test", id: null },
    outcome: "failed",
    cause: "duplicate",
    message: "The userName is taken.",
    requestId: `request-${number}`,
    ...given,
  };
}

export function aSignIn(number: number, given: Partial<SignInRecord> = {}): SignInRecord {
  return {
    tenantId: ACME,
    id: id(number),
    at: at(number),
    outcome: "refused",
    code: "audience_mismatch",
    stage: "assertion",
    message: "The assertion is meant for another service.",
    hint: null,
    facts: { expected: "https://app.example", received: "https://other.example", differenceSeconds: 3, signed: true },
    authenticated: true,
    subject: null,
    requestId: `request-${number}`,
    ...given,
  };
}

export function anAuditEntry(number: number, given: Partial<AuditRecord> = {}): AuditRecord {
  return {
    tenantId: ACME,
    id: id(number),
    at: at(number),
    actor: { type: "connection", id: ACME_CONNECTION },
    action: "account.deactivated",
    subject: { type: "account", id: id(7) },
    before: { active: true },
    after: { active: false },
    requestId: null,
    ...given,
  };
}

export function aChange(number: number, given: Partial<ChangeRecord> = {}): ChangeRecord {
  return {
    tenantId: ACME,
    id: id(number),
    at: at(number),
    type: "account.created",
    actor: { type: "connection", id: ACME_CONNECTION },
    accountId: id(7),
    groupId: null,
    data: { changes: [{ path: "active", from: false, to: true }] },
    ...given,
  };
}

export function aFailure(number: number, given: Partial<SyncFailureRecord> = {}): SyncFailureRecord {
  return {
    tenantId: ACME,
    id: id(number),
    subject: { type: "User", key: "ada@acme.test", label: "Ada@acme.test", id: null },
    operation: "create",
    cause: "duplicate",
    message: "The userName is taken.",
    firstSeen: at(number),
    lastSeen: at(number),
    attempts: 1,
    resolvedAt: null,
    retry: { resourceType: "User", attributes: { userName: "Ada@acme.test" } },
    ...given,
  };
}

export function aWebhook(number: number, given: Partial<WebhookRecord> = {}): WebhookRecord {
  return {
    tenantId: ACME,
    id: id(number),
    url: "https://acme.test/hook",
    description: null,
    types: null,
    secrets: [{ secret: "whsec_c2VjcmV0", expiresAt: null }],
    disabled: null,
    lastSuccessAt: null,
    createdAt: at(0),
    version: 1,
    ...given,
  };
}

export function aDelivery(number: number, given: Partial<DeliveryRecord> = {}): DeliveryRecord {
  return {
    tenantId: ACME,
    webhookId: id(1),
    id: id(number),
    type: "account.created",
    body: '{"type":"account.created"}',
    createdAt: at(number),
    state: "pending",
    attempts: 0,
    dueAt: at(number),
    lastAttempt: null,
    ...given,
  };
}
