/**
 * Everybody at a tenant as they are at one moment of a trial, in the few words that two moments are compared by.
 *
 * @module
 */
import { readAccountsAfter } from "../account/account-list.ts";
import type { Reader } from "../account/group-role.ts";
import type { PersonName, Place, SeatCount } from "../admin/explain-views.ts";
import { countSeats } from "../admin/tenant-view.ts";
import type { Account } from "../admin/views.ts";
import type { EffectiveConnection } from "../connection/effective-connection.ts";
import type { AccountId, AccountKind } from "../ports/index.ts";
import type { Pace } from "./pace.ts";

/** Which people are looked at, in order of id. */
export interface Reach {
  readonly after?: AccountId | undefined;
  /** The id of the last one, which may be gone; there is none when absent. */
  readonly until?: AccountId | undefined;
  readonly limit: number;
}

export interface SurveyedPerson {
  readonly account: PersonName;
  readonly place: Place;
}

export interface Survey {
  readonly people: ReadonlyMap<AccountId, SurveyedPerson>;
  /** The last one, when there are more. */
  readonly last?: AccountId;
  readonly seats: Readonly<Record<AccountKind, SeatCount>>;
}

/** Before there was a tenant. */
export const NOBODY: Survey = {
  people: new Map(),
  seats: { user: { used: 0, waiting: 0, limit: null }, reader: { used: 0, waiting: 0, limit: null } },
};

const PAGE = 500;

export async function surveyPeople(
  reader: Reader,
  connection: EffectiveConnection,
  { after: first, limit, until }: Reach,
  pace: Pace,
): Promise<Survey> {
  const people = new Map<AccountId, SurveyedPerson>();
  const seats = await countSeats(reader.tx, connection);
  for (let after = first; ; await pace.pause()) {
    const size = Math.min(PAGE, limit - people.size);
    const page = await readAccountsAfter(reader, connection, { after, limit: size + 1 });
    const accounts = page.slice(0, size).filter(({ id }) => until === undefined || id <= until);
    for (const account of accounts) people.set(account.id, surveyed(account));
    after = accounts.at(-1)?.id;
    const isEnd = after === undefined || accounts.length < size || page.length === size;
    if (isEnd) return { people, seats };
    if (people.size === limit) return { people, seats, last: after as AccountId };
  }
}

function surveyed(account: Account): SurveyedPerson {
  const { id, userName, name, kind, role, contentRole, status, suspended, managedBy, lockedFields, groups } = account;
  const managed = managedBy !== null;
  const locked = lockedFields.length > 0;
  const groupIds = groups.map((group) => group.id);
  return {
    account: { id, userName, name },
    place: { kind, role, contentRole, status, suspended, managed, locked, groups: groupIds },
  };
}
