/**
 * What a change would do to everybody at a tenant: looked at before and after it, and after all that follows from it in
 * the background. The change and its consequences are those of earnest, in a transaction that is taken back; so what is
 * foretold is never another opinion than the engine's.
 *
 * @module
 */
import type { Impact } from "../admin/explain-views.ts";
import { effectiveConnection } from "../connection/effective-connection.ts";
import type { TenantId } from "../ports/index.ts";
import type { Trial } from "../unit-of-work.ts";
import { converge } from "./converge.ts";
import { readImpact } from "./impact.ts";
import { startPace } from "./pace.ts";
import { NOBODY, type Reach, surveyPeople } from "./survey.ts";

/** People that one call looks at, at most: some seconds of work. */
export const MOST_PEOPLE = 10_000;

export interface Foretold<Result> {
  readonly result: Result;
  readonly impact: Impact;
}

/**
 * @param change what is tried; it may make the tenant
 * @throws {ProvisioningError} what the change throws; `dry_run_too_long` when it takes too long
 */
export async function foretell<Result>(
  trial: Trial,
  tenantId: TenantId,
  reach: Reach,
  change: () => Promise<Result>,
): Promise<Foretold<Result>> {
  const { unit } = trial;
  const pace = startPace();
  const isThere = (await unit.tx.tenants.get(tenantId)) !== null;
  const before = isThere ? await surveyPeople(unit, await effectiveConnection(unit.tx, tenantId), reach, pace) : NOBODY;
  const result = await change();
  const declined = await converge(trial, await effectiveConnection(unit.tx, tenantId), reach.limit, pace);
  const connection = await effectiveConnection(unit.tx, tenantId);
  // One more may have come.
  const after = await surveyPeople(unit, connection, { ...reach, limit: reach.limit + 1, until: before.last }, pace);
  const impact = await readImpact(trial, connection, { before, after, declined });
  return { result, impact };
}
