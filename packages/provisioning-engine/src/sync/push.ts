/**
 * One write of an identity provider: one transaction that changes everything or nothing, one entry in the sync log,
 * and a failure that is filed in a transaction of its own when the write was rolled back (R71).
 *
 * @module
 */
import { ScimError } from "@muster/scim-core";
import { type EffectiveConnection, effectiveConnection } from "../connection/effective-connection.ts";
import { isScimOpen } from "../connection/new-settings.ts";
import type { EngineContext } from "../context.ts";
import type { MemberMoves } from "../group/member-moves.ts";
import type {
  ConnectionId,
  SyncCause,
  SyncEventRecord,
  SyncFailureRecord,
  SyncSubject,
  TenantId,
} from "../ports/index.ts";
import { runUseCase, type UnitOfWork, type UseCase } from "../unit-of-work.ts";
import { logSyncEvent } from "./sync-event.ts";
import { closeFailures, type FailedWrite, failedWrite, openFailure, SyncRefusal } from "./sync-failure.ts";

/** What a token opened: the root connection that it belongs to. */
export interface DirectoryConnection {
  readonly tenantId: TenantId;
  readonly connectionId: ConnectionId;
  readonly credentialId: string;
}

type WriteOperation = Extract<SyncEventRecord["operation"], "create" | "replace" | "patch" | "delete">;

export interface PushRequest {
  readonly context: EngineContext;
  readonly connection: DirectoryConnection;
  readonly operation: WriteOperation;
  readonly requestId: string;
  /** What the client was told to look for; a new one when absent. */
  readonly txn?: string | undefined;
  /** What an admin can run again without the identity provider. */
  readonly retry: SyncFailureRecord["retry"];
}

/** A write under way. */
export interface Push {
  readonly unit: UnitOfWork;
  readonly connection: EffectiveConnection;
  readonly operation: WriteOperation;
  /** Identifies the write in security events (RFC 9967 §2.2). */
  readonly txn: string;
  /** Says whom it is about, as soon as that is known: a failure is filed under the last subject named. */
  about(subject: SyncSubject): void;
}

/** What a write did. */
export interface Pushed<Result> {
  readonly result: Result;
  readonly changed: boolean;
  /** Causes of open failures of the subject that this success closes; all of them when absent. */
  readonly closes?: readonly SyncCause[];
  /** What an admin should know although it succeeded. */
  readonly notice?: string | undefined;
  /** Who came to a group, and who left it. */
  readonly members?: MemberMoves | undefined;
}

/** Causes that any success of a later write disproves; the others are closed by what they waited for. */
export const DISPROVED: readonly SyncCause[] = ["validation", "conflict", "internal", "last_owner"];

/**
 * Runs a write. One that lost a race is run once more, from the start.
 *
 * @throws {ScimError} what the identity provider is answered
 */
export async function runPush<Result>(
  request: PushRequest,
  work: (push: Push) => Promise<Pushed<Result>>,
): Promise<Result> {
  let subject: SyncSubject | undefined;
  const given = { ...request, txn: request.txn ?? request.context.newId() };
  const attempt = () =>
    runUseCase(request.context, useCase(request), (unit) =>
      pushOnce(unit, given, work, (named) => {
        subject = named;
      }),
    );
  try {
    return await attempt().catch((error: unknown) => {
      if (isLostRace(error)) return attempt();
      throw error;
    });
  } catch (error) {
    throw await recordFailure(request, subject, error);
  }
}

/**
 * One attempt, in a unit of work that is there.
 *
 * @param about hears whom it is about
 * @throws whatever the work throws, which is to be filed when all of it is taken back
 */
export async function pushOnce<Result>(
  unit: UnitOfWork,
  { connection: opened, operation, txn = unit.context.newId() }: Omit<PushRequest, "context">,
  work: (push: Push) => Promise<Pushed<Result>>,
  about: (subject: SyncSubject) => void,
): Promise<Result> {
  let subject: SyncSubject | undefined;
  const named = (whom: SyncSubject) => {
    subject = whom;
    about(whom);
  };
  const connection = await enabledConnection(unit, opened);
  const push = { unit, connection, operation, txn, about: named };
  const pushed = await work(push);
  if (subject !== undefined) await recordSuccess(push, subject, pushed);
  return pushed.result;
}

function useCase({ connection, requestId }: PushRequest): UseCase {
  return { rootTenantId: connection.tenantId, actor: { type: "connection", id: connection.connectionId }, requestId };
}

/** SCIM may have been switched off since the token was checked (R5). */
async function enabledConnection({ tx }: UnitOfWork, { tenantId }: DirectoryConnection): Promise<EffectiveConnection> {
  const connection = await effectiveConnection(tx, tenantId);
  if (isScimOpen(connection.settings)) return connection;
  throw new ScimError("unauthorized", "Provisioning is switched off for this connection. Switch it on and try again.");
}

function isLostRace(error: unknown): boolean {
  return error instanceof SyncRefusal && error.reason === "conflict";
}

async function recordSuccess(
  { unit, connection, operation }: Push,
  subject: SyncSubject,
  { changed, closes, notice }: Pushed<unknown>,
): Promise<void> {
  const { id: tenantId } = connection.tenant;
  const outcome = changed ? "changed" : "unchanged";
  await logSyncEvent(unit, { tenantId, operation, subject, outcome, message: notice ?? null });
  await closeFailures(unit, tenantId, subject, closes);
}

/** @returns what is thrown to the protocol */
async function recordFailure(request: PushRequest, subject: SyncSubject | undefined, error: unknown): Promise<unknown> {
  const { answer, filed } = failedWrite(error, request.requestId);
  if (filed === null || subject === undefined) return answer;
  if (filed.cause === "internal") logInternal(request, error);
  try {
    await runUseCase(request.context, useCase(request), (unit) => fileFailure(unit, request, subject, filed));
  } catch (unrecorded) {
    // The directory's answer matters more than our list.
    logInternal(request, unrecorded);
  }
  return answer;
}

/** What is left of a write that was rolled back: an entry in the log, and one in the list of failures. */
export async function fileFailure(
  unit: UnitOfWork,
  { operation, retry, connection: { tenantId } }: Pick<PushRequest, "operation" | "retry" | "connection">,
  subject: SyncSubject,
  filed: NonNullable<FailedWrite["filed"]>,
): Promise<void> {
  const failure = { tenantId, operation, subject, ...filed };
  await logSyncEvent(unit, { ...failure, outcome: "failed" });
  await openFailure(unit, { ...failure, retry });
}

function logInternal({ context, connection, operation, requestId }: PushRequest, error: unknown): void {
  const { tenantId: tenant, credentialId: credential } = connection;
  const facts = { tenant, credential, operation, request: requestId, error: String(error) };
  context.logger.error(facts, "A write of a directory failed.");
}
