/**
 * Sync failures: one open entry per subject and cause.
 *
 * @module
 */
import type { FailureRepository, SyncFailureRecord } from "../../ports/index.ts";
import type { Journal } from "./journal.ts";
import { ALL, compositeKey, everyRow } from "./keys.ts";
import { take } from "./ordered.ts";
import { createTable, type Index } from "./table.ts";

type Subject = Pick<SyncFailureRecord["subject"], "type" | "key">;

export function createFailures(journal: Journal): FailureRepository {
  const failures = createTable<SyncFailureRecord, "all" | "open" | "resolved" | "closed" | "openSubject" | "openCause">(
    journal,
    {
      owner: ({ tenantId }) => tenantId,
      id: ({ id }) => id,
      indexes: {
        all: { values: everyRow, order: byLastSeen },
        open: { values: whenOpen(everyRow), order: byLastSeen },
        resolved: { values: ({ resolvedAt }) => (resolvedAt === null ? [] : [ALL]), order: byLastSeen },
        closed: { values: ({ resolvedAt }) => (resolvedAt === null ? [] : [ALL]), order: byResolvedAt },
        openSubject: { values: whenOpen(({ subject }) => [subjectKey(subject)]) },
        openCause: { values: whenOpen(({ subject, cause }) => [causeKey(subject, cause)]) },
      },
    },
  );
  return {
    record: async (failure) => {
      const { tenantId, subject, cause } = failure;
      const open = failures.rows(tenantId, "openCause", causeKey(subject, cause)).first();
      failures.put(open === undefined ? failure : oneMoreAttempt(open, failure));
    },
    get: async (tenantId, id) => failures.get(tenantId, id) ?? null,
    resolve: async (tenantId, subject, at, causes = []) => {
      const open = [...failures.rows(tenantId, "openSubject", subjectKey(subject)).from()];
      const resolved = open.filter(({ cause }) => causes.length === 0 || causes.includes(cause));
      for (const failure of resolved) failures.put({ ...failure, resolvedAt: at });
      return resolved.length;
    },
    list: async (tenantId, { open, limit }) => {
      const index = open === undefined ? "all" : open ? "open" : "resolved";
      return take(failures.rows(tenantId, index, ALL).backwards(), limit);
    },
    countOpen: async (tenantId) => failures.rows(tenantId, "open", ALL).size(),
    trim: async (tenantId, before, limit) => {
      const oldest = take(failures.rows(tenantId, "closed", ALL).from(), limit);
      const gone = oldest.filter(({ resolvedAt }) => resolvedAt !== null && resolvedAt < before);
      for (const { id } of gone) failures.delete(tenantId, id);
      return gone.length;
    },
  };
}

/** What the newest attempt says, under the id and the beginning of the open entry. */
function oneMoreAttempt(open: SyncFailureRecord, failure: SyncFailureRecord): SyncFailureRecord {
  return { ...failure, id: open.id, firstSeen: open.firstSeen, attempts: open.attempts + 1 };
}

function whenOpen(values: Index<SyncFailureRecord>["values"]): Index<SyncFailureRecord>["values"] {
  return (failure) => (failure.resolvedAt === null ? values(failure) : []);
}

function byLastSeen({ lastSeen, id }: SyncFailureRecord): string {
  return `${lastSeen} ${id}`;
}

function byResolvedAt({ resolvedAt, id }: SyncFailureRecord): string {
  return `${resolvedAt} ${id}`;
}

function subjectKey({ type, key }: Subject): string {
  return compositeKey(type, key);
}

function causeKey({ type, key }: Subject, cause: string): string {
  return compositeKey(type, key, cause);
}
