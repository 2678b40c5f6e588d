/**
 * A child may have an account of its own under the name of somebody whom it inherits. No unique key can refuse that: the
 * two are rows of two tenants. Who of them is meant is for a person to decide; until then it is a failure of the child
 * (R64), and the parent's answer stays what it is (I29).
 *
 * @module
 */
import type { EffectiveConnection } from "../connection/effective-connection.ts";
import type { AccountRecord } from "../ports/index.ts";
import { quote } from "../sync/quote.ts";
import { closeFailures, openFailure } from "../sync/sync-failure.ts";
import { accountSubject, namedSubject } from "../sync/sync-subject.ts";
import type { UnitOfWork } from "../unit-of-work.ts";

/** Lists an inherited account whose name the child has too; a failure that is listed already stays as it is. */
export async function fileSameName(
  unit: UnitOfWork,
  child: EffectiveConnection,
  account: AccountRecord,
): Promise<void> {
  const { id: tenantId } = child.tenant;
  const own = await unit.tx.accounts.byUserName(tenantId, account.userName);
  if (own === null) return;
  const subject = accountSubject(account);
  const message = sameName(account);
  await openFailure(unit, { tenantId, subject, operation: "inherit", cause: "duplicate", message, retry: null });
}

function sameName({ userName }: AccountRecord): string {
  return (
    `This project has an account of its own with the name ${quote(userName)}, and inherits another. ` +
    "Rename or delete the one that is its own, or rename the other in the directory."
  );
}

/** After either of the two got another name, or went away. */
export async function forgetSameName(
  unit: UnitOfWork,
  child: EffectiveConnection,
  { userName }: Pick<AccountRecord, "userName">,
): Promise<void> {
  if (!child.inherited) return;
  await closeFailures(unit, child.tenant.id, namedSubject("User", userName), ["duplicate"]);
}
