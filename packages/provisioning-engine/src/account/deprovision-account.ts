/**
 * A person leaves the directory: the account stays, inactive, with role and content access (R51 to R60). Nothing that
 * arrives over SCIM deletes a profile (I6).
 *
 * @module
 */
import { announceMembers } from "../group/member-events.ts";
import type { AccountRecord, DirectoryUserId } from "../ports/index.ts";
import type { Push } from "../sync/push.ts";
import { changeAccount, type ProvisionedAccount } from "./change-account.ts";

/**
 * Deactivates the account of a resource that is deleted.
 *
 * @throws {SyncRefusal} `last_owner`, `conflict`
 */
export function deprovisionAccount(push: Push, account: AccountRecord): Promise<ProvisionedAccount> {
  return changeAccount(push, {
    before: account,
    after: { ...account, active: false },
    attributes: [],
    returned: false,
  });
}

/** Ends what the directory said about groups: a provider that creates the person again sends it again. */
export async function endMemberships(
  push: Push,
  userId: DirectoryUserId,
  account: AccountRecord | null,
): Promise<void> {
  const { unit, connection } = push;
  const { connectionId } = connection.root;
  const groupIds = account === null ? [] : await unit.tx.members.groupsOf(connectionId, userId, "inEffect");
  await unit.tx.members.removeUser(connectionId, userId);
  for (const groupId of groupIds) {
    const group = await unit.tx.groups.get(connectionId, groupId);
    if (group !== null && account !== null) await announceMembers(push, group, [account], "group.members_removed");
  }
}
