/**
 * The shapes of what the management API answers, under the names that its description gives them.
 *
 * @module
 */
import type {
  Account,
  AuditView,
  ChildView,
  ClientView,
  ConnectionView,
  GroupView,
  ManagedBy,
  SyncEventView,
  SyncFailureView,
  TenantView,
  TokenView,
} from "../admin/views.ts";
import type { ScimJwt } from "../ports/index.ts";
import { PUBLIC_KEY } from "../token/public-keys.ts";
import { z } from "../validation/zod.ts";

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

const KIND = z.enum(["user", "reader"]);
const INSTANT = z.iso.datetime();
const NULLABLE_TEXT = z.string().nullable();
const SUBJECT = z.object({ type: z.string(), id: z.string() });

const MANAGED_BY: z.ZodType<ManagedBy> = z.object({ connectionId: z.string(), tenant: z.string(), name: z.string() });

const ACCOUNT: z.ZodType<Account> = z.object({
  id: z.string(),
  userName: z.string(),
  email: NULLABLE_TEXT,
  name: z.string(),
  kind: KIND,
  role: NULLABLE_TEXT.describe("null for readers"),
  contentRole: NULLABLE_TEXT,
  contentAccess: z.unknown(),
  status: z.enum(["active", "inactive", "pending"]),
  suspended: z.boolean(),
  groups: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      kind: KIND,
      sources: z.array(z.enum(["scim", "local", "default"])),
    }),
  ),
  lockedFields: z.array(z.string()),
  managedBy: MANAGED_BY.nullable(),
});

const GROUP: z.ZodType<GroupView> = z.object({
  id: z.string(),
  name: z.string(),
  kind: KIND,
  origin: z.enum(["scim", "local"]),
  role: NULLABLE_TEXT,
  contentAccess: z.unknown(),
  memberCount: z.int(),
  lockedFields: z.array(z.string()),
  managedBy: MANAGED_BY.nullable(),
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

const CONNECTION: z.ZodType<ConnectionView> = z.object({
  id: z.string(),
  owner: z.string().describe("The tenant whose settings these are."),
  readOnly: z.boolean(),
  ssoName: NULLABLE_TEXT,
  loginButtonText: NULLABLE_TEXT,
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
  idp: z
    .object({
      entityId: z.string(),
      ssoUrl: z.string(),
      certificates: z.array(z.object({ subject: z.string(), fingerprint: z.string(), notAfter: INSTANT })),
    })
    .nullable(),
  scimJwt: SCIM_JWT.nullable().describe("Whose access tokens open the SCIM endpoint."),
  scim: z.object({ baseUrl: z.string() }).nullable().describe("null at a child"),
  saml: z.object({ entityId: z.string(), acsUrl: z.string(), metadataUrl: z.string(), signInUrl: z.string() }),
});

const CHILD: z.ZodType<ChildView> = z.object({
  id: z.string(),
  name: z.string(),
  state: z.enum(["inheriting", "backfilling", "in_sync", "degraded"]),
  pending: z.int().describe("People who wait for a seat there."),
  failed: z.int().describe("Open failures there."),
});

const SEATS = z.object({ used: z.int(), limit: z.int().nullable() });

const TENANT: z.ZodType<TenantView> = z.object({
  id: z.string(),
  name: z.string(),
  parent: NULLABLE_TEXT,
  children: z.array(CHILD).readonly().exactOptional(),
  seats: z.object({ user: SEATS, reader: SEATS }),
  connection: CONNECTION,
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

const CAUSE = z.enum(["duplicate", "seat_limit", "validation", "last_owner", "conflict", "unknown_member", "internal"]);
const OPERATION = z.enum(["create", "replace", "patch", "delete", "inherit", "sign_in"]);
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

const SYNC_FAILURE: z.ZodType<SyncFailureView> = z.object({
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

const ERROR = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    hint: z.string().optional().describe("What to do about it."),
    requestId: z.string(),
  }),
});

export const ANSWERS: Readonly<Record<AnswerName, z.ZodType>> = {
  Account: ACCOUNT,
  AuditEntry: AUDIT_ENTRY,
  Client: CLIENT,
  Connection: CONNECTION,
  Error: ERROR,
  Group: GROUP,
  NewClient: NEW_CLIENT,
  NewToken: NEW_TOKEN,
  SyncEvent: SYNC_EVENT,
  SyncFailure: SYNC_FAILURE,
  Tenant: TENANT,
  Token: TOKEN,
};

type AnswerName =
  | "Account"
  | "AuditEntry"
  | "Client"
  | "Connection"
  | "Error"
  | "Group"
  | "NewClient"
  | "NewToken"
  | "SyncEvent"
  | "SyncFailure"
  | "Tenant"
  | "Token";
