/**
 * What a change would do to everybody at a tenant: looked at before and after it, and after all that follows from it in
 * the background. The change and its consequences are those of earnest, in a transaction that is taken back; so what is
 * foretold is never another opinion than the engine's.
 *
 * @module
 */
import { groupBy } from "../account/group-by.ts";
import type { ExpectedFailure, Impact, People, PersonImpact } from "../admin/explain-views.ts";
import { type EffectiveConnection, effectiveConnection } from "../connection/effective-connection.ts";
import type { AccountId, SyncCause, TenantId } from "../ports/index.ts";
import type { Declined } from "../role-rule/review-account.ts";
import { namedSubject } from "../sync/sync-subject.ts";
import type { Trial } from "../unit-of-work.ts";
import { admittedOf, type Comparison, compareSurveys, countChanges, isChanged } from "./compare-surveys.ts";
import { converge } from "./converge.ts";
import { expected, openedFailures } from "./opened-failures.ts";
import { startPace } from "./pace.ts";
import { readReasons, UNDECIDED } from "./reasons.ts";
import { NOBODY, type Reach, type Survey, surveyPeople } from "./survey.ts";
import { waitingQueue } from "./waiting-queue.ts";

/** People that one call looks at, at most: some seconds of work. */
export const MOST_PEOPLE = 10_000;

const MOST_SHOWN = 100;

export interface Foretold<Result> {
  readonly result: Result;
  readonly impact: Impact;
}

/**
 * @param change what is tried; it may make the tenant
 * @throws {ProvisioningError} what the change throws; `unavailable` when it takes too long
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
  const impact = await impactOf(trial, connection, { before, after, declined });
  const last = before.last ?? after.last;
  return { result, impact: { ...impact, ...(last === undefined ? {} : { nextCursor: last }) } };
}

interface Outcome {
  readonly before: Survey;
  readonly after: Survey;
  readonly declined: ReadonlyMap<AccountId, Declined>;
}

async function impactOf(
  trial: Trial,
  connection: EffectiveConnection,
  { before, after, declined }: Outcome,
): Promise<Impact> {
  const { unit } = trial;
  const everybody = compareSurveys(before, after);
  const changed = everybody.filter(isChanged);
  // What a parent declines is listed there.
  const refused = connection.inherited ? new Map<AccountId, Declined>() : declined;
  const failuresOf = await failureReader(trial, connection, refused);
  const concerned = everybody.filter((person) => isChanged(person) || refused.has(person.account.id));
  const shown = concerned.slice(0, MOST_SHOWN);
  const reasons = await readReasons(unit, connection, shown);
  const people = shown.map((person): PersonImpact => {
    const { account, before: from, after: to } = person;
    const why = reasons.get(account.id) ?? UNDECIDED;
    return { outcome: outcomeOf(person), account, before: from, after: to, failures: failuresOf(person), ...why };
  });
  return {
    examined: everybody.length,
    changed: changed.length,
    changes: countChanges(everybody),
    refused: everybody.filter(({ account }) => refused.has(account.id)).length,
    people,
    seats: seatsOf(before, after),
    admitted: someOf(admittedOf(everybody).flatMap((id) => after.people.get(id)?.account ?? [])),
    waiting: someOf(await waitingQueue(unit.tx, connection, after)),
    failures: countCauses(everybody.flatMap(failuresOf)),
  };
}

function outcomeOf(person: Comparison): PersonImpact["outcome"] {
  if (person.before === null) return "created";
  if (person.after === null) return "removed";
  return isChanged(person) ? "changed" : "refused";
}

function seatsOf(before: Survey, after: Survey): Impact["seats"] {
  return {
    user: { before: before.seats.user, after: after.seats.user },
    reader: { before: before.seats.reader, after: after.seats.reader },
  };
}

function someOf<Person>(people: readonly Person[]): People<Person> {
  return { total: people.length, first: people.slice(0, MOST_SHOWN) };
}

/** What would be listed about somebody at this tenant; also what is listed already, of those who stay what they are. */
async function failureReader(
  { unit: { tx }, told }: Trial,
  { tenant }: EffectiveConnection,
  declined: ReadonlyMap<AccountId, Declined>,
): Promise<(person: Comparison) => readonly ExpectedFailure[]> {
  const opened = groupBy(await openedFailures(tx, told, tenant.id), ({ subject }) => subject.key);
  return ({ account: { id, userName } }) => {
    const subject = namedSubject("User", userName);
    const filed = (opened.get(subject.key) ?? []).map(expected);
    const why = declined.get(id);
    if (why === undefined || filed.some(({ cause }) => cause === why.cause)) return filed;
    return [...filed, { ...why, subject: subject.label }];
  };
}

function countCauses(failures: readonly ExpectedFailure[]): Impact["failures"] {
  const counts: Partial<Record<SyncCause, number>> = {};
  for (const { cause } of failures) counts[cause] = (counts[cause] ?? 0) + 1;
  return counts;
}
