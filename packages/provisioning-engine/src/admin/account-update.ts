/**
 * A local edit of an account. What the directory owns is refused while it owns it; what is local goes to the overlay;
 * accounts made by hand are changed in their row.
 *
 * @module
 */
import { accountNews } from "../account/account-changes.ts";
import { readAccount } from "../account/account-view.ts";
import { LOCKED_FIELDS, ROLE_FIELDS } from "../account/edit-policy.ts";
import { defaultRole } from "../account/role.ts";
import { leaveSeat, refileWaiting } from "../account/seats.ts";
import type { EffectiveConnection } from "../connection/effective-connection.ts";
import { forgetSameName } from "../inheritance/same-name.ts";
import type { AccountRecord } from "../ports/index.ts";
import type { UnitOfWork } from "../unit-of-work.ts";
import { nameTaken, refuseInheritedName, requireUser, seat } from "./account-creation.ts";
import type { AccountChange } from "./admin.ts";
import { auditSides, differences } from "./differences.ts";
import { writeLocalState } from "./local-state.ts";
import { guardLocalChange, guardOwners } from "./owner-guard.ts";
import { managedByIdp, ownedByParent } from "./refusals.ts";
import type { Account } from "./views.ts";
import { ensureWritten } from "./written.ts";

/**
 * @param before the account as it is
 * @throws {ProvisioningError} `managed_by_idp`, `inherited_read_only`, `last_owner`, `seat_limit`, `already_exists`;
 *   `invalid_request` for a reader with a role
 */
export async function updateAccount(
  unit: UnitOfWork,
  connection: EffectiveConnection,
  before: Account,
  change: AccountChange,
): Promise<void> {
  const identityFields = LOCKED_FIELDS.filter((field) => change[field] !== undefined);
  const roleFields = ROLE_FIELDS.filter((field) => change[field] !== undefined);
  refuseLocked(connection, before, [...identityFields, ...roleFields]);
  if (typeof change.role === "string") requireUser(change.kind ?? before.kind);
  await guardLocalChange(unit, connection, before.id, change);
  if (identityFields.length > 0) await updateRecord(unit, connection, before, change);
  await writeLocalState(unit, connection.tenant.id, before.id, change);
  await tell(unit, connection, before);
}

function refuseLocked(connection: EffectiveConnection, { lockedFields }: Account, fields: readonly string[]): void {
  const locked = fields.filter((field) => lockedFields.includes(field));
  if (locked.length > 0) throw managedByIdp(connection, locked);
}

/** Only the tenant that has the row changes it: a child shows a person of its parent, and does not rename them. */
async function updateRecord(
  unit: UnitOfWork,
  connection: EffectiveConnection,
  { id, status }: Account,
  change: AccountChange,
): Promise<void> {
  const record = await unit.tx.accounts.get(connection.tenant.id, id);
  if (record === null) throw ownedByParent(connection);
  const next = changedRecord(record, change, connection, unit.now);
  const isApproved = change.status === "active" && status !== "active";
  if (!isApproved && differences(record, next, RECORDED).length === 0) return;
  if (change.userName !== undefined) await refuseInheritedName(unit, connection, change.userName);
  if (!next.active || next.kind === "reader") await guardOwners(unit, connection, record);
  ensureWritten(await unit.tx.accounts.update(next), nameTaken(next.userName));
  if (!next.active) await leaveSeat(unit, connection, next);
  else if (isApproved || (await movesSeat(unit, record, next))) await seat(unit, connection, next, record.kind);
  await refileWaiting(unit, connection, [record, next], "replace");
  if (next.userName !== record.userName) await forgetSameName(unit, connection, record);
  if (record.archived && !next.archived && !next.active) await auditStay(unit, next);
}

/** Of another kind, one needs another seat; whoever waits for an admin to let them in needs none yet. */
async function movesSeat({ tx }: UnitOfWork, before: AccountRecord, after: AccountRecord): Promise<boolean> {
  return before.kind !== after.kind && (await tx.seats.get(before.tenantId, before.id)) !== null;
}

/** Whoever was inactive because of an archived connection stays so now, whatever becomes of that. */
async function auditStay({ audit }: UnitOfWork, { tenantId, id }: AccountRecord): Promise<void> {
  const sides = { before: { archived: true }, after: { archived: false } };
  await audit({ tenantId, action: "account.updated", subject: { type: "account", id }, ...sides });
}

const RECORDED: readonly (keyof AccountRecord & string)[] = ["name", "userName", "email", "kind", "active", "archived"];

function changedRecord(
  record: AccountRecord,
  change: AccountChange,
  { settings }: EffectiveConnection,
  now: string,
): AccountRecord {
  const kind = change.kind ?? record.kind;
  return {
    ...record,
    kind,
    name: change.name ?? record.name,
    userName: change.userName ?? record.userName,
    email: change.email === undefined ? record.email : change.email,
    active: change.status === undefined ? record.active : change.status === "active",
    archived: change.status === undefined && record.archived,
    provisionedRole: record.provisionedRole ?? (kind === "user" ? defaultRole(settings) : null),
    updatedAt: now,
    version: record.version + 1,
  };
}

const TOLD: readonly (keyof Account & string)[] = [
  "name",
  "userName",
  "email",
  "kind",
  "status",
  "role",
  "contentRole",
  "contentAccess",
  "suspended",
];

/** Events and the audit entry of what became different; nothing when nothing did (I34). */
async function tell(unit: UnitOfWork, connection: EffectiveConnection, before: Account): Promise<void> {
  const { id: accountId } = before;
  const after = await readAccount(unit, connection, accountId);
  const changes = after === null ? [] : differences(before, after, TOLD);
  if (changes.length === 0) return;
  const { id: tenantId } = connection.tenant;
  for (const { type, changes: told } of accountNews(changes, [], false)) {
    await unit.emit({ tenantId, type, accountId, data: { changes: told } });
  }
  const subject = { type: "account", id: accountId };
  await unit.audit({ tenantId, action: "account.updated", subject, ...auditSides(changes) });
}
