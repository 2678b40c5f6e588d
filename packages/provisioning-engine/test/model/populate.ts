/**
 * Where a run begins: a family that is in use, so that each step finds somebody to act on.
 *
 * @module
 */
import fc from "fast-check";
import { GROUP, memberOf, PATCH, USER } from "./resources.ts";
import { ROOT, TEAM, type World } from "./world.ts";

const CHILD = "acme-docs";

/** How runs differ before their first step. */
export interface Beginning {
  /** Whether a person left who kept the seat. */
  readonly inactiveHoldsSeat: boolean;
  /** How many wait for a seat. */
  readonly queue: number;
  /** Whether there is an account for emergencies. */
  readonly breakGlass: boolean;
  readonly readerSeats: number | null;
  readonly jit: "deny" | "reader" | "pending";
  /** Where somebody is suspended whom the directory calls active. */
  readonly suspendedAt: string | undefined;
}

export const beginnings: fc.Arbitrary<Beginning> = fc.record({
  inactiveHoldsSeat: fc.boolean(),
  queue: fc.nat({ max: 2 }),
  breakGlass: fc.boolean(),
  readerSeats: fc.option(fc.constant(1)),
  jit: fc.constantFrom("deny", "reader", "pending"),
  suspendedAt: fc.constantFrom(undefined, ROOT, CHILD),
});

export async function populate(world: World, beginning: Beginning): Promise<void> {
  const { inactiveHoldsSeat, queue, breakGlass, readerSeats, jit, suspendedAt } = beginning;
  const admin = world.admin();
  await admin.tenants.update(ROOT, { seatLimits: { user: 3, reader: readerSeats } });
  await admin.connections.update(ROOT, { inactiveHoldsSeat, jit });
  await admin.accounts.create(ROOT, { userName: "olga", kind: "user", role: "Owner" });
  if (breakGlass) await admin.accounts.create(ROOT, { userName: "glass", kind: "user", breakGlass });
  await admin.groups.create(ROOT, { name: "Group 0", kind: "user" });
  await admin.tenants.create({ id: CHILD, parent: ROOT, seatLimits: { user: 2 } });
  const ids: string[] = [];
  for (const isTeamAccount of [true, true, false]) ids.push(await pushPerson(world, ids.length, isTeamAccount));
  const body = { schemas: [GROUP], displayName: "Group 1", members: ids.slice(1).map(memberOf) };
  await world.push({ method: "POST", path: "/Groups", body });
  for (let waiting = 0; waiting < queue; waiting++) {
    world.tick();
    await pushPerson(world, ids.length + waiting, true);
  }
  await world.drain();
  if (suspendedAt !== undefined) await suspend(world, suspendedAt, "person1@acme.test");
  if (inactiveHoldsSeat) await deactivate(world, `${ids[0]}`);
}

/** @returns the id of the resource */
async function pushPerson(world: World, n: number, isTeamAccount: boolean): Promise<string> {
  const person = { userName: `person${n}@acme.test`, externalId: `external-${n}`, [TEAM]: { isTeamAccount } };
  const { body } = await world.push({ method: "POST", path: "/Users", body: { schemas: [USER], ...person } });
  return (body as { readonly id: string }).id;
}

async function suspend(world: World, tenant: string, userName: string): Promise<void> {
  const { items } = await world.admin().accounts.list(tenant, { q: userName });
  await world.admin().accounts.update(tenant, `${items[0]?.id}`, { suspended: true });
}

async function deactivate(world: World, id: string): Promise<void> {
  const Operations = [{ op: "replace", path: "active", value: false }];
  await world.push({ method: "PATCH", path: `/Users/${id}`, body: { schemas: [PATCH], Operations } });
  await world.drain();
}
