/**
 * "12 people would change": rules tried on everybody, page by page, each in a transaction that only reads.
 *
 * @module
 */

import { lastOwnerStays } from "../account/change-account.ts";
import { tenantLosingOwner } from "../account/last-owner.ts";
import { contentRole, portalRole } from "../account/role.ts";
import type { EffectiveConnection } from "../connection/effective-connection.ts";
import type { AccountId, AccountKind, AccountRecord, OverlayRecord, Transaction } from "../ports/index.ts";
import { planReview, type ReviewPlan } from "../role-rule/review-account.ts";
import type { UnitOfWork } from "../unit-of-work.ts";
import { differences } from "./differences.ts";
import type { PersonImpact, Place, RuleImpact } from "./explain-views.ts";
import { readSeats } from "./tenant-view.ts";

type Unit = Pick<UnitOfWork, "tx" | "context" | "now">;

const MOST_SHOWN = 100;

/**
 * @param connection with the rules that are tried
 * @param after the id that the page before ended with
 */
export async function surveyPage(
  unit: Unit,
  connection: EffectiveConnection,
  after: AccountId | undefined,
  limit: number,
): Promise<RuleImpact> {
  const { tenant, connectionId } = connection.root;
  const records = await unit.tx.accounts.find({ tenantId: tenant.id, connectionId, after, limit });
  const people: PersonImpact[] = [];
  const change = { user: 0, reader: 0 };
  const readPlaces = await placeReader(unit.tx, connection, records);
  for (const record of records) {
    const plan = await planOf(unit, connection, record);
    if (plan === null) continue;
    const [before, next] = [readPlaces(record), readPlaces(plan.after, plan.groups)];
    if (differences(before, next, ["kind", "role", "contentRole", "groups"]).length === 0) continue;
    const refused = await refusal(unit.tx, connection, record, plan.after);
    people.push({
      account: { id: record.id, userName: record.userName, name: record.name },
      before,
      after: next,
      refused,
    });
    if (refused === null && record.active && before.kind !== next.kind) {
      change[before.kind] -= 1;
      change[next.kind] += 1;
    }
  }
  const last = records.length < limit ? undefined : records.at(-1)?.id;
  return {
    examined: records.length,
    changed: people.filter(({ refused }) => refused === null).length,
    people: people.slice(0, MOST_SHOWN),
    seats: await seatsOf(unit.tx, connection, change),
    ...(last === undefined ? {} : { nextCursor: last }),
  };
}

/** Two pages as one. */
export function addUp(sum: RuleImpact, { nextCursor, ...page }: RuleImpact): RuleImpact {
  const seat = (kind: AccountKind) => ({
    ...page.seats[kind],
    change: sum.seats[kind].change + page.seats[kind].change,
  });
  return {
    examined: sum.examined + page.examined,
    changed: sum.changed + page.changed,
    people: [...sum.people, ...page.people].slice(0, MOST_SHOWN),
    seats: { user: seat("user"), reader: seat("reader") },
    ...(nextCursor === undefined ? {} : { nextCursor }),
  };
}

async function planOf(unit: Unit, connection: EffectiveConnection, record: AccountRecord): Promise<ReviewPlan | null> {
  const { connectionId, directoryUserId } = record;
  if (connectionId === null || directoryUserId === null) return null;
  const user = await unit.tx.users.get(connectionId, directoryUserId);
  return user === null ? null : planReview(unit, connection, record, user);
}

type ReadPlace = (account: AccountRecord, groups?: readonly string[]) => Place;

/** @returns the place of an account; with the groups that it has from rules now, unless others are given */
async function placeReader(
  tx: Transaction,
  connection: EffectiveConnection,
  records: readonly AccountRecord[],
): Promise<ReadPlace> {
  const ids = records.map(({ id }) => id);
  const overlays = new Map(
    (await tx.overlays.getMany(connection.tenant.id, ids)).map((row): [AccountId, OverlayRecord] => [
      row.accountId,
      row,
    ]),
  );
  // Groups of rules belong to the tenant whose rules they are.
  const memberships = connection.inherited ? [] : await tx.localGroups.membershipsOf(connection.tenant.id, ids);
  const held = memberships.filter(({ source }) => source === "rule");
  return (account, groups) => {
    const overlay = overlays.get(account.id) ?? null;
    const now = held.filter(({ accountId }) => accountId === account.id).map(({ groupId }) => groupId);
    return {
      kind: account.kind,
      role: portalRole(account, overlay, connection).value,
      contentRole: contentRole(account, overlay, connection).value,
      groups: (connection.inherited ? [] : (groups ?? now)).toSorted(),
    };
  };
}

async function refusal(
  tx: Transaction,
  connection: EffectiveConnection,
  before: AccountRecord,
  after: AccountRecord,
): Promise<PersonImpact["refused"]> {
  // What a parent decides is decided there.
  if (connection.inherited) return null;
  const tenant = await tenantLosingOwner(tx, connection, before, after);
  return tenant === undefined ? null : { cause: "last_owner", message: lastOwnerStays(before, tenant, connection) };
}

async function seatsOf(
  tx: Transaction,
  connection: EffectiveConnection,
  change: Readonly<Record<AccountKind, number>>,
): Promise<RuleImpact["seats"]> {
  const { user, reader } = await readSeats(tx, connection);
  return { user: { ...user, change: change.user }, reader: { ...reader, change: change.reader } };
}
