/**
 * A pushed group while SCIM is off: unlocked, and the root tenant's to rename and delete (R48).
 *
 * @module
 */

import type { EffectiveConnection } from "../connection/effective-connection.ts";
import { isScimOpen } from "../connection/new-settings.ts";
import { ProvisioningError } from "../errors.ts";
import { faceId, parseFaceId, possibleFaces } from "../group/group-projection.ts";
import { forgetFaces } from "../group/provision-group.ts";
import type { DirectoryGroupRecord, GroupId, TenantId } from "../ports/index.ts";
import { closeFailures } from "../sync/sync-failure.ts";
import { groupSubject } from "../sync/sync-subject.ts";
import type { UnitOfWork } from "../unit-of-work.ts";
import { managedByIdp, ownedByParent } from "./refusals.ts";
import type { GroupView } from "./views.ts";
import { ensureWritten } from "./written.ts";

/** @throws {ProvisioningError} `managed_by_idp` while SCIM is on, `inherited_read_only` at a child, `already_exists` */
export async function renamePushedGroup(
  unit: UnitOfWork,
  connection: EffectiveConnection,
  { id }: GroupView,
  name: string,
): Promise<void> {
  const group = await unlocked(unit, connection, id, "name");
  if (group.displayName === name) return;
  const attributes = { ...group.attributes, displayName: name };
  const next = { ...group, displayName: name, attributes, modifiedAt: unit.now, version: group.version + 1 };
  ensureWritten(await unit.tx.groups.update(next), `There is a pushed group "${name}" already.`);
  await tellOthers(unit, connection, id, name, "group.updated");
}

/** @throws {ProvisioningError} `managed_by_idp` while SCIM is on, `inherited_read_only` at a child */
export async function deletePushedGroup(
  unit: UnitOfWork,
  connection: EffectiveConnection,
  { id, name }: GroupView,
): Promise<void> {
  const group = await unlocked(unit, connection, id, "deletion");
  await forgetGroup(unit, connection, group);
  await tellOthers(unit, connection, id, name, "group.deleted");
}

/** With the connection that pushed it; everybody who knows it is told. */
export async function removePushedGroup(
  unit: UnitOfWork,
  connection: EffectiveConnection,
  group: DirectoryGroupRecord,
): Promise<void> {
  const { id, displayName } = group;
  await forgetGroup(unit, connection, group);
  await tellOthers(unit, connection, id, displayName, "group.deleted");
  await unit.audit({
    tenantId: connection.tenant.id,
    action: "group.deleted",
    subject: { type: "group", id },
    before: { displayName },
  });
}

async function forgetGroup(
  unit: UnitOfWork,
  connection: EffectiveConnection,
  group: DirectoryGroupRecord,
): Promise<void> {
  const { connectionId, id } = group;
  await unit.tx.groups.delete(connectionId, id);
  await closeFailures(unit, connection.tenant.id, groupSubject(group));
  for (const tenantId of await familyOf(unit, connection)) await forgetFaces(unit.tx, tenantId, id);
}

async function unlocked(
  { tx }: UnitOfWork,
  connection: EffectiveConnection,
  id: GroupId,
  what: string,
): Promise<DirectoryGroupRecord> {
  if (isScimOpen(connection.settings)) throw managedByIdp(connection, [what]);
  if (connection.inherited) throw ownedByParent(connection);
  const face = parseFaceId(id);
  const group = face === undefined ? null : await tx.groups.get(connection.id, face.directoryGroupId);
  if (group === null) throw new ProvisioningError("not_found", `There is no group "${id}".`);
  return group;
}

/** The tenant, and the children that show its groups. */
async function familyOf({ tx }: UnitOfWork, { tenant }: EffectiveConnection): Promise<readonly TenantId[]> {
  return [tenant.id, ...(await tx.tenants.children(tenant.id)).map(({ id }) => id)];
}

/** The group is one: whoever knows it by another face, or at a child, is told too. */
async function tellOthers(
  unit: UnitOfWork,
  connection: EffectiveConnection,
  known: GroupId,
  name: string,
  type: "group.updated" | "group.deleted",
): Promise<void> {
  for (const tenantId of await familyOf(unit, connection)) {
    for (const id of facesOf(connection, known)) {
      const told = tenantId === connection.tenant.id && id === known;
      if (!told) await unit.emit({ tenantId, type, groupId: id, data: { group: { id, name } } });
    }
  }
}

function facesOf({ settings }: EffectiveConnection, id: GroupId): readonly GroupId[] {
  const directoryGroupId = parseFaceId(id)?.directoryGroupId ?? id;
  const kinds = possibleFaces(settings.groupProjection).filter((kind) => kind !== undefined);
  return kinds.map((kind) => faceId({ directoryGroupId, kind }));
}
