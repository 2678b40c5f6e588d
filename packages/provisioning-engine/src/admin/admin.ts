/**
 * Everything that the management API and the console do, typed. `provisioning.admin` acts as the host itself;
 * `provisioning.admin.as(actor)` acts, and is audited, as a person.
 *
 * All methods throw `ProvisioningError`; `not_found` for an unknown tenant, account, group, resource, token, client or
 * failure.
 *
 * @module
 */
import type { DefinedResourceType, Schema } from "@muster/scim-core";
import type { EventName, EventPage } from "../events.ts";
import type { IdentityProviderPreset } from "../idp-presets/preset.ts";
import type { SetupGuide } from "../idp-presets/setup-guide.ts";
import type {
  AccountKind,
  Actor,
  ArchiveMode,
  ConnectionSettings,
  DeliveryAttempt,
  GroupId,
  IdentityProviderConfig,
  JwtAlgorithm,
  PublicKeySet,
  RoleMapping,
  RuleCondition,
  RuleGrant,
  TenantId,
} from "../ports/index.ts";
import type { Impact, PersonExplanation, RoleRulesView, Simulated, Tried } from "./explain-views.ts";
import type {
  Account,
  AuditView,
  ClientView,
  ConnectionView,
  DeliveryView,
  GroupView,
  IdentityProviderPreviewView,
  InvitationView,
  LinkApprovalView,
  Page,
  ProvisionedResource,
  SignInView,
  SyncEventView,
  SyncFailureView,
  TenantView,
  TokenView,
  WebhookView,
} from "./views.ts";

export interface PageOptions {
  /** At most 500; 50 when absent. */
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
}

export interface NewWebhook {
  /** `https:`, on the internet. */
  readonly url: string;
  /** Only these events; all when absent. */
  readonly types?: readonly EventName[] | null | undefined;
  readonly description?: string | null | undefined;
}

export interface WebhookChange {
  readonly url?: string | undefined;
  readonly types?: readonly EventName[] | null | undefined;
  readonly description?: string | null | undefined;
  /** Events while it is off are not delivered; what waits goes on when it is on again. */
  readonly enabled?: boolean | undefined;
}

export interface SecretRotation {
  /** How long the old secret signs too: at most 168; 24 when absent. 0 after a leak. */
  readonly overlapHours?: number | undefined;
}

export interface DeliveryFilter extends PageOptions {
  readonly state?: DeliveryView["state"] | undefined;
}

/** Either of the two. */
export interface Redelivery {
  readonly delivery?: string | undefined;
  /** RFC 3339. */
  readonly since?: string | undefined;
}

export interface EventOptions {
  /** At most 500; 50 when absent. */
  readonly limit?: number | undefined;
  /** The `cursor` of the page before; from the oldest event that is kept when absent. */
  readonly cursor?: string | undefined;
  /** Only these; all when absent. A page may then be empty although there is more. */
  readonly types?: readonly EventName[] | undefined;
}

/** Of a write that may be tried: everything is answered as if it was done, and nothing is. */
export interface Simulatable {
  readonly simulate?: boolean | undefined;
}

export interface NewTenant extends Simulatable {
  /** 1 to 64 of `a-z 0-9 - _`, beginning with a letter or digit: it appears in URLs. */
  readonly id: TenantId;
  readonly name?: string | undefined;
  /** A root tenant whose connection the new one inherits, read-only. */
  readonly parent?: TenantId | undefined;
  readonly seatLimits?: SeatLimits | undefined;
  /** Begins with a draft: nothing is live before its connection's `state` becomes `active` (R97). */
  readonly draft?: boolean | undefined;
}

export type SeatLimits = { readonly [Kind in AccountKind]?: number | null | undefined };

export interface TenantChange extends Simulatable {
  readonly name?: string | undefined;
  readonly seatLimits?: SeatLimits | undefined;
  /** Null unlinks: accounts stay, SCIM off, an own frozen copy of the settings (R114). */
  readonly parent?: null | undefined;
}

export interface AccountFilter extends PageOptions {
  readonly kind?: AccountKind | undefined;
  readonly status?: Account["status"] | undefined;
  /** Literal, case-insensitive substring of userName, e-mail or name. */
  readonly q?: string | undefined;
}

