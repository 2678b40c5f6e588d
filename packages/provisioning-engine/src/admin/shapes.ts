/**
 * The shapes of what `admin` is given. The management API describes its bodies with the same.
 *
 * @module
 */

import { EVENT_NAMES } from "../events.ts";
import { MOST_PEOPLE } from "../impact/foretell.ts";
import type { IdpKind, RuleCondition, RuleGrant } from "../ports/index.ts";
import { PUBLIC_KEY } from "../token/public-keys.ts";
import { isPlainJson } from "../validation/plain-json.ts";
import { z } from "../validation/zod.ts";
import type {
  AccountChange,
  AccountFilter,
  ArchiveOptions,
  ConnectionChange,
  DeliveryFilter,
  EventOptions,
  ExplainQuestion,
  GroupChange,
  IdentityProviderChange,
  NewAccount,
  NewClient,
  NewGroup,
  NewRoleRules,
  NewTenant,
  NewToken,
  NewWebhook,
  PageOptions,
  Redelivery,
  ScimJwtChange,
  SeatLimits,
  SecretRotation,
  Simulatable,
  TenantChange,
  WebhookChange,
} from "./admin.ts";

const TENANT_ID = /^[a-z0-9][a-z0-9_-]{0,63}$/;
const EMAIL = /^[^\s@]+@[^\s@]+$/;
const DOMAIN = /^[a-z0-9-]+(\.[a-z0-9-]+)+$/i;
const CONTROL_CHARACTER = /\p{Cc}/u;
const MOST_DEFAULT_GROUPS = 100;
const MOST_CERTIFICATES = 10;
const MOST_KEYS = 20;
const METADATA_CHARACTERS = 512 * 1024;

/** Text that a person reads: not blank, without control characters. */
function label(maxLength: number): z.ZodType<string> {
  return z
    .string()
    .max(maxLength)
    .refine((text) => text.trim() !== "", "Expected some text.")
    .refine((text) => !CONTROL_CHARACTER.test(text), "Expected text without control characters.");
}

const NAME = label(200);
const ROLE = label(100);
const TENANT = z
  .string()
  .regex(TENANT_ID, "Expected 1 to 64 of a-z, 0-9, - and _, beginning with a letter or a digit.")
  .describe("Appears in URLs.");
const KIND = z.enum(["user", "reader"]);
const ADDRESS = z.string().max(320).regex(EMAIL, "Expected an e-mail address.");
const SEATS = z.int().min(0).max(10_000_000).nullable().optional().describe("null is unlimited");
const SEAT_LIMITS: z.ZodType<SeatLimits> = z.strictObject({ user: SEATS, reader: SEATS });
const OPAQUE = z
  .unknown()
  .refine(isPlainJson, "Expected JSON, at most 16 levels deep and 64 KiB long.")
  .optional()
  .describe("Opaque to the engine.");
const GROUP_IDS = z.array(z.string().min(1).max(200)).max(MOST_DEFAULT_GROUPS);

const SIMULATABLE = { simulate: z.boolean().optional().describe("Answers as if it was done, and does nothing.") };

/** What a write takes that takes nothing else. */
export const SIMULATION: z.ZodType<Simulatable> = z.strictObject(SIMULATABLE);

const PAGE_FIELDS = {
  limit: z.int().min(1).optional().describe("At most 500 are given; 50 when absent."),
  cursor: z.string().min(1).max(500).optional().describe("`nextCursor` of the page before."),
};

export const PAGE_OPTIONS: z.ZodType<PageOptions> = z.strictObject(PAGE_FIELDS);

const EVENT_TYPES = z
  .array(z.enum(EVENT_NAMES))
  .min(1)
  .max(EVENT_NAMES.length)
  .describe("Only these; in a query separated by commas.");

export const EVENT_OPTIONS: z.ZodType<EventOptions> = z.strictObject({
  limit: PAGE_FIELDS.limit,
  cursor: z.string().min(1).max(500).optional().describe("`cursor` of the page before."),
  types: EVENT_TYPES.optional(),
});

const WEBHOOK_FIELDS = {
  types: EVENT_TYPES.nullable().optional().describe("null for all events."),
  description: label(200).nullable().optional(),
};
const WEBHOOK_URL = z.string().min(1).max(2048).describe("https, on the internet");

export const NEW_WEBHOOK: z.ZodType<NewWebhook> = z.strictObject({ url: WEBHOOK_URL, ...WEBHOOK_FIELDS });

export const WEBHOOK_CHANGE: z.ZodType<WebhookChange> = z.strictObject({
  url: WEBHOOK_URL.optional(),
  ...WEBHOOK_FIELDS,
  enabled: z.boolean().optional(),
});

export const SECRET_ROTATION: z.ZodType<SecretRotation> = z.strictObject({
  overlapHours: z.int().min(0).max(168).optional().describe("How long the old secret signs too; 24 when absent."),
});

