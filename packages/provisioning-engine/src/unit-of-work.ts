/**
 * One use case, one transaction: state, change rows and audit entries are written together or not at all (I39).
 *
 * @module
 */
import type { EngineContext } from "./context.ts";
import type { EventName, SECURITY_EVENT } from "./events.ts";
import type { Actor, Instant, TenantId, Transaction } from "./ports/index.ts";

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

/** Runs a use case and, once it is committed, wakes the change feed of every tenant it wrote events for. */
export async function runUseCase<T>(
  context: EngineContext,
  useCase: UseCase,
  work: (unit: UnitOfWork) => Promise<T>,
): Promise<T> {
  const touched = new Set<TenantId>();
  const result = await context.store.transaction({ tenantId: useCase.rootTenantId }, async (tx) => {
    touched.clear();
    return work(createUnit(context, useCase, tx, touched));
  });
  for (const tenantId of touched) context.feed.wake(tenantId);
  return result;
}

function createUnit(context: EngineContext, useCase: UseCase, tx: Transaction, touched: Set<TenantId>): UnitOfWork {
  const { actor, requestId } = useCase;
  const now = context.clock().toISOString();
  return {
    tx,
    context,
    now,
    actor,
    requestId,
    async emit({ tenantId, type, accountId, groupId, data }) {
      touched.add(tenantId);
      const id = context.newId();
      await tx.changes.append({
        tenantId,
        id,
        at: now,
        type,
        actor,
        accountId: accountId ?? null,
        groupId: groupId ?? null,
        data: data ?? null,
      });
      return id;
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
