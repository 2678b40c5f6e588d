/**
 * Groups as they are shown: those that the tenant made, and the faces of those that the directory pushed.
 *
 * @module
 */

import { LOCKED_GROUP_FIELDS, manager } from "../account/edit-policy.ts";
import type { GroupView } from "../admin/views.ts";
import type { EffectiveConnection } from "../connection/effective-connection.ts";
import { isScimOpen } from "../connection/new-settings.ts";
import type { DirectoryGroupRecord, GroupId, Transaction } from "../ports/index.ts";
import { type Census, createCensus } from "./census.ts";
import { faceId, possibleFaces } from "./group-projection.ts";
import { localGroup, type PushedGroup, type ResolvedGroup, resolveGroup } from "./resolve-group.ts";

/** Every group of a tenant: its own in order of id, then the pushed ones in the order in which they were pushed. */
export async function listGroups(tx: Transaction, connection: EffectiveConnection): Promise<readonly GroupView[]> {
  const census = createCensus(tx, connection);
  const views: GroupView[] = [];
  for (const record of await tx.localGroups.list(connection.tenant.id)) {
    views.push(await viewGroup(connection, census, localGroup(record)));
  }
  for await (const group of pushedGroups(tx, connection)) {
    for (const view of await viewFaces(connection, census, group)) views.push(view);
  }
  return views;
}

/** @returns null when the tenant has no such group */
export async function readGroup(
  tx: Transaction,
  connection: EffectiveConnection,
  groupId: GroupId,
): Promise<GroupView | null> {
  const group = await resolveGroup(tx, connection, groupId);
  return group === null ? null : viewGroup(connection, createCensus(tx, connection), group);
}

/** The first face is always there, the other one as soon as it holds somebody. */
async function viewFaces(
  connection: EffectiveConnection,
  census: Census,
  record: DirectoryGroupRecord,
): Promise<readonly GroupView[]> {
  const [first, ...others] = possibleFaces(connection.settings.groupProjection);
  const views: GroupView[] = [];
  for (const kind of [first, ...others]) {
    const id = faceId({ directoryGroupId: record.id, kind });
    const face: PushedGroup = { origin: "scim", id, name: record.displayName, kind, record };
    const view = await viewGroup(connection, census, face);
    if (kind === first || view.memberCount > 0) views.push(view);
  }
  return views;
}

async function viewGroup(connection: EffectiveConnection, census: Census, group: ResolvedGroup): Promise<GroupView> {
  const { id, name, kind, origin } = group;
  const memberCount = (await census(group)).size;
  if (group.origin === "local") {
    const { role, contentAccess } = group.record;
    return { id, name, kind, origin, role, contentAccess, memberCount, lockedFields: [], managedBy: null };
  }
  const lockedFields = isScimOpen(connection.settings) ? LOCKED_GROUP_FIELDS : [];
  return {
    id,
    name,
    kind,
    origin,
    role: null,
    contentAccess: null,
    memberCount,
    lockedFields,
    managedBy: manager(connection),
  };
}

const PAGE = 500;

async function* pushedGroups(
  tx: Transaction,
  { root: { connectionId } }: EffectiveConnection,
): AsyncGenerator<DirectoryGroupRecord> {
  let after: string | undefined;
  do {
    const page = await tx.groups.find({ connectionId, lookups: [], after, limit: PAGE });
    yield* page;
    after = page.length < PAGE ? undefined : page.at(-1)?.id;
  } while (after !== undefined);
}
