/**
 * What a write that was only tried would have told.
 *
 * @module
 */
import type { EventName } from "../events.ts";
import type { SyncFailureRecord } from "../ports/index.ts";
import type { NewEvent } from "../unit-of-work.ts";
import type { ExpectedFailure, Simulation } from "./explain-views.ts";

/** The rest is counted. */
const MOST_SHOWN = 100;

export function simulationOf(told: readonly NewEvent[]): Simulation {
  const events = told.filter(({ type }) => type !== "sync.failed");
  return {
    total: events.length,
    events: events.slice(0, MOST_SHOWN).map(({ type, tenantId, accountId, groupId, data }) => ({
      type: type as EventName,
      tenant: tenantId,
      account: accountId ?? null,
      group: groupId ?? null,
      changes: (data as Partial<Pick<Simulation["events"][number], "changes">> | null | undefined)?.changes ?? [],
    })),
    failures: failuresOf(told),
  };
}

/** Entries of the failure list that would be opened. */
export function failuresOf(told: readonly NewEvent[]): readonly ExpectedFailure[] {
  const failed = told.filter(({ type }) => type === "sync.failed");
  return failed.slice(0, MOST_SHOWN).map(({ data }) => {
    const { failure } = data as { readonly failure: Omit<SyncFailureRecord, "retry"> };
    return { cause: failure.cause, subject: failure.subject.label, message: failure.message };
  });
}
