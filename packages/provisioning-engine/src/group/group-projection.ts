/**
 * Faces of pushed groups: computed, never stored (decision 2). A directory has just groups; the product has user groups
 * and reader groups, and one pushed group shows up to two of them, with the same name (R35).
 *
 * @module
 */
import type { AccountKind, ConnectionSettings, DirectoryGroupId, GroupId } from "../ports/index.ts";

type Projection = ConnectionSettings["groupProjection"];

/** A face, by the group behind it. */
export interface Face {
  readonly directoryGroupId: DirectoryGroupId;
  readonly kind: AccountKind;
}

export function faceId({ directoryGroupId, kind }: Face): GroupId {
  return `${directoryGroupId}.${kind}`;
}

/** @returns undefined for the id of a local group */
export function parseFaceId(id: GroupId): Face | undefined {
  const dot = id.lastIndexOf(".");
  const kind = id.slice(dot + 1);
  if (dot < 1 || (kind !== "user" && kind !== "reader")) return undefined;
  return { directoryGroupId: id.slice(0, dot), kind };
}

/** The face that a member of this kind belongs to. */
export function faceOfMember(projection: Projection, memberKind: AccountKind): AccountKind {
  return projection === "byMember" ? memberKind : projection;
}

/** Faces that a group may have; the first is always there, the second as soon as it has a member. */
export function possibleFaces(projection: Projection): readonly [AccountKind, ...AccountKind[]] {
  return projection === "byMember" ? ["reader", "user"] : [projection];
}
