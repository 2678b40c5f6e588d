/**
 * Where a run begins: a family that is in use, so that each step finds somebody to act on.
 *
 * @module
 */
import { GROUP, memberOf, USER } from "./resources.ts";
import { ROOT, TEAM, type World } from "./world.ts";

export async function populate(world: World): Promise<void> {
  const admin = world.admin();
  await admin.tenants.update(ROOT, { seatLimits: { user: 3 } });
  await admin.accounts.create(ROOT, { userName: "olga", kind: "user", role: "Owner" });
  await admin.groups.create(ROOT, { name: "Group 0", kind: "user" });
  await admin.tenants.create({ id: "acme-docs", parent: ROOT, seatLimits: { user: 2 } });
  const ids: string[] = [];
  for (const [n, isTeamAccount] of [true, true, false].entries()) {
    const body = {
      schemas: [USER],
      userName: `person${n}@acme.test`,
      externalId: `external-${n}`,
      [TEAM]: { isTeamAccount },
    };
    const { body: created } = await world.push({ method: "POST", path: "/Users", body });
    ids.push((created as { readonly id: string }).id);
  }
  const body = { schemas: [GROUP], displayName: "Group 1", members: ids.slice(1).map(memberOf) };
  await world.push({ method: "POST", path: "/Groups", body });
  await world.drain();
}