export const DELIVERY_FILTER: z.ZodType<DeliveryFilter> = z.strictObject({
  ...PAGE_FIELDS,
  state: z.enum(["pending", "delivered", "dead"]).optional(),
});

export const REDELIVERY: z.ZodType<Redelivery> = z
  .strictObject({
    delivery: z.string().min(1).max(200).optional().describe("One delivery."),
    since: z.iso.datetime({ offset: true }).optional().describe("All dead ones of events since then."),
  })
  .refine(
    ({ delivery, since }) => (delivery === undefined) !== (since === undefined),
    "Expected either delivery or since.",
  );

export const ACCOUNT_FILTER: z.ZodType<AccountFilter> = z.strictObject({
  ...PAGE_FIELDS,
  kind: KIND.optional(),
  status: z.enum(["active", "inactive", "pending"]).optional(),
  q: z.string().max(200).optional().describe("Literal, case-insensitive part of userName, e-mail or name."),
});

export const FAILURE_FILTER: z.ZodType<PageOptions & { readonly open?: boolean | undefined }> = z.strictObject({
  ...PAGE_FIELDS,
  open: z.boolean().optional(),
});

export const NEW_TENANT: z.ZodType<NewTenant> = z.strictObject({
  id: TENANT,
  name: NAME.optional(),
  parent: TENANT.optional().describe("A root tenant, whose connection the new one inherits."),
  seatLimits: SEAT_LIMITS.optional(),
  draft: z.boolean().optional().describe("Nothing is live before the connection's state becomes active."),
  ...SIMULATABLE,
});

export const TENANT_CHANGE: z.ZodType<TenantChange> = z.strictObject({
  name: NAME.optional(),
  seatLimits: SEAT_LIMITS.optional(),
  parent: z.null().optional().describe("Unlinks the tenant from its parent."),
  ...SIMULATABLE,
});

export const NEW_ACCOUNT: z.ZodType<NewAccount> = z.strictObject({
  userName: label(256),
  email: ADDRESS.optional(),
  name: NAME.optional(),
  kind: KIND,
  role: ROLE.optional(),
  breakGlass: z.boolean().optional().describe("Invisible to SCIM and untouched by it."),
  ...SIMULATABLE,
});

export const ACCOUNT_CHANGE: z.ZodType<AccountChange> = z.strictObject({
  name: NAME.optional(),
  userName: label(256).optional(),
  email: ADDRESS.nullable().optional(),
  kind: KIND.optional(),
  status: z.enum(["active", "inactive"]).optional(),
  role: ROLE.nullable().optional().describe("null returns to the provisioned role."),
  contentRole: ROLE.nullable().optional(),
  contentAccess: OPAQUE,
  suspended: z.boolean().optional(),
  ...SIMULATABLE,
});

export const NEW_GROUP: z.ZodType<NewGroup> = z.strictObject({
  name: NAME,
  kind: KIND,
  role: ROLE.optional(),
  contentAccess: OPAQUE,
  ...SIMULATABLE,
});

export const GROUP_CHANGE: z.ZodType<GroupChange> = z.strictObject({
  name: NAME.optional(),
  role: ROLE.nullable().optional(),
  contentAccess: OPAQUE,
  ...SIMULATABLE,
});

/** URIs are absolute (SAML Core §1.3.2). */
const AUTHN_CONTEXT_CLASS = z
  .string()
  .max(256)
  .regex(/^[a-z][a-z0-9+.-]*:[!-~]+$/i, "Expected an absolute URI.");
const MOST_CLASSES = 10;
const CERTIFICATE_FILES = z.array(z.string().max(64 * 1024)).max(MOST_CERTIFICATES);

export const IDP_CHANGE: z.ZodType<IdentityProviderChange> = z.strictObject({
  metadata: z.string().max(METADATA_CHARACTERS).optional().describe("SAML metadata XML of the identity provider."),
  metadataUrl: z
    .string()
    .max(2048)
    .nullable()
    .optional()
    .describe("Fetches the metadata from a host that the option sso.metadata allows; given again, fetches again."),
  metadataRefresh: z
    .enum(["automatic", "notify", "off"])
    .optional()
    .describe("What becomes of later changes at metadataUrl: they are applied, an admin is told, or nobody looks."),
  metadataCertificates: CERTIFICATE_FILES.optional().describe("Who must have signed the metadata; nobody if empty."),
  entityId: label(1024).optional(),
  ssoUrl: z.string().max(2048).optional(),
  sloUrl: z.string().max(2048).nullable().optional().describe("Where it takes logout messages; null for nowhere."),
  certificates: CERTIFICATE_FILES.min(1).optional(),
  attributeNames: z.strictObject({ email: label(256).optional(), name: label(256).optional() }).optional(),
  signaturePolicy: z.enum(["assertion", "response", "both", "either"]).optional(),
  signAuthnRequests: z.boolean().nullable().optional().describe("Null to do as its metadata asks."),
  requestedAuthnContext: z
    .array(AUTHN_CONTEXT_CLASS)
    .max(MOST_CLASSES)
    .optional()
    .describe("URIs of classes; every sign-in must have used one. Any will do when there are none."),
  forceAuthn: z.boolean().optional().describe("Has people checked again at every sign-in that begins here."),
  insecureAcceptExpiredCertificates: z.boolean().optional(),
  insecureAcceptSha1: z.boolean().optional(),
  insecureAcceptCbcEncryption: z.boolean().optional(),
});

