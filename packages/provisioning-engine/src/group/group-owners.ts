/**
 * A directory takes nobody out of a group who is the last owner by it (I1).
 *
 * @module
 */
import { tenantLeftByWork } from "../account/last-owner.ts";
import type { Push } from "../sync/push.ts";
import { refusal } from "../sync/sync-failure.ts";

/**
 * @param work takes members out of a group, or the group away
 * @throws {SyncRefusal} `last_owner`
 */
export async function keepGroupOwners({ unit, connection }: Push, work: () => Promise<void>): Promise<void> {
  const tenant = await tenantLeftByWork(unit, connection, work);
  if (tenant === undefined) return;
  const where = tenant.id === connection.tenant.id ? "" : " of a project that inherits this connection";
  const detail = `The last active owner${where} is one by this group. Give another person the owner role first.`;
  throw refusal("last_owner", "forbidden", detail);
}
