/**
 * Connections and tenants, as the management API answers them.
 *
 * @module
 */
import type { Simulated } from "../../admin/explain-views.ts";
import { IDP_KIND } from "../../admin/shapes.ts";
import type { ChildView, ConnectionView, ConnectionWarning, TenantView } from "../../admin/views.ts";
import type { ScimJwt } from "../../ports/index.ts";
import { PUBLIC_KEY } from "../../token/public-keys.ts";
import { z } from "../../validation/zod.ts";
import { INSTANT, NULLABLE_TEXT } from "./answer-parts.ts";
import { IDENTITY_PROVIDER, METADATA } from "./identity-provider-answers.ts";
import { SIMULATED } from "./simulation-answers.ts";

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

export const WRITTEN_CONNECTION: z.ZodType<Simulated<ConnectionView>> = z.object({
  ...CONNECTION_FIELDS,
  ...SIMULATED,
});

const CHILD: z.ZodType<ChildView> = z.object({
  id: z.string(),
  name: z.string(),
  state: z.enum(["inheriting", "backfilling", "in_sync", "degraded"]),
  pending: z.int().describe("People who wait for a seat there."),
  failed: z.int().describe("Open failures there."),
});

const SEATS = z.object({ used: z.int(), limit: z.int().nullable() });

export const TENANT: z.ZodType<Simulated<TenantView>> = z.object({
  id: z.string(),
  name: z.string(),
  parent: NULLABLE_TEXT,
  children: z.array(CHILD).readonly().exactOptional(),
  seats: z.object({ user: SEATS, reader: SEATS }),
  sync: z.object({ state: z.enum(["ok", "failed"]), failures: z.int().describe("Open ones.") }),
  connection: CONNECTION,
  ...SIMULATED,
});
