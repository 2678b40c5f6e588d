/**
 * Inactive people no longer keep their seats: at the tenant whose connection says so, and at its children.
 *
 * @module
 */
import { releaseSeat } from "../account/seats.ts";
import { type EffectiveConnection, effectiveConnection } from "../connection/effective-connection.ts";
import type { AccountQuery, TenantId } from "../ports/index.ts";
import type { UnitOfWork } from "../unit-of-work.ts";

const PAGE = 100;

/** Gives their seats to those who wait. In the transaction of the change, as with other limits; a page at a time. */
export async function releaseInactive(unit: UnitOfWork, tenantId: TenantId): Promise<void> {
  for (const { id } of [{ id: tenantId }, ...(await unit.tx.tenants.children(tenantId))]) {
    const connection = await effectiveConnection(unit.tx, id);
    const { tenant, connectionId } = connection.root;
    await releaseAll(unit, connection, { tenantId: id });
    if (connection.inherited) await releaseAll(unit, connection, { tenantId: tenant.id, connectionId });
  }
}

async function releaseAll(
  unit: UnitOfWork,
  connection: EffectiveConnection,
  whom: Pick<AccountQuery, "tenantId" | "connectionId">,
): Promise<void> {
  let after: string | undefined;
  do {
    const page = await unit.tx.accounts.find({ ...whom, active: false, after, limit: PAGE });
    const ids = page.map(({ id }) => id);
    const seats = ids.length === 0 ? [] : await unit.tx.seats.getMany(connection.tenant.id, ids);
    const holders = new Set(seats.map(({ accountId }) => accountId));
    for (const account of page) if (holders.has(account.id)) await releaseSeat(unit, connection, account);
    after = page.length < PAGE ? undefined : page.at(-1)?.id;
  } while (after !== undefined);
}
