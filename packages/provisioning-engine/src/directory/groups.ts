/**
 * Writes of Groups. Members never pass through the attributes: they arrive as changes.
 *
 * @module
 */
import {
  type Attributes,
  type AttributeValue,
  equalAttributes,
  type MembershipDelta,
  type Precondition,
} from "@muster/scim-core";
import { deleteGroup, insertGroup, updateGroup } from "../group/provision-group.ts";
import type { DirectoryGroupId, DirectoryGroupRecord } from "../ports/index.ts";
import type { Push, Pushed } from "../sync/push.ts";
import { groupSubject, newSubject } from "../sync/sync-subject.ts";
import { splitMembers } from "./group-resource.ts";
import { ensureKeyLengths } from "./key-length.ts";
import { notFound } from "./not-found.ts";
import { ensurePrecondition } from "./precondition.ts";

/**
 * @throws {ScimError} `invalidValue`
 * @throws {SyncRefusal} `duplicate`, `unknown_member`
 */
export async function createGroup(push: Push, sent: Attributes): Promise<Pushed<DirectoryGroupRecord>> {
  push.about(newSubject("Group", sent));
  const { attributes, members } = splitMembers(sent);
  ensureGroupKeys(attributes);
  const { group, changed, closes } = await insertGroup(push, attributes, members);
  push.about(groupSubject(group));
  return { result: group, changed, closes };
}

/** What a write makes of a group. */
export interface GroupChange {
  /** The attributes after the write, without members; `current` itself when nothing of them changes. */
  attributes(current: Attributes): Attributes;
  readonly membership: readonly MembershipDelta[];
}

/**
 * @throws {ScimError} `notFound`, `preconditionFailed`, and what `change` throws
 * @throws {SyncRefusal} `duplicate`, `unknown_member`, `conflict`
 */
export async function changeGroup(
  push: Push,
  id: DirectoryGroupId,
  precondition: Precondition | undefined,
  change: GroupChange,
): Promise<Pushed<DirectoryGroupRecord>> {
  const group = await loadGroup(push, id, precondition);
  const next = change.attributes(group.attributes);
  const attributes = equalAttributes(next, group.attributes) ? group.attributes : next;
  ensureGroupKeys(attributes);
  const updated = await updateGroup(push, group, { attributes, membership: change.membership });
  const { group: result, changed, closes, members } = updated;
  push.about(groupSubject(result));
  return { result, changed, closes, members };
}

/** @throws {ScimError} `notFound`, `preconditionFailed` */
export async function removeGroup(
  push: Push,
  id: DirectoryGroupId,
  precondition: Precondition | undefined,
): Promise<Pushed<undefined>> {
  await deleteGroup(push, await loadGroup(push, id, precondition));
  return { result: undefined, changed: true };
}

function ensureGroupKeys({ displayName, externalId }: Attributes): void {
  const text = (value: AttributeValue | undefined) => (typeof value === "string" ? value : null);
  ensureKeyLengths({ displayName: [text(displayName)], externalId: [text(externalId)] });
}

async function loadGroup(
  push: Push,
  id: DirectoryGroupId,
  precondition: Precondition | undefined,
): Promise<DirectoryGroupRecord> {
  const group = await push.unit.tx.groups.get(push.connection.root.connectionId, id);
  if (group === null) throw notFound("Group", id);
  push.about(groupSubject(group));
  ensurePrecondition(precondition, group.version);
  return group;
}
