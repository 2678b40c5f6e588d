/**
 * What an adapter implements: the store, its repositories and records, and the small injected sources of time,
 * identifiers and log lines. Importable without the machine behind it; never touches SCIM requests, SAML or HTTP.
 *
 * @module
 */
export { ProvisioningError } from "../errors.ts";
export type { Clock } from "./clock.ts";
export type { NewId } from "./id.ts";
export type { Logger } from "./logger.ts";
export type {
  AccountId,
  AccountKind,
  AccountRecord,
  Actor,
  AuditRecord,
  ChangeRecord,
  ConnectionId,
  ConnectionRecord,
  ConnectionSettings,
  Consent,
  DirectoryGroupId,
  DirectoryGroupRecord,
  DirectoryMemberRecord,
  DirectoryUserId,
  DirectoryUserRecord,
  GroupId,
  GroupRecord,
  IdentityProviderConfig,
  Instant,
  LocalMembershipRecord,
  MembershipSource,
  OverlayRecord,
  Presentation,
  ResourceId,
  ResourceRecord,
  ScimCredentialRecord,
  SeatRecord,
  SyncCause,
  SyncEventRecord,
  SyncFailureRecord,
  SyncSubject,
  TenantId,
  TenantRecord,
} from "./records.ts";
export type {
  AccountQuery,
  AccountRepository,
  ChangeRepository,
  ConnectionRepository,
  CredentialRepository,
  DirectoryGroupRepository,
  DirectoryLookup,
  DirectoryQuery,
  DirectoryUserRepository,
  FailureRepository,
  GroupRepository,
  LogRepository,
  MemberRepository,
  OneTimeRepository,
  OverlayRepository,
  ResourceQuery,
  ResourceRepository,
  ResourceWriteResult,
  SeatRepository,
  SecretRepository,
  Slice,
  TenantRepository,
  WriteResult,
} from "./repositories.ts";
export type { Store, StoreCapabilities, Transaction, TransactionScope } from "./store.ts";
