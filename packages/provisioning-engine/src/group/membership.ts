/**
 * Members of pushed groups, as changes: what a request costs is what it changes, not how large the group is (J08, D51).
 *
 * @module
 */
import type { MembershipDelta } from "@muster/scim-core";
import type { DirectoryGroupRecord, DirectoryUserId, Transaction } from "../ports/index.ts";
import { reviewMembers } from "../role-rule/review.ts";
import type { Push } from "../sync/push.ts";
import { quote, quoteSome } from "../sync/quote.ts";
import { openFailure, refusal } from "../sync/sync-failure.ts";
import { groupSubject } from "../sync/sync-subject.ts";
import { keepGroupOwners } from "./group-owners.ts";
import { accountFinder } from "./member-accounts.ts";
import { announceMembers } from "./member-events.ts";
import { type MemberMoves, sumMoves } from "./member-moves.ts";

/** What became of the members of a group. */
export interface MembershipOutcome {
  readonly changed: boolean;
  /** Whether everybody who was named is known. */
  readonly complete: boolean;
  /** The sum of all changes. */
  readonly moves: MemberMoves;
}

interface Moved extends MemberMoves {
  readonly unknown: readonly DirectoryUserId[];
}

/**
 * Applies changes of members in order. With group sync off the directory's word is kept and drives nothing (R32).
 *
 * @throws {SyncRefusal} `unknown_member` when the connection is strict about it; `last_owner`
 */
export async function changeMembers(
  push: Push,
  group: DirectoryGroupRecord,
  deltas: readonly MembershipDelta[],
): Promise<MembershipOutcome> {
  const unknown = new Set<DirectoryUserId>();
  const each: Moved[] = [];
  await keepGroupOwners(push, async () => {
    for (const delta of deltas) {
      const moved = await move(push, group, delta);
      for (const id of moved.unknown) unknown.add(id);
      each.push(moved);
    }
  });
  // Who comes and leaves again in one request did neither: repeated, it changes nothing either (I34).
  const moves = sumMoves(each);
  await auditMoves(push, group, moves);
  await announce(push, group, moves);
  if (unknown.size > 0) await reportUnknown(push, group, [...unknown]);
  const changed = moves.added.length + moves.removed.length > 0;
  await reviewMembers(push, [...moves.added, ...moves.removed]);
  return { changed, complete: unknown.size === 0, moves };
}

async function move(
  { unit, connection }: Push,
  { id: groupId }: DirectoryGroupRecord,
  { kind, ids }: MembershipDelta,
): Promise<Moved> {
  const { members } = unit.tx;
  const { connectionId } = connection.root;
  const options = { inEffect: connection.settings.groupSync };
  switch (kind) {
    case "add":
      return { removed: [], ...(await members.add(connectionId, groupId, ids, options)) };
    case "remove":
      return { added: [], unknown: [], removed: await members.remove(connectionId, groupId, ids, options) };
    case "replace":
      return members.replace(connectionId, groupId, ids, options);
  }
}

async function announce(push: Push, group: DirectoryGroupRecord, { added, removed }: MemberMoves): Promise<void> {
  const { unit, connection } = push;
  if (!connection.settings.groupSync) return;
  const find = accountFinder(unit.tx, connection);
  if (added.length > 0) await announceMembers(push, group, await find(added), "group.members_added");
  if (removed.length > 0) await announceMembers(push, group, await find(removed), "group.members_removed");
}

/** Beyond this the audit log keeps the number and the first ids. */
const AUDITED = 100;

async function auditMoves(
  { unit, connection }: Push,
  { id }: DirectoryGroupRecord,
  { added, removed }: MemberMoves,
): Promise<void> {
  if (added.length + removed.length === 0) return;
  const sample = (ids: readonly DirectoryUserId[]) => ({ count: ids.length, ids: ids.slice(0, AUDITED) });
  await unit.audit({
    tenantId: connection.tenant.id,
    action: "group.members_changed",
    subject: { type: "group", id },
    before: { removed: sample(removed) },
    after: { added: sample(added) },
  });
}

/** One unknown member never fails the group (R37), unless the connection asks for that. */
async function reportUnknown(
  { unit, connection, operation }: Push,
  group: DirectoryGroupRecord,
  ids: readonly DirectoryUserId[],
): Promise<void> {
  const message = unknownMembers(group, ids);
  if (connection.settings.onUnknownMember === "strict") throw refusal("unknown_member", "invalidValue", message);
  const subject = groupSubject(group);
  const tenantId = connection.tenant.id;
  await openFailure(unit, { tenantId, subject, operation, cause: "unknown_member", message, retry: null });
}

function unknownMembers({ displayName }: DirectoryGroupRecord, ids: readonly string[]): string {
  const members = ids.length === 1 ? "a member that does" : `${ids.length} members that do`;
  return (
    `The group ${quote(displayName)} names ${members} not exist here: ${quoteSome(ids)}. ` +
    "Assign the people to the application as well as the group."
  );
}

const PAGE = 500;

/** Everybody whom the directory named, in order of id. */
export async function readMembers(
  tx: Transaction,
  { connectionId, id }: Pick<DirectoryGroupRecord, "connectionId" | "id">,
): Promise<readonly DirectoryUserId[]> {
  const all: DirectoryUserId[] = [];
  let after: DirectoryUserId | undefined;
  do {
    const page = await tx.members.page(connectionId, id, { after, limit: PAGE });
    all.push(...page);
    after = page.length < PAGE ? undefined : page.at(-1);
  } while (after !== undefined);
  return all;
}
