/**
 * What the management API and the console show: the contract's shapes, read from records by the `view` functions of
 * each folder.
 *
 * @module
 */
import type { CertificatePreview } from "@muster/saml-sp";
import type { ResourceView, Schema, SchemaValues } from "@muster/scim-core";
import type { SamlEndpoints } from "../connection/endpoints.ts";
import type {
  AccountKind,
  ConnectionArchive,
  ConnectionSettings,
  DeliveryAttempt,
  DeliveryRecord,
  GroupId,
  IdentityProviderConfig,
  IdentityProviderDifference,
  MembershipSource,
  MetadataWatch,
  SignInRecord,
  SyncEventRecord,
  SyncFailureRecord,
  TenantId,
  WebhookRecord,
} from "../ports/index.ts";

/** A person in one tenant, with what is local to the tenant laid over what the directory says. */
export interface Account {
  readonly id: string;
  readonly userName: string;
  readonly email: string | null;
  readonly name: string;
  readonly kind: AccountKind;
  /** Portal role; null for readers. */
  readonly role: string | null;
  /** Where the role comes from; null when there is none. */
  readonly roleSource: RoleSource | null;
  readonly contentRole: string | null;
  readonly contentRoleSource: RoleSource | null;
  readonly contentAccess: unknown;
  /** `pending` waits for a seat and cannot sign in. */
  readonly status: "active" | "inactive" | "pending";
  /** Local and apart from `status`: a suspended account cannot sign in either. */
  readonly suspended: boolean;
  readonly groups: readonly AccountGroup[];
  /** Fields that only the identity provider changes now; empty for hand-made accounts and while SCIM is off. */
  readonly lockedFields: readonly string[];
  /** The connection that manages the account, or null. */
  readonly managedBy: ManagedBy | null;
}

/** The connection's default, a choice made in the tenant, a rule of the connection, or the directory's own word. */
export type RoleSource = "default" | "group" | "local" | "rule" | "idp";

/** A resource of one of the host's own types, as the directory wrote it. */
export interface ProvisionedResource<Core extends Schema> {
  /** The SCIM id. */
  readonly id: string;
  readonly externalId: string | null;
  /** What the fields of the schema say; absent ones are the field's default, or undefined. */
  readonly values: SchemaValues<Core>;
  /** The values of an extension, likewise. */
  readonly get: ResourceView["get"];
  /** RFC 3339, UTC. */
  readonly createdAt: string;
  readonly modifiedAt: string;
}

export interface ManagedBy {
  readonly connectionId: string;
  /** The tenant that owns the connection: for a child, its parent. */
  readonly tenant: TenantId;
  readonly name: string;
}

export interface AccountGroup {
  readonly id: GroupId;
  readonly name: string;
  readonly kind: AccountKind;
  readonly sources: readonly MembershipSource[];
}

export interface GroupView {
  readonly id: GroupId;
  readonly name: string;
  readonly kind: AccountKind;
  readonly origin: "scim" | "local";
  readonly role: string | null;
  readonly contentAccess: unknown;
  readonly memberCount: number;
  readonly lockedFields: readonly string[];
  readonly managedBy: ManagedBy | null;
}

export interface TenantView {
  readonly id: TenantId;
  readonly name: string;
  readonly parent: TenantId | null;
  /** Only at a tenant that has children. */
  readonly children?: readonly ChildView[];
  readonly seats: Readonly<Record<AccountKind, { readonly used: number; readonly limit: number | null }>>;
  readonly sync: {
    /** `failed`: at least one person or group is not as the directory wants it (R63). */
    readonly state: "ok" | "failed";
    /** Open sync failures. */
    readonly failures: number;
  };
  readonly connection: ConnectionView;
}

export interface ChildView {
  readonly id: TenantId;
  readonly name: string;
  readonly state: "inheriting" | "backfilling" | "in_sync" | "degraded";
  /** People who wait for a seat there. */
  readonly pending: number;
  /** Open failures there. */
  readonly failed: number;
}

/** The effective connection: at a child the parent's settings as they are now, read-only. */
export interface ConnectionView extends Omit<ConnectionSettings, "idp" | "roleMapping" | "archive"> {
  readonly id: string;
  /** The tenant whose settings these are. */
  readonly owner: TenantId;
  readonly readOnly: boolean;
  readonly ssoName: string | null;
  readonly loginButtonText: string | null;
  readonly idp: IdentityProviderView | null;
  /** Null at a child: SCIM endpoint, tokens and clients exist at the parent only (R116). */
  readonly scim: { readonly baseUrl: string } | null;
  readonly saml: SamlEndpoints;
  /** `restorableUntil` is null for as long as the connection exists. */
  readonly archive: (ConnectionArchive & { readonly restorableUntil: string | null }) | null;
  /** The first sign-in at this tenant through the identity provider as it is configured now (R4). */
  readonly verifiedAt: string | null;
  /** How the settings keep up with `idp.metadataUrl`; null where there is none. */
  readonly metadata: MetadataView | null;
  /** What should be done about it. */
  readonly warnings: readonly ConnectionWarning[];
}

