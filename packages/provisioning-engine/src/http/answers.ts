/**
 * The shapes of what the management API answers, under the names that its description gives them.
 *
 * @module
 */

import type { PersonExplanation, RoleRulesView, Simulated } from "../admin/explain-views.ts";
import { CONDITION, GRANT, IDP_KIND } from "../admin/shapes.ts";
import type {
  Account,
  AuditView,
  CertificateView,
  ChildView,
  ClientView,
  ConnectionView,
  ConnectionWarning,
  DeliveryView,
  GroupView,
  IdentityProviderPreviewView,
  IdentityProviderView,
  InvitationView,
  LinkApprovalView,
  ManagedBy,
  MetadataView,
  SignInView,
  SyncEventView,
  SyncFailureView,
  TenantView,
  TokenView,
  WebhookView,
} from "../admin/views.ts";
import { EVENT_NAMES, type EventPage } from "../events.ts";
import type { IdentityProviderPreset } from "../idp-presets/preset.ts";
import type { SetupGuide } from "../idp-presets/setup-guide.ts";
import type { DeliveryAttempt, IdentityProviderDifference, ScimJwt } from "../ports/index.ts";
import type { RuleRemark } from "../role-rule/rule-remark.ts";
import { PUBLIC_KEY } from "../token/public-keys.ts";
import { z } from "../validation/zod.ts";
import { CAUSE, KIND, NULLABLE_TEXT, STATUS } from "./answer-parts.ts";
import { EXPECTED_FAILURE, IMPACT, KIND_SOURCE, SIMULATED, TRACE, TRIED } from "./simulation-answers.ts";

/** Either one of the named shapes, or a page of them. */
export interface Answer {
  readonly name: AnswerName;
  readonly page: boolean;
}

export function one(name: Answer["name"]): Answer {
  return { name, page: false };
}

export function pageOf(name: Answer["name"]): Answer {
  return { name, page: true };
}

const INSTANT = z.iso.datetime();
const SUBJECT = z.object({ type: z.string(), id: z.string() });

const ROLE_SOURCE = z.enum(["default", "group", "local", "rule", "idp"]).nullable();

const MANAGED_BY: z.ZodType<ManagedBy> = z.object({ connectionId: z.string(), tenant: z.string(), name: z.string() });

const ACCOUNT_FIELDS = {
  id: z.string(),
  userName: z.string(),
  email: NULLABLE_TEXT,
  name: z.string(),
  kind: KIND,
  role: NULLABLE_TEXT.describe("null for readers"),
  roleSource: ROLE_SOURCE,
  contentRole: NULLABLE_TEXT,
  contentRoleSource: ROLE_SOURCE,
  contentAccess: z.unknown(),
  status: STATUS,
  suspended: z.boolean(),
  groups: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      kind: KIND,
      sources: z.array(z.enum(["scim", "local", "default", "rule"])),
    }),
  ),
  lockedFields: z.array(z.string()),
  managedBy: MANAGED_BY.nullable(),
};
const ACCOUNT: z.ZodType<Account> = z.object(ACCOUNT_FIELDS);
const WRITTEN_ACCOUNT: z.ZodType<Simulated<Account>> = z.object({ ...ACCOUNT_FIELDS, ...SIMULATED });

const WRITTEN_GROUP: z.ZodType<Simulated<GroupView>> = z.object({
  id: z.string(),
  name: z.string(),
  kind: KIND,
  origin: z.enum(["scim", "local"]),
  role: NULLABLE_TEXT,
  contentAccess: z.unknown(),
  memberCount: z.int(),
  lockedFields: z.array(z.string()),
  managedBy: MANAGED_BY.nullable(),
  ...SIMULATED,
});

const SCIM_JWT_FIELDS = {
  issuer: z.string(),
  audience: z.string(),
  subject: NULLABLE_TEXT,
  algorithms: z.array(z.enum(["RS256", "PS256", "ES256", "EdDSA"])),
};
const SCIM_JWT: z.ZodType<ScimJwt> = z.union([
  z.object({ ...SCIM_JWT_FIELDS, jwksUri: z.string() }),
  z.object({ ...SCIM_JWT_FIELDS, jwks: z.object({ keys: z.array(PUBLIC_KEY) }) }),
]);

const CERTIFICATE: z.ZodType<CertificateView> = z.object({
  subject: z.string(),
  fingerprint: z.string().describe("SHA-256"),
  notBefore: INSTANT,
  notAfter: INSTANT,
  daysLeft: z.int().describe("Negative when it has ended."),
});