/** A hand-made account: not managed by any connection until one links it. */
export interface NewAccount extends Simulatable {
  readonly userName: string;
  readonly email?: string | undefined;
  readonly name?: string | undefined;
  readonly kind: AccountKind;
  readonly role?: string | undefined;
  /** Invisible to SCIM and untouched by it (I2). */
  readonly breakGlass?: boolean | undefined;
}

/** A local edit. The first five are refused for managed accounts with `managed_by_idp` (R41 to R50). */
export interface AccountChange extends Simulatable {
  readonly name?: string | undefined;
  readonly userName?: string | undefined;
  readonly email?: string | null | undefined;
  readonly kind?: AccountKind | undefined;
  readonly status?: "active" | "inactive" | undefined;
  /** Null returns to the provisioned role. */
  readonly role?: string | null | undefined;
  readonly contentRole?: string | null | undefined;
  readonly contentAccess?: unknown;
  readonly suspended?: boolean | undefined;
}

export interface NewGroup extends Simulatable {
  readonly name: string;
  readonly kind: AccountKind;
  readonly role?: string | undefined;
  readonly contentAccess?: unknown;
}

export interface GroupChange extends Simulatable {
  readonly name?: string | undefined;
  readonly role?: string | null | undefined;
  readonly contentAccess?: unknown;
}

type Settable = Omit<ConnectionSettings, "consent" | "idp" | "scimJwt" | "archive" | "roleMapping">;

/** Every field is optional; at a child only `ssoName` and `loginButtonText` are accepted (`inherited_read_only`). */
export type ConnectionChange = Simulatable & { readonly [Key in keyof Settable]?: Settable[Key] | undefined } & {
  readonly ssoName?: string | null | undefined;
  readonly loginButtonText?: string | null | undefined;
  /** Required with `scimEnabled: true` unless consent is on record (R90, I37). */
  readonly consent?: boolean | undefined;
  readonly idp?: IdentityProviderChange | null | undefined;
  readonly scimJwt?: ScimJwtChange | null | undefined;
};

/**
 * Either metadata, or the single values; single values win over those of the metadata. Of metadata that describes several
 * identity providers, `entityId` chooses.
 */
export interface IdentityProviderChange {
  /** SAML IdP metadata XML. */
  readonly metadata?: string | undefined;
  /**
   * Where to fetch it from, now and, as `metadataRefresh` says, from time to time. The host allows which: option
   * `sso.metadata`.
   */
  readonly metadataUrl?: string | null | undefined;
  /** What becomes of later changes there: `automatic`, as at first, applies them, `notify` tells of them. */
  readonly metadataRefresh?: IdentityProviderConfig["metadataRefresh"] | undefined;
  /** Who must have signed the metadata; nobody must when there are none. */
  readonly metadataCertificates?: readonly string[] | undefined;
  readonly entityId?: string | undefined;
  readonly ssoUrl?: string | undefined;
  /** Where it takes logout messages; null for nowhere. */
  readonly sloUrl?: string | null | undefined;
  /** PEM, bare base64, or chains; private keys are refused. */
  readonly certificates?: readonly string[] | undefined;
  /** Those of the connection's `idpKind` when absent. */
  readonly attributeNames?: { readonly email?: string | undefined; readonly name?: string | undefined } | undefined;
  /** Which signatures a response must carry; `either` at first. */
  readonly signaturePolicy?: IdentityProviderConfig["signaturePolicy"] | undefined;
  /** Signs requests, or does not; null, as at first, to do as its metadata asks. Needs the option `sso.signingKeys`. */
  readonly signAuthnRequests?: boolean | null | undefined;
  /**
   * URIs of classes (SAML Core §3.3.2.2.1), for example of multi-factor authentication: each request asks for one of
   * them, and a sign-in that used none is refused, whoever began it.
   */
  readonly requestedAuthnContext?: readonly string[] | undefined;
  /** Has people checked again at every sign-in that begins here, and refuses those who were not. */
  readonly forceAuthn?: boolean | undefined;
  /** Accepts certificates past their end. */
  readonly insecureAcceptExpiredCertificates?: boolean | undefined;
  /** Accepts RSA-SHA1 signatures and SHA-1 digests, which can be forged. */
  readonly insecureAcceptSha1?: boolean | undefined;
  /** Accepts AES-CBC that no signature covers, which can be read by whoever may send altered copies. */
  readonly insecureAcceptCbcEncryption?: boolean | undefined;
}

