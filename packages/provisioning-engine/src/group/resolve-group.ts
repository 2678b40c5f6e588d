/**
 * A group id as the tenant knows it: a group of its own, or a face of a pushed group.
 *
 * @module
 */
import type { EffectiveConnection } from "../connection/effective-connection.ts";
import type { AccountKind, DirectoryGroupRecord, GroupId, GroupRecord, Transaction } from "../ports/index.ts";
import { type Face, faceId, faceOfMember, parseFaceId, possibleFaces } from "./group-projection.ts";

interface GroupBase {
  readonly id: GroupId;
  readonly name: string;
  readonly kind: AccountKind;
}

/** Made in the product, by this tenant. */
export interface LocalGroup extends GroupBase {
  readonly origin: "local";
  readonly record: GroupRecord;
}

/** A face of a group that the directory pushed; at a child, to its parent. */
export interface PushedGroup extends GroupBase {
  readonly origin: "scim";
  readonly record: DirectoryGroupRecord;
}

export type ResolvedGroup = LocalGroup | PushedGroup;

/** @returns null when the tenant has no such group, also for a face that the projection does not show */
export async function resolveGroup(
  tx: Transaction,
  connection: EffectiveConnection,
  id: GroupId,
): Promise<ResolvedGroup | null> {
  const face = parseFaceId(id);
  const pushed = face === undefined ? null : await pushedGroup(tx, connection, face);
  if (pushed !== null) return pushed;
  // What an unlinked child has kept has the id of the face that it was (R114).
  const local = await tx.localGroups.get(connection.tenant.id, id);
  return local === null ? null : localGroup(local);
}

async function pushedGroup(
  tx: Transaction,
  { root, settings }: EffectiveConnection,
  face: Face,
): Promise<PushedGroup | null> {
  const { directoryGroupId, kind } = face;
  if (!possibleFaces(settings.groupProjection).includes(kind)) return null;
  const record = await tx.groups.get(root.connectionId, directoryGroupId);
  return record === null ? null : { origin: "scim", id: faceId(face), name: record.displayName, kind, record };
}

export function localGroup(record: GroupRecord): LocalGroup {
  const { id, name, kind } = record;
  return { origin: "local", id, name, kind, record };
}

/**
 * Whether a membership of somebody of this kind is in effect in the group. One in a group of the other kind rests, and
 * counts again on the day the person is of that kind again: so a change of kind swaps the groups and loses none (R29).
 */
export function holdsMember(
  { origin, kind }: ResolvedGroup,
  memberKind: AccountKind,
  { settings }: EffectiveConnection,
): boolean {
  return kind === (origin === "local" ? memberKind : faceOfMember(settings.groupProjection, memberKind));
}