const BINDING = z.enum(["redirect", "post"]);
const ATTRIBUTE_NAMES = z.object({ email: z.string(), name: z.string() });
const SIGNATURE_POLICY = z.enum(["assertion", "response", "both", "either"]);

const IDENTITY_PROVIDER: z.ZodType<IdentityProviderView> = z.object({
  entityId: z.string(),
  ssoUrl: z.string(),
  ssoBinding: BINDING,
  wantAuthnRequestsSigned: z.boolean().optional().describe("Whether its metadata asks for signed requests."),
  sloUrl: z.string().optional().describe("Where it takes logout messages; nowhere when absent."),
  sloResponseUrl: z.string().optional(),
  sloBinding: BINDING.optional(),
  certificates: z.array(CERTIFICATE),
  attributeNames: ATTRIBUTE_NAMES,
  signaturePolicy: SIGNATURE_POLICY,
  signAuthnRequests: z.boolean().nullable().describe("Null: as its metadata asks."),
  requestedAuthnContext: z.array(z.string()).describe("Classes of which every sign-in must have used one."),
  forceAuthn: z.boolean(),
  insecureAcceptExpiredCertificates: z.boolean(),
  insecureAcceptSha1: z.boolean(),
  insecureAcceptCbcEncryption: z.boolean(),
  metadataUrl: NULLABLE_TEXT,
  metadataRefresh: z.enum(["automatic", "notify", "off"]),
  metadataCertificates: z.array(CERTIFICATE).describe("Who must have signed its metadata."),
});

const IDENTITY_PROVIDER_DIFFERENCE: z.ZodType<IdentityProviderDifference> = z.object({
  fields: z.array(
    z.object({
      field: z.enum(["entityId", "ssoUrl", "ssoBinding", "sloUrl"]),
      from: NULLABLE_TEXT,
      to: NULLABLE_TEXT,
    }),
  ),
  certificatesAdded: z.array(z.string()).describe("Fingerprints"),
  certificatesRemoved: z.array(z.string()).describe("Fingerprints"),
});

const METADATA: z.ZodType<MetadataView> = z.object({
  readAt: INSTANT.nullable().describe("When it was last read and believed."),
  nextAt: INSTANT.nullable().describe("When it is read again; null for never."),
  validUntil: INSTANT.nullable(),
  failure: z
    .object({
      code: z.string(),
      message: z.string(),
      hint: NULLABLE_TEXT,
      since: INSTANT,
      attempts: z.int(),
    })
    .nullable()
    .describe("Why it cannot be read or followed; what is configured stays."),
  announced: IDENTITY_PROVIDER_DIFFERENCE.nullable().describe("What waits for an admin to save it."),
});

const IDENTITY_PROVIDER_PREVIEW: z.ZodType<IdentityProviderPreviewView> = z.object({
  entityId: z.string(),
  ssoUrl: z.string(),
  ssoBinding: BINDING,
  attributeNames: ATTRIBUTE_NAMES,
  bindings: z.array(BINDING),
  nameIdFormats: z.array(z.string()),
  validUntil: INSTANT.nullable(),
  certificates: z.array(CERTIFICATE),
  difference: IDENTITY_PROVIDER_DIFFERENCE,
});

const SP_VALUES = ["acsUrl", "entityId", "signInUrl", "metadataUrl"] as const;
const PRESET_FIELDS = {
  kind: IDP_KIND,
  name: z.string(),
  screen: z.string().describe("Where its SAML settings are."),
  ownLabels: z
    .object({ ssoUrl: z.string(), entityId: z.string(), certificate: z.string(), metadata: z.string() })
    .describe("What it calls its own values."),
  metadata: z.enum(["address", "file"]),
  attributeNames: ATTRIBUTE_NAMES,
  nameId: z.object({ default: z.string(), advice: z.string() }),
  signs: SIGNATURE_POLICY,
  whereToChange: z.object({ attributes: z.string(), certificate: z.string(), signing: z.string() }),
  quirks: z.array(z.string()),
};

const IDP_PRESET: z.ZodType<IdentityProviderPreset> = z.object({
  ...PRESET_FIELDS,
  listed: z.boolean().describe("Offered by its name; the rest under Others."),
  labels: z.partialRecord(z.enum(SP_VALUES), z.string()).describe("What it calls our values."),
});

const SETUP_GUIDE: z.ZodType<SetupGuide> = z.object({
  ...PRESET_FIELDS,
  copy: z.array(z.object({ value: z.enum(SP_VALUES), label: z.string(), text: z.string() })),
});

