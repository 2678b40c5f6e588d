/**
 * Who is in a group, whatever the source of the membership.
 *
 * @module
 */
import { findAccountRecords } from "../account/visible-accounts.ts";
import type { EffectiveConnection } from "../connection/effective-connection.ts";
import type { AccountId, AccountRecord, DirectoryGroupId, Transaction } from "../ports/index.ts";
import { accountFinder, type FindAccounts } from "./member-accounts.ts";
import { holdsMember, type ResolvedGroup } from "./resolve-group.ts";

/** The accounts that are in effect in a group. Both faces of one group cost one reading of its members. */
export type Census = (group: ResolvedGroup) => Promise<ReadonlySet<AccountId>>;

/** @returns a census for one transaction */
export function createCensus(tx: Transaction, connection: EffectiveConnection): Census {
  const find = accountFinder(tx, connection);
  let last: { readonly id: DirectoryGroupId; readonly members: readonly AccountRecord[] } | undefined;
  const pushedMembers = async (group: ResolvedGroup) => {
    if (group.origin === "local") return [];
    if (last?.id !== group.record.id) {
      last = { id: group.record.id, members: await readEffective(tx, connection, group.record.id, find) };
    }
    return last.members;
  };
  return async (group) => {
    const local = await tx.localGroups.membersOf(connection.tenant.id, group.id);
    const accountIds = [...new Set(local.map(({ accountId }) => accountId))];
    const members = [...(await pushedMembers(group)), ...(await findAccountRecords(tx, connection, accountIds))];
    return new Set(members.filter(({ kind }) => holdsMember(group, kind, connection)).map(({ id }) => id));
  };
}

const PAGE = 500;

async function readEffective(
  tx: Transaction,
  { root }: EffectiveConnection,
  groupId: DirectoryGroupId,
  find: FindAccounts,
): Promise<readonly AccountRecord[]> {
  const members: AccountRecord[] = [];
  let after: string | undefined;
  do {
    const page = await tx.members.effective(root.connectionId, groupId, { after, limit: PAGE });
    members.push(...(await find(page)));
    after = page.length < PAGE ? undefined : page.at(-1);
  } while (after !== undefined);
  return members;
}
