/**
 * "12 people would change": rules tried on everybody, page by page, each in a transaction that only reads.
 *
 * @module
 */

import { type HeldGroup, readAccountGroups, readGroupsById } from "../account/account-groups.ts";
import { lastOwnerStays } from "../account/change-account.ts";
import { groupRole as bestRole, type Reader } from "../account/group-role.ts";
import { tenantLosingOwner } from "../account/last-owner.ts";
import { contentRole, portalRole } from "../account/role.ts";
import type { EffectiveConnection } from "../connection/effective-connection.ts";
import type { AccountId, AccountKind, AccountRecord, GroupId, OverlayRecord, Transaction } from "../ports/index.ts";
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
  const readPlaces = await placeReader(unit, connection, records);
  for (const record of records) {
    const plan = await planOf(unit, connection, record);
    if (plan === null) continue;
    const [before, next] = [readPlaces(record), readPlaces(plan.after, plan.groups)];
    if (differences(before, next, ["kind", "role", "contentRole", "groups"]).length === 0) continue;
    const refused = await refusal(unit, connection, record, plan.after);
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
  { tx, context }: Reader,
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
  const readGroups = await groupReader(tx, connection, records);
  return (account, groups) => {
    const overlay = overlays.get(account.id) ?? null;
    const groupRole = bestRole(readGroups(account.id, groups), connection.settings, context);
    const now = held.filter(({ accountId }) => accountId === account.id).map(({ groupId }) => groupId);
    return {
      kind: account.kind,
      role: portalRole(account, overlay, connection, groupRole).value,
      contentRole: contentRole(account, overlay, connection).value,
      groups: (connection.inherited ? [] : (groups ?? now)).toSorted(),
    };
  };
}

type ReadGroups = (id: AccountId, ruled: readonly GroupId[] | undefined) => readonly HeldGroup[];

/** @returns the groups of an account as a user, with those that rules would give in place of those that they gave */
async function groupReader(
  tx: Transaction,
  connection: EffectiveConnection,
  records: readonly AccountRecord[],
): Promise<ReadGroups> {
  // Only users have a portal role, and a rule may be about to make one of somebody.
  const users = records.map((record) => ({ ...record, kind: "user" as const }));
  const held = await readAccountGroups(tx, connection, users);
  const ruled = connection.settings.roleMapping.rules.flatMap(({ then }) => then.groups ?? []);
  const known = await readGroupsById(tx, connection, new Set(connection.inherited ? [] : ruled));
  return (id, wanted) => {
    const groups = held.get(id) ?? [];
    if (wanted === undefined || connection.inherited) return groups;
    const others = groups.flatMap((group) => {
      const sources = group.sources.filter((source) => source !== "rule");
      return sources.length === 0 ? [] : [{ ...group, sources }];
    });
    const given = wanted.flatMap((groupId) => known.get(groupId) ?? []);
    return [...others, ...given.map((group) => ({ ...group, sources: ["rule" as const] }))];
  };
}

async function refusal(
  reader: Reader,
  connection: EffectiveConnection,
  before: AccountRecord,
  after: AccountRecord,
): Promise<PersonImpact["refused"]> {
  // What a parent decides is decided there.
  if (connection.inherited) return null;
  const tenant = await tenantLosingOwner(reader, connection, before, after);
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
