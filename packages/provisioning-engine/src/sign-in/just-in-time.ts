/**
 * Somebody whom the identity provider vouches for and nobody has provisioned: the connection decides (R100).
 *
 * @module
 */
import { addDefaultGroups } from "../account/default-groups.ts";
import { reportWaiting, takeSeat } from "../account/seats.ts";
import type { EffectiveConnection } from "../connection/effective-connection.ts";
import type { AccountRecord, SyncSubject } from "../ports/index.ts";
import { closeFailures } from "../sync/sync-failure.ts";
import type { UnitOfWork } from "../unit-of-work.ts";
import type { Person } from "./account-lookup.ts";

/**
 * A reader of this tenant, active or waiting for an admin to activate it, and managed by nobody.
 *
 * @returns null when the connection makes none, or when the name belongs to an account that this sign-in may not enter
 */
export async function createAtSignIn(
  unit: UnitOfWork,
  connection: EffectiveConnection,
  person: Person,
): Promise<AccountRecord | null> {
  const { jit } = connection.settings;
  if (jit === "deny") return null;
  const account = newReader(unit, connection, person);
  const inserted = await unit.tx.accounts.insert(account);
  if (!inserted.ok) return null;
  await closeFailures(unit, account.tenantId, newcomerSubject(person), ["validation"]);
  // Without a seat the account is pending (decision 5); to give it one is up to an admin.
  const seat = jit === "reader" ? await takeSeat(unit, connection, account, "wait") : "none";
  if (seat === "waiting") await reportWaiting(unit, connection, account, "create");
  await addDefaultGroups(unit.tx, connection, account);
  const { id, tenantId, kind, userName } = account;
  await unit.emit({ tenantId, type: "account.created", accountId: id });
  await unit.audit({
    tenantId,
    action: "account.created",
    subject: { type: "account", id },
    after: { kind, userName, seat },
  });
  return account;
}

/** Whom a failure is about that has no account: the name of the assertion. */
export function newcomerSubject({ nameId }: Person): SyncSubject {
  return { type: "User", key: nameId.toLowerCase(), label: nameId, id: null };
}

function newReader(
  { context, now }: UnitOfWork,
  { tenant }: EffectiveConnection,
  { nameId, nameIdKey, email, name }: Person,
): AccountRecord {
  return {
    tenantId: tenant.id,
    id: context.newId(),
    kind: "reader",
    userName: nameId,
    email,
    name: name ?? nameId,
    active: true,
    archived: false,
    provisionedRole: null,
    decidedRole: null,
    decidedContentRole: null,
    defaultsApplied: ["reader"],
    breakGlass: false,
    connectionId: null,
    directoryUserId: null,
    samlNameId: nameIdKey,
    createdAt: now,
    updatedAt: now,
    version: 1,
  };
}