export interface MetadataView extends Pick<MetadataWatch, "readAt" | "validUntil" | "failure" | "announced"> {
  /** When it is read again; null for never. */
  readonly nextAt: string | null;
}

export interface IdentityProviderView extends Omit<IdentityProviderConfig, "certificates" | "metadataCertificates"> {
  readonly certificates: readonly CertificateView[];
  readonly metadataCertificates: readonly CertificateView[];
}

/** A certificate by what tells it from others. */
export interface CertificateView extends Omit<CertificatePreview, "notBefore" | "notAfter"> {
  readonly notBefore: string;
  readonly notAfter: string;
}

export interface ConnectionWarning {
  readonly code:
    | "draft"
    | "not_verified"
    | "metadata_failed"
    | "metadata_expired"
    | "metadata_changed"
    | "certificate_expired"
    | "certificate_expires_soon"
    | "expired_certificates_accepted"
    | "sha1_accepted"
    | "unsigned_cbc_accepted";
  readonly message: string;
}

/** What a change of the identity provider would make of it, and the difference. */
export interface IdentityProviderPreviewView
  extends Pick<IdentityProviderConfig, "entityId" | "ssoUrl" | "ssoBinding" | "attributeNames"> {
  /** Those of sign-on that it offers; the one in use when they are not known. */
  readonly bindings: readonly IdentityProviderConfig["ssoBinding"][];
  readonly nameIdFormats: readonly string[];
  /** When its metadata must be read anew. */
  readonly validUntil: string | null;
  readonly certificates: readonly CertificateView[];
  /** Empty lists when nothing would change. */
  readonly difference: IdentityProviderDifference;
}

/** An invitation to single sign-on, shown once: whoever has the link may use it. */
export interface InvitationView {
  /** The account's id. */
  readonly account: string;
  readonly url: string;
  readonly expiresAt: string;
}

/** The next person whom the directory pushes with this e-mail is linked to the account. */
export interface LinkApprovalView {
  /** The account's id. */
  readonly account: string;
  readonly email: string;
  readonly expiresAt: string;
}

/** A token as it may be shown: never the token itself. */
export interface TokenView {
  readonly id: string;
  readonly label: string | null;
  readonly createdAt: string;
  readonly expiresAt: string | null;
  readonly lastUsedAt: string | null;
}

/** An OAuth client as it may be shown: never its secret. */
export interface ClientView extends TokenView {
  /** The same as `id`, under the name that identity providers ask for. */
  readonly clientId: string;
  /** Where the client gets its access tokens. */
  readonly tokenUrl: string;
}

export type SyncFailureView = Omit<SyncFailureRecord, "tenantId" | "retry"> & { readonly retryable: boolean };
export type SignInView = Omit<SignInRecord, "tenantId">;
export type SyncEventView = Omit<SyncEventRecord, "tenantId">;

export interface AuditView {
  readonly id: string;
  readonly at: string;
  readonly actor: { readonly type: string; readonly id: string };
  readonly action: string;
  readonly subject: { readonly type: string; readonly id: string };
  readonly before: unknown;
  readonly after: unknown;
}

/** A webhook as it may be shown: never its secret. */
export interface WebhookView {
  readonly id: string;
  readonly url: string;
  readonly description: string | null;
  /** Null for all events, those to come too. */
  readonly types: readonly string[] | null;
  readonly enabled: boolean;
  /** `gone`: it answered 410. `failing`: it took nothing for as long as a message was tried. */
  readonly disabled: WebhookRecord["disabled"];
  readonly lastSuccessAt: string | null;
  /** Until then messages are signed with the secret before, too. */
  readonly oldSecretUntil: string | null;
  readonly createdAt: string;
}

export interface DeliveryView {
  /** The id of the event, sent as `webhook-id`. */
  readonly id: string;
  readonly type: string;
  /** `dead` was given up: see `redeliver`. */
  readonly state: DeliveryRecord["state"];
  readonly attempts: number;
  readonly createdAt: string;
  readonly nextAttemptAt: string | null;
  readonly lastAttempt: DeliveryAttempt | null;
}

/** A page of a listing; ask again with `cursor` set to `nextCursor`. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor?: string;
}
