/**
 * A row of the feed as the event that a listener gets.
 *
 * @module
 */
import { readAccount } from "../account/account-view.ts";
import type { Reader } from "../account/group-role.ts";
import type { EffectiveConnection } from "../connection/effective-connection.ts";
import type { EventName, ProvisioningEvents } from "../events.ts";
import type { ChangeRecord } from "../ports/index.ts";

/**
 * Reads what the event shows of the current state.
 *
 * @returns undefined when the account is gone since: there is nothing left to tell about it
 */
export async function readEvent(
  reader: Reader,
  connection: EffectiveConnection,
  change: ChangeRecord,
): Promise<ProvisioningEvents[EventName] | undefined> {
  const { id, at, actor, tenantId: tenant } = change;
  const base = { id, at, actor, tenant, type: change.type };
  const data = (change.data ?? {}) as object;
  if (!change.type.startsWith("account.") || change.type === "account.deleted") {
    return { ...data, ...base, ...(change.accountId === null ? {} : { accountId: change.accountId }) } as never;
  }
  const account = change.accountId === null ? null : await readAccount(reader, connection, change.accountId);
  return account === null ? undefined : ({ changes: [], ...data, ...base, account } as never);
}
