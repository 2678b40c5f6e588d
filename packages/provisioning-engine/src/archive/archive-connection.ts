/**
 * A connection is archived, not deleted: from one moment on nothing is pushed to it and nobody signs in through it. What
 * becomes of its accounts is the choice of whoever archives it; it happens in the background (`archive-job.ts`), so that
 * a connection of any size is archived at once. Owns the state of an archived connection; never touches its accounts.
 *
 * @module
 */

import type { Reader } from "../account/group-role.ts";
import { activeOwners } from "../account/last-owner.ts";
import type { ArchiveOptions } from "../admin/admin.ts";
import { type EffectiveConnection, effectiveConnection } from "../connection/effective-connection.ts";
import { ProvisioningError } from "../errors.ts";
import { listGroups } from "../group/group-view.ts";
import type { ConnectionArchive, TenantRecord, Transaction } from "../ports/index.ts";
import type { UnitOfWork } from "../unit-of-work.ts";
import { beginArchiveJob, restorableUntil, writeArchive } from "./archive-state.ts";

/**
 * Everything that speaks against it, before anything is done.
 *
 * @throws {ProvisioningError} `inherited_read_only`, `conflict`, `parent_has_children`, `invalid_request`, `last_owner`
 */
export async function requireArchivable(
  reader: Reader,
  connection: EffectiveConnection,
  { mode, children: choice }: ArchiveOptions,
): Promise<void> {
  if (connection.inherited) throw inherited(connection);
  const { archive } = connection.settings;
  if (archive !== null && archive.state !== "archived") throw underWay(archive);
  const { tx } = reader;
  const children = await tx.tenants.children(connection.tenant.id);
  if (children.length > 0) requireChoice(connection, children, mode, choice);
  if (mode === "detachAccounts") return refuseSameNames(tx, connection);
  const concerned = choice === "cascade" ? children : [];
  await requireOwnersBeyond(reader, [
    connection,
    ...(await Promise.all(concerned.map(({ id }) => effectiveConnection(tx, id)))),
  ]);
}

/**
 * Archives a connection that nothing speaks against. Archived in another mode already, it goes on with the new one.
 *
 * @throws {ProvisioningError} as `requireArchivable`
 */
export async function archiveConnection(
  unit: UnitOfWork,
  connection: EffectiveConnection,
  options: ArchiveOptions,
): Promise<void> {
  const { mode } = options;
  const { archive: before } = connection.settings;
  if (before?.state === "archived" && before.mode === mode) return;
  await requireArchivable(unit, connection, options);
  const archive: ConnectionArchive = { mode, state: "archiving", by: unit.actor.id, at: before?.at ?? unit.now };
  await revokeCredentials(unit.tx, connection);
  await writeArchive(unit, connection, archive, "connection.archived");
  await beginArchiveJob(unit.tx, connection.tenant.id);
}

/**
 * Opens an archived connection again, within the time that the host gives. SCIM stays off: switching it on is a decision
 * of its own.
 *
 * @throws {ProvisioningError} `inherited_read_only`, `conflict` unless the connection is archived, `restore_expired`
 */
export async function restoreConnection(unit: UnitOfWork, connection: EffectiveConnection): Promise<void> {
  if (connection.inherited) throw inherited(connection);
  const { archive: before } = connection.settings;
  if (before === null) throw new ProvisioningError("conflict", "The connection is not archived.");
  if (before.state !== "archived") throw underWay(before);
  refuseExpired(unit, before);
  const returns = before.mode === "deactivateAccounts";
  const archive: ConnectionArchive | null = returns ? { ...before, state: "restoring" } : null;
  await writeArchive(unit, connection, archive, "connection.restored");
  if (returns) await beginArchiveJob(unit.tx, connection.tenant.id);
}

function refuseExpired({ context, now }: UnitOfWork, archive: ConnectionArchive): void {
  const until = restorableUntil(archive, context.restoreDays);
  if (until === null || now < until) return;
  throw new ProvisioningError("restore_expired", "The connection was archived too long ago to be restored.", {
    hint: "Archive it in another mode to detach or purge its accounts; how long it can be restored is the host's setting.",
    facts: { archivedAt: archive.at, restorableUntil: until },
  });
}

function inherited({ root }: EffectiveConnection): ProvisioningError {
  const owner = root.tenant.id;
  return new ProvisioningError("inherited_read_only", `The connection is inherited from "${owner}".`, {
    hint: `Unlink this tenant, or archive the connection at "${owner}".`,
    facts: { tenant: owner },
  });
}

function underWay({ state }: ConnectionArchive): ProvisioningError {
  return new ProvisioningError("conflict", `The connection is ${state}: its accounts are being gone through.`, {
    hint: "Ask for the connection until that is done, and try again.",
    facts: { state },
  });
}

/** R113, I31: nobody loses a connection that they inherit without somebody's choice. */
function requireChoice(
  { tenant }: EffectiveConnection,
  children: readonly TenantRecord[],
  mode: ArchiveOptions["mode"],
  choice: ArchiveOptions["children"],
): void {
  const facts = { children: children.map(({ id }) => id) };
  if (choice === undefined) {
    throw new ProvisioningError("parent_has_children", `${children.length} tenants inherit from "${tenant.id}".`, {
      hint: 'Say what becomes of them, with children: "detach" or "cascade"; or unlink them first.',
      facts,
    });
  }
  if (choice === "detach" || mode !== "detachAccounts") return;
  throw new ProvisioningError(
    "invalid_request",
    "children: People who are left to the parent are no longer inherited.",
    {
      hint: 'With detachAccounts, choose children: "detach".',
      facts,
    },
  );
}

/** I1: whoever archives a connection can still sign in afterwards, everywhere. */
async function requireOwnersBeyond(reader: Reader, connections: readonly EffectiveConnection[]): Promise<void> {
  for (const connection of connections) {
    const owners = await activeOwners(reader, connection);
    if (owners.length === 0 || owners.some(({ managedBy }) => managedBy === null)) continue;
    const { id: tenant } = connection.tenant;
    throw new ProvisioningError("last_owner", `All owners of the tenant "${tenant}" came with this connection.`, {
      hint: "Give somebody the owner role whose account was made by hand first.",
      facts: { tenant },
    });
  }
}

/** A pushed group becomes the tenant's own, under its name. */
async function refuseSameNames(tx: Transaction, connection: EffectiveConnection): Promise<void> {
  const key = ({ kind, name }: { readonly kind: string; readonly name: string }) => `${kind} ${name.toLowerCase()}`;
  const own = new Set((await tx.localGroups.list(connection.tenant.id)).map(key));
  const groups = await listGroups(tx, connection);
  const clash = groups.find((group) => group.origin === "scim" && own.has(key(group)));
  if (clash === undefined) return;
  throw new ProvisioningError("conflict", `The tenant has a group of its own with the name "${clash.name}".`, {
    hint: "Rename or delete that group first: the pushed one would become the tenant's own too.",
    facts: { group: clash.name },
  });
}

async function revokeCredentials({ credentials }: Transaction, { id }: EffectiveConnection): Promise<void> {
  for (const credential of await credentials.list(id)) await credentials.delete(id, credential.id);
}
