/**
 * Who is looked at again when rules or groups change: few people in the transaction of the change, many by a pass over
 * everybody in the background. The pass has a cursor in the store: it goes on where a process died, and a new reason to
 * look begins it again.
 *
 * @module
 */
import { effectiveConnection } from "../connection/effective-connection.ts";
import type { EngineContext } from "../context.ts";
import { accountFinder } from "../group/member-accounts.ts";
import type { AccountId, AccountRecord, Actor, DirectoryUserId, TenantId, Transaction } from "../ports/index.ts";
import type { Push } from "../sync/push.ts";
import { runUseCase, type UnitOfWork } from "../unit-of-work.ts";
import { asksForGroups } from "./decide-person.ts";
import { type Declined, reviewAccount } from "./review-account.ts";

/** The cursor of the pass over a tenant's accounts: the last one that was looked at. It exists while a pass is due. */
const REVIEW = "role-review";

/** Up to so many people are looked at in the transaction that gives the reason. */
const AT_ONCE = 100;
const PAGE = 100;

/**
 * Asks for a pass over everybody; one that is under way begins again. Wake the feed of the tenant afterwards.
 *
 * @param after the id of the last account that is passed over; the pass leaves nobody out without it
 */
export function requestReview({ changes }: Transaction, tenantId: TenantId, after: AccountId = ""): Promise<void> {
  return changes.advance(tenantId, REVIEW, after);
}

/** Whether somebody has yet to be looked at. */
export async function isReviewDue({ changes }: Transaction, tenantId: TenantId): Promise<boolean> {
  return (await changes.cursor(tenantId, REVIEW)) !== null;
}

/** After the groups of people changed, whom rules may ask for them. */
export async function reviewMembers(push: Push, userIds: readonly DirectoryUserId[]): Promise<void> {
  const { unit, connection } = push;
  if (userIds.length === 0 || !connection.settings.groupSync || !asksForGroups(connection.settings.roleMapping)) return;
  if (userIds.length > AT_ONCE) return requestReview(unit.tx, connection.tenant.id);
  for (const account of await accountFinder(unit.tx, connection)(userIds)) await reviewAccount(push, account);
}

/** The first of those in effect in a group: all of them, unless there are too many to look at once. */
export function affectedMembers({ unit, connection }: Push, groupId: string): Promise<readonly DirectoryUserId[]> {
  return unit.tx.members.effective(connection.root.connectionId, groupId, { limit: AT_ONCE + 1 });
}

/** Goes through a tenant's people if a pass is due, one transaction for each page. */
export async function runReview(context: EngineContext, tenantId: TenantId): Promise<void> {
  const useCase = { rootTenantId: tenantId, actor: REVIEWER, requestId: null };
  while (await runUseCase(context, useCase, (unit) => reviewPage(unit, tenantId)));
}

/** In whose name people are looked at again. */
export const REVIEWER: Actor = { type: "job", id: "role-rules" };

/**
 * One page of the pass, if one is due.
 *
 * @param onReviewed hears of each, with why those stay what they are who do
 * @returns whether there is more
 */
export async function reviewPage(
  unit: UnitOfWork,
  tenantId: TenantId,
  onReviewed: (account: AccountRecord, declined: Declined | null) => void = () => {},
): Promise<boolean> {
  const { changes, accounts } = unit.tx;
  const position = await changes.cursor(tenantId, REVIEW);
  if (position === null) return false;
  const connection = await effectiveConnection(unit.tx, tenantId);
  const { connectionId } = connection.root;
  const page = await accounts.find({ tenantId, connectionId, after: position || undefined, limit: PAGE });
  const push: Push = { unit, connection, operation: "patch", txn: unit.context.newId(), about: () => {} };
  for (const account of page) onReviewed(account, await reviewAccount(push, account));
  const last = page.at(-1)?.id;
  const more = page.length === PAGE && last !== undefined;
  if (more) await changes.advance(tenantId, REVIEW, last);
  else await changes.forget(tenantId, REVIEW);
  return more;
}