const WARNING: z.ZodType<ConnectionWarning> = z.object({
  code: z.enum([
    "draft",
    "not_verified",
    "metadata_failed",
    "metadata_expired",
    "metadata_changed",
    "certificate_expired",
    "certificate_expires_soon",
    "expired_certificates_accepted",
    "sha1_accepted",
    "unsigned_cbc_accepted",
  ]),
  message: z.string(),
});

const CONNECTION_FIELDS = {
  id: z.string(),
  owner: z.string().describe("The tenant whose settings these are."),
  readOnly: z.boolean(),
  ssoName: NULLABLE_TEXT,
  loginButtonText: NULLABLE_TEXT,
  state: z.enum(["draft", "active", "disabled"]),
  idpKind: IDP_KIND,
  scimEnabled: z.boolean(),
  consent: z.object({ by: z.string(), at: INSTANT, textVersion: z.string() }).nullable(),
  groupSync: z.boolean(),
  groupProjection: z.enum(["reader", "user", "byMember"]),
  defaultRole: z.string(),
  defaultUserGroups: z.array(z.string()),
  defaultReaderGroups: z.array(z.string()),
  onNullKind: z.enum(["keep", "reader"]),
  onSeatLimit: z.enum(["waitlist", "reject"]),
  onUnknownMember: z.enum(["record", "strict"]),
  allowIdpInitiated: z.boolean(),
  jit: z.enum(["deny", "reader", "pending"]),
  linkPolicy: z.enum(["verifiedDomain", "adminApproved", "none"]),
  verifiedDomains: z.array(z.string()),
  idleSignOut: z.object({ enabled: z.boolean(), minutes: z.int() }),
  replaceCreatesMissing: z.boolean(),
  inviteExisting: z.boolean(),
  legacyAutoAssignReaderGroups: z.boolean().exactOptional().describe("Only of configurations that brought it along."),
  localAuthority: z.object({ role: z.boolean() }),
  allowOwnerRole: z.boolean(),
  inactiveHoldsSeat: z.boolean(),
  idp: IDENTITY_PROVIDER.nullable(),
  scimJwt: SCIM_JWT.nullable().describe("Whose access tokens open the SCIM endpoint."),
  archive: z
    .object({
      mode: z.enum(["detachAccounts", "deactivateAccounts", "purge"]),
      state: z.enum(["archiving", "archived", "restoring"]),
      by: z.string(),
      at: INSTANT,
      restorableUntil: INSTANT.nullable().describe("null for as long as the connection exists"),
    })
    .nullable()
    .describe("null unless the connection is archived"),
  scim: z.object({ baseUrl: z.string() }).nullable().describe("null at a child"),
  saml: z.object({
    entityId: z.string(),
    acsUrl: z.string(),
    metadataUrl: z.string(),
    signInUrl: z.string(),
    signOutUrl: z.string(),
    sloUrl: z.string(),
  }),
  verifiedAt: INSTANT.nullable().describe("The first sign-in through the identity provider as it is now."),
  metadata: METADATA.nullable().describe("How the settings keep up with idp.metadataUrl; null where there is none."),
  warnings: z.array(WARNING),
};
const CONNECTION: z.ZodType<ConnectionView> = z.object(CONNECTION_FIELDS);
const WRITTEN_CONNECTION: z.ZodType<Simulated<ConnectionView>> = z.object({ ...CONNECTION_FIELDS, ...SIMULATED });

const CHILD: z.ZodType<ChildView> = z.object({
  id: z.string(),
  name: z.string(),
  state: z.enum(["inheriting", "backfilling", "in_sync", "degraded"]),
  pending: z.int().describe("People who wait for a seat there."),
  failed: z.int().describe("Open failures there."),
});

const SEATS = z.object({ used: z.int(), limit: z.int().nullable() });

const TENANT: z.ZodType<Simulated<TenantView>> = z.object({
  id: z.string(),
  name: z.string(),
  parent: NULLABLE_TEXT,
  children: z.array(CHILD).readonly().exactOptional(),
  seats: z.object({ user: SEATS, reader: SEATS }),
  sync: z.object({ state: z.enum(["ok", "failed"]), failures: z.int().describe("Open ones.") }),
  connection: CONNECTION,
  ...SIMULATED,
});

