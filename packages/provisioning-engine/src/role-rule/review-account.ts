/**
 * A second look at somebody whose resource did not change, but what the rules make of it: the rules are others, or the
 * groups are. Nobody asked for it on the wire, so that what cannot be done is listed as a failure and stops nobody else.
 *
 * @module
 */
import { viewResource } from "@muster/scim-core";
import { decideKind } from "../account/account-kind.ts";
import { changeAccount, keepAnOwner } from "../account/change-account.ts";
import { planPlace } from "../account/plan-account.ts";
import { seatLimitAdvice, takeSeat } from "../account/seats.ts";
import type { EffectiveConnection } from "../connection/effective-connection.ts";
import type { AccountRecord, DirectoryUserRecord, SyncCause } from "../ports/index.ts";
import type { Push } from "../sync/push.ts";
import { shorten } from "../sync/quote.ts";
import { openFailure, SyncRefusal } from "../sync/sync-failure.ts";
import { accountSubject } from "../sync/sync-subject.ts";
import type { UnitOfWork } from "../unit-of-work.ts";
import { decidePerson } from "./decide-person.ts";
import type { RuleDecision } from "./evaluate-rules.ts";

/** Why somebody stays what they are. */
export interface Declined {
  readonly cause: SyncCause;
  readonly message: string;
}

/**
 * Brings kind, roles and groups of an account in line with the rules of now. Nothing happens to hand-made accounts.
 *
 * @returns why that cannot be, or null when it is done
 */
export async function reviewAccount(push: Push, account: AccountRecord): Promise<Declined | null> {
  const user = await directoryUser(push, account);
  if (user === null) return null;
  const plan = await planReview(push.unit, push.connection, account, user);
  try {
    await keepAnOwner(push, account, plan.after);
  } catch (error) {
    if (!(error instanceof SyncRefusal)) throw error;
    return report(push, account, { cause: error.reason, message: error.message });
  }
  if (!(await canTakeSeat(push, account, plan.after))) {
    const { kind } = plan.after;
    const message = `There is no ${kind} seat for ${shorten(account.userName)}. ${seatLimitAdvice(push.connection.tenant, kind)}`;
    return report(push, account, { cause: "seat_limit", message });
  }
  await changeAccount(push, { before: account, ...plan, attributes: [], returned: false });
  return null;
}

async function directoryUser(
  { unit, connection }: Push,
  { connectionId, directoryUserId }: AccountRecord,
): Promise<DirectoryUserRecord | null> {
  if (directoryUserId === null || connectionId !== connection.root.connectionId) return null;
  return unit.tx.users.get(connectionId, directoryUserId);
}

/** What the rules want of an account. */
export interface ReviewPlan {
  readonly after: AccountRecord;
  readonly groups: RuleDecision["groups"];
  readonly trace: RuleDecision["trace"];
}

/** Pure but for what it reads. */
export async function planReview(
  unit: Pick<UnitOfWork, "tx" | "context" | "now">,
  connection: EffectiveConnection,
  account: AccountRecord,
  { id, attributes, createdAt, modifiedAt }: DirectoryUserRecord,
): Promise<ReviewPlan> {
  const resource = { id, attributes, created: createdAt, lastModified: modifiedAt };
  const decision = await decidePerson(unit, connection, resource);
  const said = unit.context.classify(viewResource(attributes));
  const facts = { current: account.kind, said, saidBefore: said, ruled: decision.kind };
  const kind = decideKind(facts, connection.settings);
  return { after: planPlace(account, { kind, decision }, connection), groups: decision.groups, trace: decision.trace };
}

/** Taken now, so that nothing is written for somebody who stays what they are; taking it again changes nothing. */
async function canTakeSeat({ unit, connection }: Push, before: AccountRecord, after: AccountRecord): Promise<boolean> {
  if (!after.active || after.kind === before.kind || connection.settings.onSeatLimit !== "reject") return true;
  return (await takeSeat(unit, connection, after, "refuse", before.kind)) !== "refused";
}

async function report(
  { unit, connection, operation }: Push,
  account: AccountRecord,
  declined: Declined,
): Promise<Declined> {
  const subject = accountSubject(account);
  await openFailure(unit, { tenantId: connection.tenant.id, subject, operation, ...declined, retry: null });
  return declined;
}
