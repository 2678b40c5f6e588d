/**
 * The background part of archiving and restoring: accounts are gone through in pages, by a cursor that moves in the
 * transaction of its page. A process that dies in between loses nothing and repeats nothing.
 *
 * @module
 */
import { readAccounts } from "../account/account-view.ts";
import { removePushedGroup } from "../admin/pushed-group.ts";
import { type EffectiveConnection, effectiveConnection } from "../connection/effective-connection.ts";
import type { EngineContext } from "../context.ts";
import { keepGroups } from "../inheritance/own-copy.ts";
import type { Actor, ConnectionArchive, TenantId } from "../ports/index.ts";
import { runUseCase, type UnitOfWork } from "../unit-of-work.ts";
import { type AccountFate, deactivate, detach, purge, reactivate } from "./account-fates.ts";
import { ARCHIVE, PEOPLE, REST, writeArchive } from "./archive-state.ts";

const PAGE = 100;

/** Goes on where it stands, to the end; nothing when nothing is under way. */
export async function settleArchive(context: EngineContext, tenantId: TenantId): Promise<void> {
  const useCase = { rootTenantId: tenantId, actor: ARCHIVIST, requestId: null };
  while (await runUseCase(context, useCase, (unit) => archivePage(unit, tenantId)));
}

/** In whose name it is done. */
export const ARCHIVIST: Actor = { type: "job", id: "archive" };

/**
 * One page of the job, if it is under way.
 *
 * @returns whether there is more
 */
export async function archivePage(unit: UnitOfWork, tenantId: TenantId): Promise<boolean> {
  const { changes } = unit.tx;
  const position = await changes.cursor(tenantId, ARCHIVE);
  if (position === null) return false;
  const connection = await effectiveConnection(unit.tx, tenantId);
  const { archive } = connection.settings;
  const next = archive === null ? undefined : await settlePage(unit, connection, archive, position);
  if (next !== undefined) await changes.advance(tenantId, ARCHIVE, next);
  else await finish(unit, connection, archive);
  return next !== undefined;
}

async function finish(
  unit: UnitOfWork,
  connection: EffectiveConnection,
  before: ConnectionArchive | null,
): Promise<void> {
  await unit.tx.changes.forget(connection.tenant.id, ARCHIVE);
  if (before === null) return;
  const archive: ConnectionArchive | null = before.state === "restoring" ? null : { ...before, state: "archived" };
  await writeArchive(unit, connection, archive, "connection.archive_settled");
}

/** @returns where to go on, or undefined at the end */
function settlePage(
  unit: UnitOfWork,
  connection: EffectiveConnection,
  archive: ConnectionArchive,
  position: string,
): Promise<string | undefined> {
  return position === REST
    ? settleRest(unit, connection, archive)
    : settlePeople(unit, connection, fateOf(archive), position.slice(PEOPLE.length));
}

function fateOf({ mode, state }: ConnectionArchive): AccountFate {
  if (state === "restoring") return reactivate;
  return { detachAccounts: detach, deactivateAccounts: deactivate, purge }[mode];
}

async function settlePeople(
  unit: UnitOfWork,
  connection: EffectiveConnection,
  fate: AccountFate,
  after: string,
): Promise<string> {
  const { id: connectionId, tenant } = connection;
  const slice = { ...(after === "" ? {} : { after }), limit: PAGE };
  const records = await unit.tx.accounts.find({ tenantId: tenant.id, connectionId, ...slice });
  const views = new Map((await readAccounts(unit, connection, records)).map((view) => [view.id, view]));
  for (const record of records) {
    const view = views.get(record.id);
    if (view !== undefined) await fate(unit, connection, record, view);
  }
  return records.length < PAGE ? REST : `${PEOPLE}${records.at(-1)?.id}`;
}

/** What is left when no account belongs to the connection any more; inactive people keep theirs. */
async function settleRest(
  unit: UnitOfWork,
  connection: EffectiveConnection,
  { mode, state }: ConnectionArchive,
): Promise<string | undefined> {
  if (state === "restoring") return undefined;
  if (await closeOpenFailures(unit, connection)) return REST;
  if (mode === "deactivateAccounts") return undefined;
  if (mode === "detachAccounts") return keepPushedGroups(unit, connection);
  const more = (await purgeGroups(unit, connection)) || (await purgeResources(unit, connection));
  return more ? REST : undefined;
}

/**
 * What the directory could not do it will not try again, and nothing else would end that it is listed. Detached people
 * who wait for a seat go on waiting.
 *
 * @returns whether there may be more
 */
async function closeOpenFailures({ tx, now }: UnitOfWork, { tenant }: EffectiveConnection): Promise<boolean> {
  const { user, reader } = await tx.seats.count(tenant.id);
  const limit = PAGE + user.waiting + reader.waiting;
  const open = await tx.failures.list(tenant.id, { open: true, limit });
  const moot = open.filter(({ cause, retry }) => cause !== "seat_limit" || retry !== null);
  for (const { subject, cause } of moot) await tx.failures.resolve(tenant.id, subject, now, [cause]);
  return moot.length > 0 && open.length === limit;
}

/** Faces become groups of the tenant before the groups behind them go: in one step, as nobody may see both. */
async function keepPushedGroups(unit: UnitOfWork, connection: EffectiveConnection): Promise<undefined> {
  const { groups } = unit.tx;
  await keepGroups(unit, connection);
  const query = { connectionId: connection.id, lookups: [], limit: PAGE };
  for (let page = await groups.find(query); page.length > 0; page = await groups.find(query)) {
    for (const group of page) await groups.delete(group.connectionId, group.id);
  }
}

/** @returns whether there may be more */
async function purgeGroups(unit: UnitOfWork, connection: EffectiveConnection): Promise<boolean> {
  const page = await unit.tx.groups.find({ connectionId: connection.id, lookups: [], limit: PAGE });
  for (const group of page) await removePushedGroup(unit, connection, group);
  return page.length === PAGE;
}

/** @returns whether there may be more */
async function purgeResources(
  { tx, context }: UnitOfWork,
  { id: connectionId }: EffectiveConnection,
): Promise<boolean> {
  for (const { name: type } of context.resourceTypes) {
    const page = await tx.resources.find({ connectionId, type, lookups: [], limit: PAGE });
    for (const { id } of page) await tx.resources.delete(connectionId, type, id);
    if (page.length === PAGE) return true;
  }
  return false;
}
