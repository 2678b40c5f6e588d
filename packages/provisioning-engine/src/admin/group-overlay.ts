/**
 * What is local to a tenant about a provisioned group. A face has no row of its own (decision 2): role and content
 * access lie in an overlay under its id, as those of people do (decision 4, R47).
 *
 * @module
 */
import { defaultRole } from "../account/role.ts";
import type { EffectiveConnection } from "../connection/effective-connection.ts";
import type { GroupId, TenantId, Transaction } from "../ports/index.ts";
import type { UnitOfWork } from "../unit-of-work.ts";
import type { GroupChange } from "./admin.ts";
import { writeLocalState } from "./local-state.ts";
import type { GroupView } from "./views.ts";

/** Lays over each face what the tenant has added to it. A default group without a role has the default one (R28). */
export async function withLocalState(
  tx: Transaction,
  { tenant, settings }: EffectiveConnection,
  groups: readonly GroupView[],
): Promise<readonly GroupView[]> {
  const faces = groups.filter(({ origin }) => origin === "scim").map(({ id }) => id);
  const overlays = new Map((await tx.overlays.getMany(tenant.id, faces)).map((row) => [row.accountId, row]));
  return groups.map((group) => {
    const { role, contentAccess } = overlays.get(group.id) ?? group;
    const isDefault = group.kind === "user" && settings.defaultUserGroups.includes(group.id);
    return { ...group, role: role ?? (isDefault ? defaultRole(settings) : null), contentAccess };
  });
}

export function writeFaceState(
  unit: UnitOfWork,
  tenantId: TenantId,
  id: GroupId,
  { role, contentAccess }: GroupChange,
): Promise<void> {
  return writeLocalState(unit, tenantId, id, { role, contentAccess });
}