const SCIM_JWT_CHANGE: z.ZodType<ScimJwtChange> = z.strictObject({
  issuer: label(1024),
  audience: label(1024),
  subject: label(1024).nullable().optional().describe("The only `sub` that is accepted; any when absent."),
  algorithms: z
    .array(z.enum(["RS256", "PS256", "ES256", "EdDSA"]))
    .min(1)
    .max(4)
    .optional(),
  jwksUri: z.string().max(2048).optional().describe("At a host that the option scim.jwks.hosts allows."),
  jwks: z
    .object({ keys: z.array(PUBLIC_KEY).min(1).max(MOST_KEYS) })
    .optional()
    .describe("Public keys, instead of their address."),
});

export const IDP_KIND: z.ZodType<IdpKind> = z.enum([
  "okta",
  "entra",
  "google",
  "onelogin",
  "adfs",
  "other",
  "ping",
  "jumpcloud",
  "keycloak",
  "shibboleth",
]);

export const ARCHIVE_OPTIONS: z.ZodType<ArchiveOptions> = z.strictObject({
  mode: z.enum(["detachAccounts", "deactivateAccounts", "purge"]).describe("What becomes of the accounts."),
  children: z.enum(["detach", "cascade"]).optional().describe("What becomes of the tenants that inherit it."),
  ...SIMULATABLE,
});

/** What decides about people, directly or in the end. */
const SETTINGS = {
  state: z.enum(["draft", "active", "disabled"]).optional(),
  idpKind: IDP_KIND.optional().describe("One of GET /idp-presets."),
  scimEnabled: z.boolean().optional().describe("Switching it on needs `consent: true` once."),
  consent: z.boolean().optional(),
  groupSync: z.boolean().optional(),
  groupProjection: z.enum(["reader", "user", "byMember"]).optional(),
  defaultRole: ROLE.optional(),
  defaultUserGroups: GROUP_IDS.optional(),
  defaultReaderGroups: GROUP_IDS.optional(),
  onNullKind: z.enum(["keep", "reader"]).optional(),
  onSeatLimit: z.enum(["waitlist", "reject"]).optional(),
  onUnknownMember: z.enum(["record", "strict"]).optional(),
  allowIdpInitiated: z.boolean().optional(),
  jit: z.enum(["deny", "reader", "pending"]).optional(),
  linkPolicy: z.enum(["verifiedDomain", "adminApproved", "none"]).optional(),
  verifiedDomains: z
    .array(z.string().max(253).regex(DOMAIN, "Expected a domain such as example.com."))
    .max(1000)
    .optional(),
  idleSignOut: z.strictObject({ enabled: z.boolean(), minutes: z.int().min(1).max(10_080) }).optional(),
  replaceCreatesMissing: z.boolean().optional(),
  inviteExisting: z.boolean().optional().describe("Lets people with accounts of their own be invited to sign in here."),
  localAuthority: z
    .strictObject({ role: z.boolean() })
    .optional()
    .describe("role: whether roles of provisioned people may be changed here."),
  allowOwnerRole: z.boolean().optional().describe("Whether a rule or the directory may make somebody an owner."),
  inactiveHoldsSeat: z
    .boolean()
    .optional()
    .describe("Whether people keep their seat while they are inactive. Whom the directory deletes never does."),
};

export const CONNECTION_CHANGE: z.ZodType<ConnectionChange> = z.strictObject({
  ...SETTINGS,
  legacyAutoAssignReaderGroups: z.boolean().optional().describe("Only of configurations that brought it along."),
  ssoName: NAME.nullable().optional(),
  loginButtonText: NAME.nullable().optional(),
  idp: IDP_CHANGE.nullable().optional(),
  scimJwt: SCIM_JWT_CHANGE.nullable().optional().describe("Whose access tokens open the SCIM endpoint."),
  ...SIMULATABLE,
});

const VALUE = z.union([label(256), z.number(), z.boolean()]);
const TEXT_VALUE = z.string().min(1).max(256);
const PATH = z.string().min(1).max(256);