/** Replaces what was configured as a whole. Give either `jwks` or `jwksUri`. */
export interface ScimJwtChange {
  /** The `iss` of its access tokens, character for character. */
  readonly issuer: string;
  /** What their `aud` must name. */
  readonly audience: string;
  /** The only `sub` that is accepted; any when absent. */
  readonly subject?: string | null | undefined;
  /** All four when absent. */
  readonly algorithms?: readonly JwtAlgorithm[] | undefined;
  /** Where the issuer publishes its keys: `https`, at a host of the option `scim.jwks.hosts`. */
  readonly jwksUri?: string | undefined;
  /** The keys themselves, public ones. */
  readonly jwks?: PublicKeySet | undefined;
}

/** Replaces what was there as a whole. */
export interface NewRoleRules extends Simulatable {
  readonly rules: readonly NewRoleRule[];
  /** `priority` when absent. */
  readonly strategy?: RoleMapping["strategy"] | undefined;
  /** Attributes whose value is the role itself, such as `roles.value`. */
  readonly roleAttribute?: string | null | undefined;
  readonly contentRoleAttribute?: string | null | undefined;
  /** The version that was read: the change is refused (`conflict`) when others were saved since. */
  readonly version?: number | undefined;
}

export interface NewRoleRule {
  /** Of a rule that was there before; a new one when absent. */
  readonly id?: string | undefined;
  readonly name?: string | null | undefined;
  /** Lower comes first; the place in the list, from 1, when absent. */
  readonly priority?: number | undefined;
  readonly when: RuleCondition;
  /** One thing at least. */
  readonly then: RuleGrant;
}

/** Settings whose effect on people can be asked for: all but how people sign in and what the connection is called. */
export type TriedSettings = Omit<
  ConnectionChange,
  "simulate" | "ssoName" | "loginButtonText" | "idp" | "scimJwt" | "legacyAutoAssignReaderGroups"
>;

/** What is tried instead of what is in effect: rules as a whole, settings and limits as far as they are given. */
export interface TriedChanges extends Partial<Omit<NewRoleRules, "version" | "simulate">> {
  /** At a child those of its parent. */
  readonly settings?: TriedSettings | undefined;
  readonly seatLimits?: SeatLimits | undefined;
}

/** About a person as the directory has them now. */
export interface ExplainAccount extends TriedChanges {
  readonly accountId: string;
}

/** About a User that the directory would send. */
export interface ExplainResource extends TriedChanges {
  readonly resource: Readonly<Record<string, unknown>>;
}

/** About everybody, in order of account id. */
export interface ExplainEverybody extends TriedChanges {
  readonly all: true;
  /** How many people are looked at, 10 000 at most; 1000 when absent. */
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
}

export type ExplainQuestion = ExplainAccount | ExplainResource | ExplainEverybody;

export interface ArchiveOptions extends Simulatable {
  /**
   * `detachAccounts` leaves people and groups to the tenant, as if made by hand; `deactivateAccounts` makes people
   * inactive until the connection is restored; `purge` deletes them.
   */
  readonly mode: ArchiveMode;
  /**
   * At a connection that others inherit: `detach` unlinks them first, so that they keep people and groups of their own;
   * `cascade` lets them inherit what becomes of it. `detachAccounts` goes with `detach` only.
   */
  readonly children?: "detach" | "cascade" | undefined;
}

export interface NewToken {
  readonly label?: string | undefined;
  /** RFC 3339; never expires when absent. */
  readonly expiresAt?: string | undefined;
}

export interface NewClient {
  readonly label?: string | undefined;
  /** RFC 3339; never expires when absent. */
  readonly expiresAt?: string | undefined;
}