const TOKEN_FIELDS = {
  id: z.string(),
  label: NULLABLE_TEXT,
  createdAt: INSTANT,
  expiresAt: INSTANT.nullable(),
  lastUsedAt: INSTANT.nullable(),
};
const TOKEN: z.ZodType<TokenView> = z.object(TOKEN_FIELDS);
const NEW_TOKEN: z.ZodType<TokenView & { readonly token: string }> = z.object({
  ...TOKEN_FIELDS,
  token: z.string().describe("Shown this once."),
});

const CLIENT_FIELDS = { ...TOKEN_FIELDS, clientId: z.string().describe("The same as id."), tokenUrl: z.string() };
const CLIENT: z.ZodType<ClientView> = z.object(CLIENT_FIELDS);
const NEW_CLIENT: z.ZodType<ClientView & { readonly clientSecret: string }> = z.object({
  ...CLIENT_FIELDS,
  clientSecret: z.string().describe("Shown this once."),
});

const OPERATION = z.enum(["create", "replace", "patch", "delete", "inherit"]);
const SYNC_SUBJECT = z.object({
  type: z.enum(["User", "Group"]),
  key: z.string(),
  label: z.string(),
  id: NULLABLE_TEXT,
});

const SYNC_EVENT: z.ZodType<SyncEventView> = z.object({
  id: z.string(),
  at: INSTANT,
  operation: OPERATION,
  subject: SYNC_SUBJECT,
  outcome: z.enum(["changed", "unchanged", "failed"]),
  cause: CAUSE.nullable(),
  message: NULLABLE_TEXT,
  requestId: z.string(),
});

const SYNC_FAILURE: z.ZodType<Simulated<SyncFailureView>> = z.object({
  id: z.string(),
  subject: SYNC_SUBJECT,
  operation: OPERATION,
  cause: CAUSE,
  message: z.string(),
  firstSeen: INSTANT,
  lastSeen: INSTANT,
  attempts: z.int(),
  resolvedAt: INSTANT.nullable(),
  retryable: z.boolean(),
  ...SIMULATED,
});

const SIGN_IN: z.ZodType<SignInView> = z.object({
  id: z.string(),
  at: INSTANT,
  outcome: z.enum(["accepted", "refused", "tested"]),
  code: NULLABLE_TEXT.describe("Why it was refused, or would have been."),
  stage: NULLABLE_TEXT,
  message: NULLABLE_TEXT,
  hint: NULLABLE_TEXT.describe("What to do about it."),
  facts: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
    .describe("What was expected, what came, and the fingerprint of the certificate that it was signed by."),
  authenticated: z.boolean().describe("Whether the identity provider stands behind it."),
  subject: z.object({ nameId: z.string(), accountId: NULLABLE_TEXT, userName: NULLABLE_TEXT }).nullable(),
  requestId: z.string(),
});

const AUDIT_ENTRY: z.ZodType<AuditView> = z.object({
  id: z.string(),
  at: INSTANT,
  actor: SUBJECT,
  action: z.string(),
  subject: SUBJECT,
  before: z.unknown(),
  after: z.unknown(),
});

/** Each type of event has fields of its own beside these. */
const EVENT = z.looseObject({
  id: z.string(),
  type: z.enum(EVENT_NAMES),
  at: INSTANT,
  tenant: z.string(),
  actor: SUBJECT,
});

const EVENT_PAGE: z.ZodType<EventPage> = z.object({
  items: z.array(EVENT as unknown as z.ZodType<EventPage["items"][number]>),
  cursor: NULLABLE_TEXT.describe("To ask again with, at once or later."),
  hasMore: z.boolean(),
});

const INVITATION: z.ZodType<InvitationView> = z.object({
  account: z.string(),
  url: z.string().describe("Shown this once."),
  expiresAt: INSTANT,
});

const LINK_APPROVAL: z.ZodType<LinkApprovalView> = z.object({
  account: z.string(),
  email: z.string(),
  expiresAt: INSTANT,
});

const WEBHOOK_FIELDS = {
  id: z.string(),
  url: z.string(),
  description: NULLABLE_TEXT,
  types: z.array(z.string()).nullable().describe("null for all events"),
  enabled: z.boolean(),
  disabled: z.object({ reason: z.enum(["admin", "gone", "failing"]), at: INSTANT }).nullable(),
  lastSuccessAt: INSTANT.nullable(),
  oldSecretUntil: INSTANT.nullable(),
  createdAt: INSTANT,
};
const WEBHOOK: z.ZodType<WebhookView> = z.object(WEBHOOK_FIELDS);
const NEW_WEBHOOK: z.ZodType<WebhookView & { readonly secret: string }> = z.object({
  ...WEBHOOK_FIELDS,
  secret: z.string().describe("Shown this once."),
});

