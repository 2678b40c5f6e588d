/**
 * "Auto assign reader group", which only configurations of old have (R94): a reader who was made by hand gets the default
 * reader groups at the first sign-in, once like everybody (I40).
 *
 * @module
 */
import { addDefaultGroups } from "../account/default-groups.ts";
import type { EffectiveConnection } from "../connection/effective-connection.ts";
import type { AccountRecord } from "../ports/index.ts";
import type { UnitOfWork } from "../unit-of-work.ts";

/** @returns the account as it is stored now */
export async function assignLegacyGroups(
  unit: UnitOfWork,
  connection: EffectiveConnection,
  account: AccountRecord,
): Promise<AccountRecord> {
  const { id, kind, defaultsApplied, tenantId } = account;
  const isDue = kind === "reader" && !defaultsApplied.includes(kind) && tenantId === connection.tenant.id;
  if (!connection.settings.legacyAutoAssignReaderGroups || !isDue) return account;
  await addDefaultGroups(unit.tx, connection, account);
  const next = {
    ...account,
    defaultsApplied: [...defaultsApplied, kind],
    updatedAt: unit.now,
    version: account.version + 1,
  };
  await unit.tx.accounts.update(next);
  await unit.audit({
    tenantId,
    action: "account.default_groups_given",
    subject: { type: "account", id },
    after: { groups: connection.settings.defaultReaderGroups },
  });
  return next;
}
