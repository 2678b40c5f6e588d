/**
 * Owns the product: tenants, connections, accounts, kinds, groups, locks, seats, inheritance, sync failures, sign-in,
 * the change feed and the management API. Never touches SQL, frameworks or `node:http`.
 *
 * @module
 */

export type { EndedSessions, KeyPair, SamlSession } from "@muster/saml-sp";
export type {
  DefinedResourceType,
  DefinedSchema,
  Extension,
  Field,
  FieldOptions,
  ReferenceOptions,
  ResourceType,
  ResourceTypeDefinition,
  ResourceView,
  SchemaValues,
  StandardSchema,
} from "@muster/scim-core";
export {
  binary,
  complex,
  dateTime,
  decimal,
  defineResourceType,
  defineSchema,
  extension,
  flag,
  integer,
  reference,
  text,
} from "@muster/scim-core";
export type {
  AccountChange,
  AccountFilter,
  Admin,
  ArchiveOptions,
  ConnectionChange,
  DeliveryFilter,
  EventOptions,
  ExplainAccount,
  ExplainEverybody,
  ExplainQuestion,
  ExplainResource,
  GroupChange,
  IdentityProviderChange,
  NewAccount,
  NewClient,
  NewGroup,
  NewRoleRule,
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
  TriedChanges,
  TriedSettings,
  WebhookChange,
} from "./admin/admin.ts";
export type {
  ExpectedFailure,
  Impact,
  MatchKey,
  People,
  PersonExplanation,
  PersonImpact,
  PersonName,
  Place,
  RoleRulesView,
  SeatCount,
  Simulated,
  Simulation,
  Tried,
} from "./admin/explain-views.ts";
export type {
  Account,
  AccountGroup,
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
  Page,
  ProvisionedResource,
  RoleSource,
  SignInView,
  SyncEventView,
  SyncFailureView,
  TenantView,
  TokenView,
  WebhookView,
} from "./admin/views.ts";
export type { MetadataOptions } from "./connection/load-metadata.ts";
export type { Classify } from "./context.ts";
export { type CreateProvisioning, createProvisioning, type Provisioning } from "./engine.ts";
export type { ErrorFacts, ProvisioningErrorCode } from "./errors.ts";
export {
  isProvisioningError,
  PROVISIONING_ERROR_CODES,
  ProvisioningError,
} from "./errors.ts";
export type { Change, EventBase, EventName, EventPage, Listener, ProvisioningEvents } from "./events.ts";
export { EVENT_NAMES } from "./events.ts";
export type { BeforeHook, HookedEvent, HookOptions } from "./hook/hooks.ts";
export { type VetoCode, veto } from "./hook/veto.ts";
export type { Authorization, Authorize, Right } from "./http/authorization.ts";
export type { IdentityProviderPreset } from "./idp-presets/preset.ts";
export type { SetupGuide, SetupStep } from "./idp-presets/setup-guide.ts";
export type { JwksOptions, OptionProblem, ProvisioningOptions } from "./options/options.ts";
export type {
  AccountKind,
  Actor,
  Clock,
  ConnectionSettings,
  DeliveryAttempt,
  IdpKind,
  JwtAlgorithm,
  Logger,
  MembershipSource,
  NewId,
  PublicKey,
  PublicKeySet,
  RoleMapping,
  RoleRule,
  RuleCondition,
  RuleGrant,
  ScimJwt,
  Store,
  SyncCause,
} from "./ports/index.ts";
export type { RuleDecision, RuleSlot, RuleTrace } from "./role-rule/evaluate-rules.ts";
export type { Branch } from "./role-rule/question.ts";
export type { RoleOrder } from "./role-rule/role-rank.ts";
export type { RuleRemark } from "./role-rule/rule-remark.ts";
export type {
  EventContent,
  EventSubject,
  SecurityEvent,
  SecurityEventClaims,
  SecurityEventOptions,
  SubjectId,
} from "./security-event/security-event.ts";
export type { SsoOptions } from "./sign-in/saml-connections.ts";
export type { AskedSignOut, EndedSession, LogoutOptions, SessionResponse } from "./sign-in/saml-logout.ts";
export type { EstablishedSignIn } from "./sign-in/sign-in.ts";
export { memoryStore } from "./storage/memory/index.ts";
export type { RetentionOptions } from "./sync/retention.ts";
export type { FetchKeys } from "./token/fetch-keys.ts";
export { verifyWebhook, type WebhookMessage, type WebhookVerification } from "./webhook/verify-webhook.ts";
export type { WebhookAnswer, WebhookNetwork, WebhookOptions, WebhookPost } from "./webhook/webhook.ts";
