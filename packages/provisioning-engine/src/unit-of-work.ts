/**
 * One use case, one transaction: state, change rows and audit entries are written together or not at all (I39).
 *
 * @module
 */
import type { EngineContext } from "./context.ts";
import type { EventName, SECURITY_EVENT } from "./events.ts";
import { type Rehearsal, rehearsed } from "./hook/rehearsal.ts";
import type { Actor, ChangeRecord, Instant, TenantId, Transaction } from "./ports/index.ts";

/** Who does something, and on whose data. */
export interface UseCase {
  /** The root tenant of the family concerned, or null for administration across tenants. */
  readonly rootTenantId: TenantId | null;
  readonly actor: Actor;
  readonly requestId: string | null;
}

/** What a use case writes beside its rows. */
export interface UnitOfWork {
  readonly tx: Transaction;
  readonly context: EngineContext;
  /** One instant for the whole use case. */
  readonly now: Instant;
  readonly actor: Actor;
  readonly requestId: string | null;
  /**
   * Appends to the change feed; delivered after the commit.
   *
   * @returns the id of the event
   */
  emit(event: NewEvent): Promise<string>;
  /** Appends to the audit log of a tenant. */
  audit(entry: NewAuditEntry): Promise<void>;
}

export interface NewEvent {
  readonly tenantId: TenantId;
  readonly type: EventName | typeof SECURITY_EVENT;
  readonly accountId?: string;
  readonly groupId?: string;
  /** The rest of the payload, for example `{ changes }`. */
  readonly data?: unknown;
}

export interface NewAuditEntry {
  readonly tenantId: TenantId;
  readonly action: string;
  readonly subject: { readonly type: string; readonly id: string };
  readonly before?: unknown;
  readonly after?: unknown;
}

/**
 * Runs a use case and, once it is committed, wakes the change feed of every tenant it wrote events for. The host's
 * before-hooks are asked first; a job only carries out what was agreed to.
 *
 * @throws {ProvisioningError} `vetoed`, `hook_failed`, and what `work` throws
 */
export async function runUseCase<T>(
  context: EngineContext,
  useCase: UseCase,
  work: (unit: UnitOfWork) => Promise<T>,
): Promise<T> {
  const { hooks, newId, clock } = context;
  const now = clock().toISOString();
  let written: readonly ChangeRecord[] = [];
  const run = (rehearsal?: Rehearsal) =>
    context.store.transaction({ tenantId: useCase.rootTenantId }, async (tx) => {
      const changes: ChangeRecord[] = [];
      const ids = rehearsal?.newId ?? newId;
      const result = await work(createUnit({ ...context, newId: ids }, useCase, { tx, now, changes }));
      await rehearsal?.agreed({ tx, context }, changes);
      written = changes;
      return result;
    });
  const isAsked = hooks !== undefined && useCase.actor.type !== "job";
  const result = isAsked ? await rehearsed(hooks, newId, run) : await run();
  for (const tenantId of new Set(written.map((change) => change.tenantId))) context.feed.wake(tenantId);
  return result;
}

/** A use case that is only tried: what it told so far, in order. */
export interface Trial {
  readonly unit: UnitOfWork;
  /** The same in another name: for what a job does behind a use case. */
  as(actor: Actor): UnitOfWork;
  readonly told: readonly NewEvent[];
}

/**
 * Runs a use case and takes everything back, whatever it wrote: rows, events, audit entries, seats. Nobody is woken,
 * and the host's before-hooks are not asked: they may act on what they hear.
 *
 * @returns what the work returned
 */
export async function tryUseCase<T>(
  context: EngineContext,
  useCase: UseCase,
  work: (trial: Trial) => Promise<T>,
): Promise<T> {
  const takeBack = Symbol("take back");
  const now = context.clock().toISOString();
  let done: { readonly result: T } | undefined;
  try {
    await context.store.transaction({ tenantId: useCase.rootTenantId }, async (tx) => {
      const told: NewEvent[] = [];
      const as: Trial["as"] = (actor) => {
        const unit = createUnit(context, { ...useCase, actor }, { tx, now, changes: [] });
        const emit: UnitOfWork["emit"] = async (event) => {
          told.push(event);
          return unit.emit(event);
        };
        return { ...unit, emit };
      };
      done = { result: await work({ unit: as(useCase.actor), as, told }) };
      throw takeBack;
    });
  } catch (error) {
    if (error !== takeBack) throw error;
  }
  if (done === undefined) throw new Error("A transaction neither did its work nor failed.");
  return done.result;
}

interface Run {
  readonly tx: Transaction;
  readonly now: Instant;
  /** Every change that is written. */
  readonly changes: ChangeRecord[];
}

function createUnit(context: EngineContext, useCase: UseCase, { tx, now, changes }: Run): UnitOfWork {
  const { actor, requestId } = useCase;
  return {
    tx,
    context,
    now,
    actor,
    requestId,
    async emit({ tenantId, type, accountId = null, groupId = null, data = null }) {
      const change = { tenantId, id: context.newId(), at: now, type, actor, accountId, groupId, data };
      changes.push(change);
      await tx.changes.append(change);
      return change.id;
    },
    async audit({ tenantId, action, subject, before, after }) {
      await tx.audit.append({
        tenantId,
        id: context.newId(),
        at: now,
        actor,
        action,
        subject,
        before: before ?? null,
        after: after ?? null,
        requestId,
      });
    },
  };
}