const DELIVERY_ATTEMPT: z.ZodType<DeliveryAttempt> = z.object({
  at: INSTANT,
  status: z.int().nullable().describe("Of the answer; null without one."),
  error: NULLABLE_TEXT.describe("Why it does not count as delivered; null when it does."),
});
const DELIVERY: z.ZodType<DeliveryView> = z.object({
  id: z.string(),
  type: z.string(),
  state: z.enum(["pending", "delivered", "dead"]),
  attempts: z.int(),
  createdAt: INSTANT,
  nextAttemptAt: INSTANT.nullable(),
  lastAttempt: DELIVERY_ATTEMPT.nullable(),
});

const REMARK: z.ZodType<RuleRemark> = z.object({
  path: z.string(),
  message: z.string(),
  position: z.int().exactOptional().describe("Where in the expression, from 0."),
});

const ROLE_RULES: z.ZodType<Simulated<RoleRulesView>> = z.object({
  version: z.int(),
  strategy: z.enum(["priority", "highest"]),
  rules: z.array(z.object({ id: z.string(), name: NULLABLE_TEXT, priority: z.int(), when: CONDITION, then: GRANT })),
  roleAttribute: NULLABLE_TEXT,
  contentRoleAttribute: NULLABLE_TEXT,
  owner: z.string().describe("The tenant whose rules these are."),
  readOnly: z.boolean(),
  reviewing: z.boolean().describe("Whether people have yet to be looked at again."),
  warnings: z.array(REMARK),
  ...SIMULATED,
});

const MATCH_KEY = z.enum(["externalId", "userName", "retained", "email"]);

const EXPLANATION: z.ZodType<PersonExplanation> = z.object({
  outcome: z.enum(["created", "changed", "unchanged", "refused"]),
  before: ACCOUNT.nullable(),
  after: ACCOUNT.nullable(),
  kindSource: KIND_SOURCE,
  seat: z
    .object({ kind: KIND, state: z.enum(["held", "waiting", "none"]), used: z.int(), limit: z.int().nullable() })
    .nullable(),
  failures: z.array(EXPECTED_FAILURE),
  link: z.object({
    by: MATCH_KEY.nullable(),
    account: NULLABLE_TEXT,
    considered: z.array(z.object({ by: MATCH_KEY, matched: z.boolean() })),
  }),
  unknownAttributes: z.array(z.string()),
  trace: TRACE,
});

const ERROR = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    hint: z.string().optional().describe("What to do about it."),
    requestId: z.string(),
  }),
});

export const ANSWERS: Readonly<Record<AnswerName, z.ZodType>> = {
  Account: WRITTEN_ACCOUNT,
  AuditEntry: AUDIT_ENTRY,
  Client: CLIENT,
  Delivery: DELIVERY,
  DeliveryAttempt: DELIVERY_ATTEMPT,
  Connection: WRITTEN_CONNECTION,
  Error: ERROR,
  EventPage: EVENT_PAGE,
  Explanation: z.union([EXPLANATION, IMPACT]),
  Group: WRITTEN_GROUP,
  IdentityProviderPreset: IDP_PRESET,
  IdentityProviderPreview: IDENTITY_PROVIDER_PREVIEW,
  Invitation: INVITATION,
  LinkApproval: LINK_APPROVAL,
  NewClient: NEW_CLIENT,
  NewToken: NEW_TOKEN,
  SetupGuide: SETUP_GUIDE,
  SignIn: SIGN_IN,
  NewWebhook: NEW_WEBHOOK,
  Redelivered: z.object({ count: z.int() }),
  RoleRules: ROLE_RULES,
  SyncEvent: SYNC_EVENT,
  SyncFailure: SYNC_FAILURE,
  Tenant: TENANT,
  Token: TOKEN,
  Tried: TRIED,
  Webhook: WEBHOOK,
};

type AnswerName =
  | "Account"
  | "AuditEntry"
  | "Client"
  | "Connection"
  | "Delivery"
  | "DeliveryAttempt"
  | "Error"
  | "EventPage"
  | "Explanation"
  | "Group"
  | "IdentityProviderPreset"
  | "IdentityProviderPreview"
  | "Invitation"
  | "LinkApproval"
  | "NewClient"
  | "NewToken"
  | "SetupGuide"
  | "SignIn"
  | "NewWebhook"
  | "Redelivered"
  | "RoleRules"
  | "SyncEvent"
  | "SyncFailure"
  | "Tenant"
  | "Token"
  | "Tried"
  | "Webhook";
