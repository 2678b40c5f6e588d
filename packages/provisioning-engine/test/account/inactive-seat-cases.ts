/** Whether inactive people keep their seats, on any store. */
import { expect, it } from "vitest";
import type { Store } from "../../src/index.ts";
import { accountOf, connect, type Directory, eventually, startWorld, type World } from "../admin/harness.ts";

const ACME = "acme";
const DOCS = "docs";

interface Place {
  readonly world: World;
  readonly directory: Directory;
  readonly ids: readonly string[];
}

/** One seat at a tenant and at its child, which Ana has; Bob waits for it. */
async function oneSeat(store: Store, inactiveHoldsSeat = true): Promise<Place> {
  const world = startWorld({ store });
  const seatLimits = { user: 1 };
  await world.admin.tenants.create({ id: ACME, seatLimits });
  const directory = await connect(world, ACME);
  await world.admin.connections.update(ACME, { inactiveHoldsSeat });
  await world.admin.tenants.create({ id: DOCS, parent: ACME, seatLimits });
  const ana = await directory.push({ userName: "ana", team: true });
  const bob = await directory.push({ userName: "bob", team: true });
  return { world, directory, ids: [ana, bob] };
}

const active = (value: boolean) => ({ op: "replace", path: "active", value });

async function statuses({ world }: Place, tenant: string): Promise<readonly string[]> {
  const people = await Promise.all(["ana", "bob"].map((name) => accountOf(world, tenant, name)));
  return people.map(({ status }) => status);
}

async function used({ world }: Place, tenant: string): Promise<number> {
  return (await world.admin.tenants.get(tenant)).seats.user.used;
}

export function inactiveSeatCases(newStore: () => Store | Promise<Store>): void {
  it("R60, I15: where inactive people keep their seat, nobody gets it, and they come back to it", async () => {
    const place = await oneSeat(await newStore());
    const [ana = ""] = place.ids;
    await eventually(async () => expect(await statuses(place, DOCS)).toEqual(["active", "pending"]));
    await place.directory.patch(`/Users/${ana}`, active(false));
    expect(await statuses(place, ACME)).toEqual(["inactive", "pending"]);
    await eventually(async () => expect(await statuses(place, DOCS)).toEqual(["inactive", "pending"]));
    expect([await used(place, ACME), await used(place, DOCS)]).toEqual([1, 1]);
    await place.directory.patch(`/Users/${ana}`, active(true));
    expect(await statuses(place, ACME)).toEqual(["active", "pending"]);
  });

  it("R60: they do not by default", async () => {
    const place = await oneSeat(await newStore(), false);
    await place.directory.patch(`/Users/${place.ids[0]}`, active(false));
    expect(await statuses(place, ACME)).toEqual(["inactive", "active"]);
  });

  it.each([[true], [false]])("R60: whom the directory deletes keeps none; active until then: %s", async (isActive) => {
    const place = await oneSeat(await newStore());
    const [ana = ""] = place.ids;
    if (!isActive) {
      await place.directory.patch(`/Users/${ana}`, active(false));
      await eventually(async () => expect(await statuses(place, DOCS)).toEqual(["inactive", "pending"]));
    }
    await place.directory.request("DELETE", `/Users/${ana}`);
    expect(await statuses(place, ACME)).toEqual(["inactive", "active"]);
    await eventually(async () => expect(await statuses(place, DOCS)).toEqual(["inactive", "active"]));
    expect([await used(place, ACME), await used(place, DOCS)]).toEqual([1, 1]);
  });

  it("R60: whoever waits leaves the queue", async () => {
    const place = await oneSeat(await newStore());
    const [ana = "", bob = ""] = place.ids;
    await place.directory.patch(`/Users/${bob}`, active(false));
    await place.directory.request("DELETE", `/Users/${ana}`);
    expect(await used(place, ACME)).toBe(0);
  });

  it("R60: switched off, it frees the seats of inactive people, here and at children", async () => {
    const place = await oneSeat(await newStore());
    await place.directory.patch(`/Users/${place.ids[0]}`, active(false));
    await eventually(async () => expect(await statuses(place, DOCS)).toEqual(["inactive", "pending"]));
    await place.world.admin.connections.update(ACME, { inactiveHoldsSeat: false });
    expect(await statuses(place, ACME)).toEqual(["inactive", "active"]);
    await eventually(async () => expect(await statuses(place, DOCS)).toEqual(["inactive", "active"]));
    expect([await used(place, ACME), await used(place, DOCS)]).toEqual([1, 1]);
  });

  it("R23, R60: who becomes a reader while inactive keeps a seat of that kind alone", async () => {
    const place = await oneSeat(await newStore());
    const [ana = ""] = place.ids;
    const path = "urn:ietf:params:scim:schemas:extension:document360:2.0:User:isTeamAccount";
    await place.directory.patch(`/Users/${ana}`, active(false));
    await place.directory.patch(`/Users/${ana}`, { op: "replace", path, value: false });
    expect(await statuses(place, ACME)).toEqual(["inactive", "active"]);
    expect((await place.world.admin.tenants.get(ACME)).seats.reader.used).toBe(1);
  });

  it("R60: holds for people who were made by hand, too", async () => {
    const place = await oneSeat(await newStore());
    const { accounts, tenants } = place.world.admin;
    const eve = await accounts.create(ACME, { userName: "eve", kind: "reader" });
    await accounts.update(ACME, eve.id, { status: "inactive" });
    expect((await tenants.get(ACME)).seats.reader.used).toBe(1);
    await accounts.delete(ACME, eve.id);
    expect((await tenants.get(ACME)).seats.reader.used).toBe(0);
  });
}