/** Of several fields exactly one: a union of shapes would not say which of them was meant. */
function hasOne(...names: readonly string[]): readonly [(value: object) => boolean, string] {
  const isOne = (value: object) => names.filter((name) => Object.hasOwn(value, name)).length === 1;
  return [isOne, `Expected exactly one of ${names.join(", ")}.`];
}

const ATTRIBUTE_TEST = z
  .strictObject({
    path: PATH.describe("title, name.familyName, department, urn:…:User:department"),
    equals: VALUE.optional(),
    notEquals: VALUE.optional(),
    in: z.array(VALUE).min(1).max(100).optional(),
    contains: TEXT_VALUE.optional(),
    startsWith: TEXT_VALUE.optional(),
    endsWith: TEXT_VALUE.optional(),
    present: z.boolean().optional(),
  })
  .refine(...hasOne("equals", "notEquals", "in", "contains", "startsWith", "endsWith", "present"));

const GROUP_TEST = z
  .strictObject({
    id: z.string().min(1).max(200).optional(),
    externalId: TEXT_VALUE.optional(),
    displayName: TEXT_VALUE.optional(),
  })
  .refine(...hasOne("id", "externalId", "displayName"));

const LONGEST_EXPRESSION = 10_000;

export const CONDITION: z.ZodType<RuleCondition> = z
  .strictObject({
    attribute: ATTRIBUTE_TEST.optional(),
    group: GROUP_TEST.optional().describe("A pushed group."),
    expression: z.string().min(1).max(LONGEST_EXPRESSION).optional().describe("Matches when its value is true."),
  })
  .refine(...hasOne("attribute", "group", "expression")) as unknown as z.ZodType<RuleCondition>;

export const GRANT: z.ZodType<RuleGrant> = z
  .strictObject({
    kind: KIND.optional(),
    role: ROLE.optional(),
    contentRole: ROLE.optional(),
    groups: GROUP_IDS.optional().describe("Groups of the tenant."),
  })
  .refine((grant) => Object.values(grant).some((value) => value !== undefined), "Expected something to give.");

const NEW_ROLE_RULE = z.strictObject({
  id: z
    .string()
    .regex(/^[\w.-]{1,64}$/, "Expected 1 to 64 letters, digits, -, _ and .")
    .optional(),
  name: NAME.nullable().optional(),
  priority: z.int().min(0).max(1_000_000).optional().describe("Lower comes first; the place in the list when absent."),
  when: CONDITION,
  then: GRANT,
});

const MOST_RULES = 100;
/** Rules are read with the settings, at every request. */
const RULES_CHARACTERS = 128 * 1024;

const RULES = z
  .array(NEW_ROLE_RULE)
  .max(MOST_RULES)
  .refine((rules) => JSON.stringify(rules).length <= RULES_CHARACTERS, "Expected 128 KiB of rules at most.");

const MAPPING_FIELDS = {
  strategy: z.enum(["priority", "highest"]).optional(),
  roleAttribute: PATH.nullable().optional().describe("An attribute whose value is the role."),
  contentRoleAttribute: PATH.nullable().optional(),
};

export const NEW_ROLE_RULES: z.ZodType<NewRoleRules> = z.strictObject({
  rules: RULES,
  ...MAPPING_FIELDS,
  version: z.int().min(0).optional().describe("The version that was read; conflict when others were saved since."),
  ...SIMULATABLE,
});

export const EXPLAIN_QUESTION: z.ZodType<ExplainQuestion> = z
  .strictObject({
    accountId: z.string().min(1).max(200).optional(),
    resource: z
      .record(z.string(), z.unknown())
      .refine(isPlainJson, "Expected JSON, at most 16 levels deep and 64 KiB long.")
      .optional()
      .describe("A User as the directory would send it."),
    all: z.literal(true).optional(),
    limit: z.int().min(1).max(MOST_PEOPLE).optional().describe("People who are looked at; 1000 when absent."),
    cursor: z.string().min(1).max(500).optional(),
    rules: RULES.optional().describe("Instead of those in effect."),
    ...MAPPING_FIELDS,
    settings: z.strictObject(SETTINGS).optional().describe("Instead of those in effect; at a child its parent's."),
    seatLimits: SEAT_LIMITS.optional().describe("Instead of those in effect."),
  })
  .refine(...hasOne("accountId", "resource", "all")) as unknown as z.ZodType<ExplainQuestion>;

const CREDENTIAL_FIELDS = {
  label: NAME.optional(),
  expiresAt: z.iso.datetime({ offset: true, error: "Expected an instant such as 2030-01-31T00:00:00Z." }).optional(),
};

export const NEW_TOKEN: z.ZodType<NewToken> = z.strictObject(CREDENTIAL_FIELDS);
export const NEW_CLIENT: z.ZodType<NewClient> = z.strictObject(CREDENTIAL_FIELDS);
