/**
 * `admin.groups`: local groups, what is local about provisioned ones, and local memberships.
 *
 * @module
 */
import type { EffectiveConnection } from "../connection/effective-connection.ts";
import { ProvisioningError } from "../errors.ts";
import { listGroups, readGroup } from "../group/group-view.ts";
import type { GroupId, TenantId, Transaction } from "../ports/index.ts";
import type { UnitOfWork } from "../unit-of-work.ts";
import { checked } from "../validation/checked.ts";
import type { Admin, GroupChange, NewGroup, Simulatable } from "./admin.ts";
import { auditSides, differences } from "./differences.ts";
import type { Tried } from "./explain-views.ts";
import { addLocalMember, removeLocalMember } from "./group-members.ts";
import { withLocalState, writeFaceState } from "./group-overlay.ts";
import { changeOrSimulate, type Operator, readTenant } from "./operator.ts";
import { guardGroupOwners } from "./owner-guard.ts";
import { deletePushedGroup, renamePushedGroup } from "./pushed-group.ts";
import { GROUP_CHANGE, NEW_GROUP, SIMULATION } from "./shapes.ts";
import type { GroupView } from "./views.ts";
import { ensureWritten } from "./written.ts";

export function groupOperations(operator: Operator): Admin["groups"] {
  /** A change that has nothing to show. */
  const change = async (
    tenant: TenantId,
    options: Simulatable = {},
    act: (unit: UnitOfWork, connection: EffectiveConnection) => Promise<void>,
  ): Promise<Tried> =>
    changeOrSimulate(operator, tenant, checked(SIMULATION, options), async (unit, connection) => {
      await act(unit, connection);
      return {};
    });
  return {
    list: (tenant) =>
      readTenant(operator, tenant, async (tx, connection) => ({
        items: await withLocalState(tx, connection, await listGroups(tx, connection)),
      })),
    create: async (tenant, input) => {
      const { simulate, ...wanted } = checked(NEW_GROUP, input);
      return changeOrSimulate(operator, tenant, { simulate }, async (unit, connection) => {
        const id = await createGroup(unit, connection, wanted);
        return existingGroup(unit.tx, connection, id);
      });
    },
    update: async (tenant, id, input) => {
      const { simulate, ...change } = checked(GROUP_CHANGE, input);
      return changeOrSimulate(operator, tenant, { simulate }, async (unit, connection) => {
        const before = await existingGroup(unit.tx, connection, id);
        await guardGroupOwners(unit, connection, () => updateGroup(unit, connection, before, change));
        return existingGroup(unit.tx, connection, id);
      });
    },
    delete: (tenant, id, options) =>
      change(tenant, options, async (unit, connection) => {
        const group = await existingGroup(unit.tx, connection, id);
        await guardGroupOwners(unit, connection, () => deleteGroup(unit, connection, group));
      }),
    addMember: (tenant, group, account, options) =>
      change(tenant, options, (unit, connection) => addLocalMember(unit, connection, group, account)),
    removeMember: (tenant, group, account, options) =>
      change(tenant, options, (unit, connection) =>
        guardGroupOwners(unit, connection, () => removeLocalMember(unit, connection, group, account)),
      ),
  };
}

async function existingGroup(tx: Transaction, connection: EffectiveConnection, id: GroupId): Promise<GroupView> {
  const group = await readGroup(tx, connection, id);
  if (group === null) throw noGroup(connection, id);
  const [view = group] = await withLocalState(tx, connection, [group]);
  return view;
}

function noGroup({ tenant }: EffectiveConnection, id: GroupId): ProvisioningError {
  return new ProvisioningError("not_found", `There is no group "${id}" in the tenant "${tenant.id}".`);
}

async function createGroup(
  unit: UnitOfWork,
  { tenant }: EffectiveConnection,
  { name, kind, role, contentAccess = null }: NewGroup,
): Promise<GroupId> {
  const id = unit.context.newId();
  const made = { name, kind, role: role ?? null, contentAccess };
  const group = { tenantId: tenant.id, id, ...made, createdAt: unit.now, version: 1 };
  ensureWritten(await unit.tx.localGroups.insert(group), nameTaken(name, kind));
  await unit.emit({ tenantId: tenant.id, type: "group.created", groupId: id, data: { group: { id, name } } });
  await unit.audit({ tenantId: tenant.id, action: "group.created", subject: { type: "group", id }, after: made });
  return id;
}

function nameTaken(name: string, kind: string): string {
  return `There is a ${kind} group "${name}" already.`;
}

async function updateGroup(
  unit: UnitOfWork,
  connection: EffectiveConnection,
  before: GroupView,
  change: GroupChange,
): Promise<void> {
  const { id } = before;
  const { id: tenantId } = connection.tenant;
  if (before.origin === "scim") {
    if (change.name !== undefined) await renamePushedGroup(unit, connection, before, change.name);
    await writeFaceState(unit, tenantId, id, change);
  } else await updateRecord(unit, connection, id, change);
  const after = await existingGroup(unit.tx, connection, id);
  const changes = differences(before, after, ["name", "role", "contentAccess"]);
  if (changes.length === 0) return;
  const group = { id, name: after.name };
  await unit.emit({ tenantId, type: "group.updated", groupId: id, data: { group, changes } });
  await unit.audit({ tenantId, action: "group.updated", subject: { type: "group", id }, ...auditSides(changes) });
}

async function updateRecord(
  { tx }: UnitOfWork,
  connection: EffectiveConnection,
  id: GroupId,
  { name, role, contentAccess }: GroupChange,
): Promise<void> {
  const record = await tx.localGroups.get(connection.tenant.id, id);
  if (record === null) throw noGroup(connection, id);
  const next = {
    ...record,
    name: name ?? record.name,
    role: role === undefined ? record.role : role,
    contentAccess: contentAccess === undefined ? record.contentAccess : contentAccess,
  };
  if (differences(record, next, ["name", "role", "contentAccess"]).length === 0) return;
  ensureWritten(await tx.localGroups.update({ ...next, version: record.version + 1 }), nameTaken(next.name, next.kind));
}

/** A provisioned group ends where it was made (R44). */
async function deleteGroup(unit: UnitOfWork, connection: EffectiveConnection, group: GroupView): Promise<void> {
  const { id, name, kind, role, contentAccess, origin } = group;
  const { id: tenantId } = connection.tenant;
  if (origin === "scim") await deletePushedGroup(unit, connection, group);
  else await unit.tx.localGroups.delete(tenantId, id);
  await forgetAsDefault(unit, connection, id);
  const before = { name, kind, role, contentAccess };
  await unit.emit({ tenantId, type: "group.deleted", groupId: id, data: { group: { id, name } } });
  await unit.audit({ tenantId, action: "group.deleted", subject: { type: "group", id }, before });
}

/** A group that is no more is nobody's default: a later push must not stumble over it. */
async function forgetAsDefault({ tx }: UnitOfWork, { id }: EffectiveConnection, groupId: GroupId): Promise<void> {
  const record = await tx.connections.get(id);
  if (record === null || record.settings === null) return;
  const { defaultUserGroups: users, defaultReaderGroups: readers } = record.settings;
  if (!users.includes(groupId) && !readers.includes(groupId)) return;
  const settings = {
    ...record.settings,
    defaultUserGroups: users.filter((other) => other !== groupId),
    defaultReaderGroups: readers.filter((other) => other !== groupId),
  };
  ensureWritten(await tx.connections.update({ ...record, settings, version: record.version + 1 }));
}
