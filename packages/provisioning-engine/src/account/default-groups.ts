/**
 * Default groups: user groups for users, reader groups for readers (R27, R29), given once per kind (I40).
 *
 * @module
 */
import type { EffectiveConnection } from "../connection/effective-connection.ts";
import { resolveGroup } from "../group/resolve-group.ts";
import type { AccountRecord, Transaction } from "../ports/index.ts";

/** Adds an account to the default groups of its kind. A group that is gone since it was chosen is passed over. */
export async function addDefaultGroups(
  tx: Transaction,
  connection: EffectiveConnection,
  { id: accountId, kind }: AccountRecord,
): Promise<void> {
  const { settings, tenant } = connection;
  const groupIds = kind === "user" ? settings.defaultUserGroups : settings.defaultReaderGroups;
  for (const groupId of groupIds) {
    if ((await resolveGroup(tx, connection, groupId)) === null) continue;
    await tx.localGroups.addMember({ tenantId: tenant.id, groupId, accountId, source: "default" });
  }
}
