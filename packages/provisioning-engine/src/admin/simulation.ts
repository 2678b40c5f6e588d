/**
 * What a write that was only tried would have told, and what would have become of people.
 *
 * @module
 */
import type { EventName } from "../events.ts";
import { foretell, MOST_PEOPLE } from "../impact/foretell.ts";
import { expected, openedFailures } from "../impact/opened-failures.ts";
import type { TenantId } from "../ports/index.ts";
import type { NewEvent, Trial } from "../unit-of-work.ts";
import type { Impact, Simulated, Simulation } from "./explain-views.ts";

/** The rest is counted. */
const MOST_SHOWN = 100;

/** Tries a change of a tenant, and lets everything follow from it. @returns its own answer, with what else would happen */
export async function simulateChange<View extends object>(
  trial: Trial,
  tenantId: TenantId,
  change: () => Promise<View>,
): Promise<Simulated<View>> {
  const { result, impact } = await foretell(trial, tenantId, { limit: MOST_PEOPLE }, change);
  return { ...result, simulation: await simulationOf(trial, tenantId, impact) };
}

async function simulationOf({ unit, told }: Trial, tenantId: TenantId, impact: Impact): Promise<Simulation> {
  // What others of the family would hear is theirs (R118).
  const events = told.filter((event) => event.tenantId === tenantId && event.type !== "sync.failed");
  const failures = await openedFailures(unit.tx, told, tenantId);
  return {
    total: events.length,
    events: events.slice(0, MOST_SHOWN).map(eventOf),
    failures: failures.slice(0, MOST_SHOWN).map(expected),
    impact,
  };
}

function eventOf({ type, tenantId, accountId, groupId, data }: NewEvent): Simulation["events"][number] {
  return {
    type: type as EventName,
    tenant: tenantId,
    account: accountId ?? null,
    group: groupId ?? null,
    changes: (data as Partial<Pick<Simulation["events"][number], "changes">> | null | undefined)?.changes ?? [],
  };
}
