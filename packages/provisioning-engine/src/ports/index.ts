/**
 * What an adapter implements: the store, its repositories and records, and the small injected sources of time,
 * identifiers and log lines. Importable without the machine behind it; never touches SCIM requests, SAML or HTTP.
 *
 * @module
 */

export { ProvisioningError } from "../errors.ts";
export type {
  AccountKind,
  AccountQuery,
  AccountRecord,
  AccountRepository,
  DecidedRole,
  OverlayRecord,
  OverlayRepository,
  SeatRecord,
  SeatRepository,
} from "./account.ts";
export type { ChangeCut, ChangeRecord, ChangeRepository } from "./change-feed.ts";
export type { Clock } from "./clock.ts";
export type {
  ArchiveMode,
  ConnectionArchive,
  ConnectionRecord,
  ConnectionRepository,
  ConnectionSettings,
  Consent,
  CredentialRepository,
  IdpKind,
  Presentation,
  ScimCredentialRecord,
} from "./connection.ts";
export type {
  DirectoryGroupRecord,
  DirectoryGroupRepository,
  DirectoryLookup,
  DirectoryMemberRecord,
  DirectoryQuery,
  DirectoryUserRecord,
  DirectoryUserRepository,
  MemberRepository,
  ResourceQuery,
  ResourceRecord,
  ResourceRepository,
  ResourceWriteResult,
} from "./directory.ts";
export type { GroupRecord, GroupRepository, LocalMembershipRecord, MembershipSource } from "./group.ts";
export type { NewId } from "./id.ts";
export type {
  AccountId,
  ConnectionId,
  DirectoryGroupId,
  DirectoryUserId,
  GroupId,
  Instant,
  ResourceId,
  TenantId,
} from "./identifiers.ts";
export type {
  IdentityProviderConfig,
  IdentityProviderDifference,
  MetadataFailure,
  MetadataWatch,
  PublishedProvider,
} from "./identity-provider.ts";
export type {
  Actor,
  AuditRecord,
  FailureRepository,
  LogRepository,
  SignInRecord,
  SignInRepository,
  SignInSubject,
  SyncCause,
  SyncEventRecord,
  SyncFailureRecord,
  SyncSubject,
} from "./log.ts";
export type { Logger } from "./logger.ts";
export type { OneTimeRepository, SecretRepository } from "./one-time.ts";
export type { Slice, WriteResult } from "./repository.ts";
export type { AttributeTest, GroupTest, RoleMapping, RoleRule, RuleCondition, RuleGrant } from "./role-mapping.ts";
export type { JwtAlgorithm, PublicKey, PublicKeySet, ScimJwt } from "./scim-jwt.ts";
export type { Store, StoreCapabilities, Transaction, TransactionScope } from "./store.ts";
export type { TenantRecord, TenantRepository } from "./tenant.ts";
export type {
  DeliveryAttempt,
  DeliveryRecord,
  DeliveryRepository,
  WebhookRecord,
  WebhookRepository,
  WebhookSecret,
} from "./webhook.ts";
