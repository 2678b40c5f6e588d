/**
 * What became of everybody in a trial, in the words of the management API.
 *
 * @module
 */
import { groupBy } from "../account/group-by.ts";
import type { ExpectedFailure, Impact, People, PersonImpact } from "../admin/explain-views.ts";
import { cursorAfter } from "../admin/page.ts";
import type { EffectiveConnection } from "../connection/effective-connection.ts";
import type { AccountId, SyncCause } from "../ports/index.ts";
import type { Declined } from "../role-rule/review-account.ts";
import { namedSubject } from "../sync/sync-subject.ts";
import type { Trial } from "../unit-of-work.ts";
import { admittedOf, type Comparison, compareSurveys, countChanges, isChanged } from "./compare-surveys.ts";
import { expected, openedFailures } from "./opened-failures.ts";
import { readReasons, UNDECIDED } from "./reasons.ts";
import type { Survey } from "./survey.ts";
import { waitingQueue } from "./waiting-queue.ts";

const MOST_SHOWN = 100;

/** A trial, looked at before its change and when everything has followed. */
interface Outcome {
  readonly before: Survey;
  readonly after: Survey;
  /** Who stays what they are, and why. */
  readonly declined: ReadonlyMap<AccountId, Declined>;
}

export async function readImpact(
  trial: Trial,
  connection: EffectiveConnection,
  { before, after, declined }: Outcome,
): Promise<Impact> {
  const { unit } = trial;
  const next = before.last ?? after.last;
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
    ...(next === undefined ? {} : { nextCursor: cursorAfter("explained", next) }),
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