/** The typed management API. */
export interface Admin {
  /** The same operations in the name of a person or a job; audited as such. */
  as(actor: Actor): Admin;
  readonly tenants: {
    create(tenant: NewTenant): Promise<Simulated<TenantView>>;
    get(tenant: TenantId): Promise<TenantView>;
    update(tenant: TenantId, change: TenantChange): Promise<Simulated<TenantView>>;
    list(options?: PageOptions): Promise<Page<TenantView>>;
  };
  readonly accounts: {
    create(tenant: TenantId, account: NewAccount): Promise<Simulated<Account>>;
    get(tenant: TenantId, id: string): Promise<Account>;
    list(tenant: TenantId, filter?: AccountFilter): Promise<Page<Account>>;
    update(tenant: TenantId, id: string, change: AccountChange): Promise<Simulated<Account>>;
    /**
     * A link, shown this once, for you to send to the account's address: whoever opens it and signs in with the same
     * e-mail signs in to this account from then on. Needs `inviteExisting` (R96).
     */
    invite(tenant: TenantId, id: string): Promise<InvitationView>;
    /**
     * Lets the directory have an account that was made by hand: whoever it pushes with this e-mail is linked to the
     * account, once and within seven days. Not with the `linkPolicy` `none` (I11).
     */
    approveLink(tenant: TenantId, id: string): Promise<LinkApprovalView>;
    delete(tenant: TenantId, id: string, options?: Simulatable): Promise<Tried>;
  };
  readonly groups: {
    create(tenant: TenantId, group: NewGroup): Promise<Simulated<GroupView>>;
    list(tenant: TenantId): Promise<Page<GroupView>>;
    update(tenant: TenantId, group: GroupId, change: GroupChange): Promise<Simulated<GroupView>>;
    delete(tenant: TenantId, group: GroupId, options?: Simulatable): Promise<Tried>;
    /** A membership of source `local`; a sync never removes it (R38). */
    addMember(tenant: TenantId, group: GroupId, account: string, options?: Simulatable): Promise<Tried>;
    removeMember(tenant: TenantId, group: GroupId, account: string, options?: Simulatable): Promise<Tried>;
  };
  /** Resources of the host's own types; only the identity provider writes them. A child reads those of its parent. */
  readonly resources: {
    /** In order of creation. */
    list<Core extends Schema>(
      tenant: TenantId,
      type: DefinedResourceType<Core>,
      options?: PageOptions,
    ): Promise<Page<ProvisionedResource<Core>>>;
    get<Core extends Schema>(
      tenant: TenantId,
      type: DefinedResourceType<Core>,
      id: string,
    ): Promise<ProvisionedResource<Core>>;
  };
  readonly connections: {
    get(tenant: TenantId): Promise<ConnectionView>;
    update(tenant: TenantId, change: ConnectionChange): Promise<Simulated<ConnectionView>>;
    /** What the same `idp` would make of the connection; saves nothing. */
    previewIdentityProvider(tenant: TenantId, change: IdentityProviderChange): Promise<IdentityProviderPreviewView>;
    /** What to copy where at the identity provider of the connection's `idpKind`, in its own words (R76, R77). */
    setupGuide(tenant: TenantId): Promise<SetupGuide>;
    /**
     * Ends a connection: SCIM off, tokens and clients revoked, no sign-in; its accounts become what the mode says, in the
     * background. `parent_has_children` unless `children` says what becomes of those that inherit it (R113).
     */
    archive(tenant: TenantId, options: ArchiveOptions): Promise<Simulated<ConnectionView>>;
    /**
     * Opens an archived connection again, with SCIM off; whom `deactivateAccounts` deactivated are active again, unless an
     * admin has set their status since. `restore_expired` when the time for it is over.
     */
    restore(tenant: TenantId, options?: Simulatable): Promise<Simulated<ConnectionView>>;
  };
  /** Identity providers that are known by name, in the order to offer them; data, the same for every tenant. */
  readonly idpPresets: { list(): Promise<Page<IdentityProviderPreset>> };
  /** Sign-ins, newest first, with why they were refused. The newest 1000 of people are kept, and 200 of strangers. */
  readonly signIns: { list(tenant: TenantId, options?: PageOptions): Promise<Page<SignInView>> };
  /** What decides kinds, roles and groups beside the directory's own word. */
  readonly roleRules: {
    get(tenant: TenantId): Promise<RoleRulesView>;
    /**
     * Everybody is looked at again, in the background.
     *
     * @throws {ProvisioningError} `invalid_request`, whose `facts.problems` names path and position of all that is
     *   wrong; `conflict` when others were saved since; `inherited_read_only`
     */
    replace(tenant: TenantId, rules: NewRoleRules): Promise<Simulated<RoleRulesView>>;
  };
  /**
   * What would become of somebody, and why; nothing is written.
   *
   * @throws {ProvisioningError} `invalid_request` for rules that could not be saved, and what other changes that are
   *   tried would throw; `inherited_read_only` for a resource at a child, which nobody is pushed to; `dry_run_too_long`
   * @example
   * const { after, trace } = await admin.explain("acme", { resource: { userName: "mira", title: "Writer" } });
   * const { changed } = await admin.explain("acme", { all: true, rules });
   */
  readonly explain: {
    (tenant: TenantId, question: ExplainAccount | ExplainResource): Promise<PersonExplanation>;
    (tenant: TenantId, question: ExplainEverybody): Promise<Impact>;
  };
  readonly tokens: {
    /** `token` is shown this once. */
    create(tenant: TenantId, options?: NewToken): Promise<TokenView & { readonly token: string }>;
    list(tenant: TenantId): Promise<Page<TokenView>>;
    revoke(tenant: TenantId, id: string): Promise<void>;
  };
  readonly clients: {
    /** `clientSecret` is shown this once. */
    create(tenant: TenantId, options?: NewClient): Promise<ClientView & { readonly clientSecret: string }>;
    list(tenant: TenantId): Promise<Page<ClientView>>;
    /** Its access tokens stop at once, too. */
    revoke(tenant: TenantId, id: string): Promise<void>;
  };
  /** What happened, oldest first: the change feed for whoever prefers to ask. De-duplicate by `id`. */
  readonly events: { list(tenant: TenantId, options?: EventOptions): Promise<EventPage> };
  /** Where a tenant wants its events posted. `webhooks_off` when the option `webhooks` is absent. */
  readonly webhooks: {
    list(tenant: TenantId): Promise<Page<WebhookView>>;
    get(tenant: TenantId, id: string): Promise<WebhookView>;
    /** `secret` is shown this once. The webhook begins with what happens from now on. */
    create(tenant: TenantId, webhook: NewWebhook): Promise<WebhookView & { readonly secret: string }>;
    update(tenant: TenantId, id: string, change: WebhookChange): Promise<WebhookView>;
    /** Its deliveries end with it. */
    delete(tenant: TenantId, id: string): Promise<void>;
    /** `secret` is shown this once. */
    rotateSecret(
      tenant: TenantId,
      id: string,
      options?: SecretRotation,
    ): Promise<WebhookView & { readonly secret: string }>;
    /** Posts one message of the type `webhook.test`, now and once, and tells how that went. */
    test(tenant: TenantId, id: string): Promise<DeliveryAttempt>;
    /** Newest first. */
    deliveries(tenant: TenantId, id: string, filter?: DeliveryFilter): Promise<Page<DeliveryView>>;
    /** Sends one again, whatever became of it, or all dead ones since a time; under the same ids. */
    redeliver(tenant: TenantId, id: string, which: Redelivery): Promise<{ readonly count: number }>;
  };
  readonly syncEvents: { list(tenant: TenantId, options?: PageOptions): Promise<Page<SyncEventView>> };
  readonly syncFailures: {
    list(
      tenant: TenantId,
      options?: PageOptions & { readonly open?: boolean | undefined },
    ): Promise<Page<SyncFailureView>>;
    get(tenant: TenantId, id: string): Promise<SyncFailureView>;
    /** Tries again what failed; `not_retryable` when only the identity provider can send it again. */
    retry(tenant: TenantId, id: string, options?: Simulatable): Promise<Simulated<SyncFailureView>>;
  };
  readonly audit: { list(tenant: TenantId, options?: PageOptions): Promise<Page<AuditView>> };
}
