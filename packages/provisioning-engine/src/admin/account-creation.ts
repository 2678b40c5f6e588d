/**
 * An account made by hand: nobody's but the tenant's until a connection links it.
 *
 * @module
 */
import { isManaged } from "../account/edit-policy.ts";
import { defaultRole } from "../account/role.ts";
import { seatLimitAdvice, takeSeat } from "../account/seats.ts";
import type { EffectiveConnection } from "../connection/effective-connection.ts";
import { ProvisioningError } from "../errors.ts";
import type { AccountId, AccountRecord, TenantRecord } from "../ports/index.ts";
import type { UnitOfWork } from "../unit-of-work.ts";
import type { NewAccount } from "./admin.ts";
import { newOverlay } from "./local-state.ts";
import { ensureWritten } from "./written.ts";

/**
 * @returns the id of the new account
 * @throws {ProvisioningError} `already_exists`, `seat_limit`; `invalid_request` for a reader with a role
 */
export async function createAccount(
  unit: UnitOfWork,
  connection: EffectiveConnection,
  wanted: NewAccount,
): Promise<AccountId> {
  const { kind, role, userName } = wanted;
  if (role !== undefined) requireUser(kind);
  await refuseInheritedName(unit, connection, userName);
  const record = newRecord(unit, connection, wanted);
  ensureWritten(await unit.tx.accounts.insert(record), nameTaken(userName));
  await seat(unit, connection, record);
  if (role !== undefined) {
    await unit.tx.overlays.put({ ...newOverlay(record.tenantId, record.id), role, updatedAt: unit.now });
  }
  await unit.emit({ tenantId: record.tenantId, type: "account.created", accountId: record.id });
  await unit.audit({
    tenantId: record.tenantId,
    action: "account.created",
    subject: { type: "account", id: record.id },
    after: { ...wanted },
  });
  return record.id;
}

/** A role is a user's. */
export function requireUser(kind: AccountRecord["kind"]): void {
  if (kind === "user") return;
  throw new ProvisioningError("invalid_request", "role: A reader has no role.", {
    hint: "Leave the role out, or make the account a user.",
  });
}

export function nameTaken(userName: string): string {
  return `The userName "${userName}" belongs to somebody else in this tenant.`;
}

/**
 * An active account needs a seat, at once: whoever makes it by hand is there to be told.
 *
 * @param previousKind the kind of the seat that it may give up for this one
 * @throws {ProvisioningError} `seat_limit`
 */
export async function seat(
  unit: UnitOfWork,
  connection: EffectiveConnection,
  account: Pick<AccountRecord, "id" | "kind" | "breakGlass">,
  previousKind?: AccountRecord["kind"],
): Promise<void> {
  const outcome = await takeSeat(unit, connection, account, "refuse", previousKind);
  if (outcome === "refused") throw noSeat(connection.tenant, account.kind);
}

function noSeat(tenant: TenantRecord, kind: AccountRecord["kind"]): ProvisioningError {
  return new ProvisioningError("seat_limit", `There is no ${kind} seat left.`, {
    hint: seatLimitAdvice(tenant, kind),
    facts: { kind, limit: tenant.seatLimits[kind] },
  });
}

/**
 * A child shows the people of its parent's connection: one of them may have the name already.
 *
 * @throws {ProvisioningError} `already_exists`
 */
export async function refuseInheritedName(
  { tx }: UnitOfWork,
  connection: EffectiveConnection,
  userName: string,
): Promise<void> {
  if (!connection.inherited) return;
  const inherited = await tx.accounts.byUserName(connection.root.tenant.id, userName);
  if (inherited === null || !isManaged(inherited, connection)) return;
  throw new ProvisioningError("already_exists", nameTaken(userName), { facts: { field: "userName" } });
}

function newRecord(
  { context, now }: UnitOfWork,
  { tenant, settings }: EffectiveConnection,
  { userName, email, name = userName, kind, breakGlass = false }: NewAccount,
): AccountRecord {
  return {
    tenantId: tenant.id,
    id: context.newId(),
    kind,
    userName,
    email: email ?? null,
    name,
    active: true,
    archived: false,
    provisionedRole: kind === "user" ? defaultRole(settings) : null,
    decidedRole: null,
    decidedContentRole: null,
    defaultsApplied: [],
    breakGlass,
    connectionId: null,
    directoryUserId: null,
    samlNameId: null,
    createdAt: now,
    updatedAt: now,
    version: 1,
  };
}
