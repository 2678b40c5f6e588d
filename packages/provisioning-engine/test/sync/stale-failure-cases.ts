/** Failures end with what they told of, whoever ends that (I32), on any store. */
import { expect, it } from "vitest";
import type { AccountChange, Store } from "../../src/index.ts";
import { accountOf, connect, eventually, startWorld } from "../admin/harness.ts";

/** One reader seat, which Ada has; Bob waits for it, and at a child without seats both do. SCIM is off by now. */
async function oneSeat(store: Store) {
  const world = startWorld({ store });
  const { admin } = world;
  await admin.tenants.create({ id: "acme", seatLimits: { reader: 1 } });
  await admin.tenants.create({ id: "docs", parent: "acme", seatLimits: { reader: 0 } });
  await admin.accounts.create("acme", { userName: "olga", kind: "user", role: "Owner" });
  const directory = await connect(world, "acme");
  for (const userName of ["ada", "bob"]) await directory.push({ userName });
  const open = async (tenant = "acme") =>
    (await admin.syncFailures.list(tenant, { open: true })).items
      .map(({ cause, subject }) => `${cause} ${subject.key}`)
      .toSorted();
  await eventually(async () =>
    expect([await open(), await open("docs")]).toEqual([["seat_limit bob"], ["seat_limit ada"]]),
  );
  await admin.connections.update("acme", { scimEnabled: false });
  const idOf = async (userName: string) => (await accountOf(world, "acme", userName)).id;
  const change = async (userName: string, wanted: AccountChange) =>
    admin.accounts.update("acme", await idOf(userName), wanted);
  return { ...world, directory, open, idOf, change };
}

/** A child with an account of its own under the name of somebody who is pushed. */
async function sameName(store: Store) {
  const world = startWorld({ store });
  const { admin } = world;
  await admin.tenants.create({ id: "acme" });
  const directory = await connect(world, "acme");
  await directory.push({ userName: "cid", team: true });
  await admin.tenants.create({ id: "docs", parent: "acme" });
  const own = await admin.accounts.create("docs", { userName: "Ada", kind: "user" });
  const ada = await directory.push({ userName: "ada", team: true });
  const open = async (tenant: string) =>
    (await admin.syncFailures.list(tenant, { open: true })).items.map(
      ({ cause, subject }) => `${cause} ${subject.key}`,
    );
  const settled = (failures: readonly string[]) => eventually(async () => expect(await open("docs")).toEqual(failures));
  await settled(["duplicate ada"]);
  return { ...world, directory, own, ada, open, settled };
}

export function staleFailureCases(newStore: () => Store | Promise<Store>): void {
  it("I32: whoever waits and is made inactive by hand waits no more, and is listed no more", async () => {
    const { change, open } = await oneSeat(await newStore());
    await change("bob", { status: "inactive" });
    expect(await open()).toEqual([]);
  });

  it("I32: whoever waits and is renamed by hand is listed under the new name, until a seat is free", async () => {
    const { admin, change, open } = await oneSeat(await newStore());
    await change("bob", { userName: "bobby" });
    expect(await open()).toEqual(["seat_limit bobby"]);
    await change("bobby", { name: "Bobby" });
    expect((await admin.syncFailures.list("acme", { open: true })).items[0]?.attempts).toBe(1);
    await admin.tenants.update("acme", { seatLimits: { reader: 2 } });
    expect(await open()).toEqual([]);
    await eventually(async () => expect(await open("docs")).toEqual(["seat_limit ada", "seat_limit bobby"]));
  });

  it("I32: whoever waits and gets a seat of the other kind by hand is listed no more", async () => {
    const { change, open } = await oneSeat(await newStore());
    expect(await change("bob", { kind: "user" })).toMatchObject({ status: "active" });
    expect(await open()).toEqual([]);
  });

  it("R23, I13: a seat that is given up by hand for one of the other kind goes to whoever waits for it", async () => {
    const { admin, change, open, idOf } = await oneSeat(await newStore());
    await change("ada", { kind: "user" });
    expect(await open()).toEqual([]);
    expect(await admin.accounts.get("acme", await idOf("bob"))).toMatchObject({ status: "active" });
    expect((await admin.tenants.get("acme")).seats).toMatchObject({ user: { used: 2 }, reader: { used: 1 } });
  });

  it("I32: a name that was refused is no failure any more once another is accepted, if only in letter case", async () => {
    const world = startWorld({ store: await newStore() });
    await world.admin.tenants.create({ id: "acme" });
    const directory = await connect(world, "acme");
    const [ada] = [await directory.push({ userName: "ada" }), await directory.push({ userName: "bob" })];
    const [writers] = [await directory.pushGroup("Writers", []), await directory.pushGroup("Readers", [])];
    const rename = async (path: string, name: string, value: string) =>
      (await directory.patch(path, { op: "replace", path: name, value })).status;
    const open = async () => (await world.admin.syncFailures.list("acme", { open: true })).items.length;
    expect(await rename(`/Users/${ada}`, "userName", "BOB")).toBe(409);
    expect(await rename(`/Groups/${writers}`, "displayName", "readers")).toBe(409);
    expect([await rename(`/Users/${ada}`, "title", "x"), await open()]).toEqual([200, 2]);
    await rename(`/Users/${ada}`, "userName", "ADA");
    await rename(`/Groups/${writers}`, "displayName", "WRITERS");
    expect(await open()).toBe(0);
  });

  it("I32: whoever waits and is deleted by hand is listed no more, at the tenant and at its children", async () => {
    const { admin, idOf, open } = await oneSeat(await newStore());
    await admin.accounts.delete("acme", await idOf("bob"));
    await admin.accounts.delete("acme", await idOf("ada"));
    expect(await open()).toEqual([]);
    await eventually(async () => expect(await open("docs")).toEqual([]));
  });

  it("I32: a pushed group that is deleted by hand takes along what failed about it, and a person likewise", async () => {
    const { admin, directory, open, idOf } = await oneSeat(await newStore());
    await admin.connections.update("acme", { scimEnabled: true, onSeatLimit: "waitlist" });
    await directory.pushGroup("Writers", ["00000000-0000-7000-8000-000000000000"]);
    const { body } = await directory.request("GET", '/Users?filter=userName eq "ada"');
    await directory.patch(`/Users/${body.Resources[0].id}`, { op: "replace", path: "active", value: "perhaps" });
    expect(await open()).toEqual(["seat_limit bob", "unknown_member writers", "validation ada"]);
    await admin.connections.update("acme", { scimEnabled: false });
    const group = (await admin.groups.list("acme")).items.find(({ name }) => name === "Writers");
    await admin.groups.delete("acme", group?.id ?? "");
    expect(await open()).toEqual(["seat_limit bob", "validation ada"]);
    await admin.accounts.delete("acme", await idOf("ada"));
    expect(await open()).toEqual([]);
  });

  it("I32: archiving ends all that the directory could not do", async () => {
    const { admin, directory, open } = await oneSeat(await newStore());
    const failed = async () => (await admin.tenants.get("acme")).sync.failures;
    await admin.connections.update("acme", { scimEnabled: true });
    for (let number = 0; number < 101; number++) await directory.pushGroup(`Group ${number}`, ["nobody"]);
    expect(await failed()).toBe(102);
    await admin.connections.archive("acme", { mode: "detachAccounts", children: "detach" });
    await eventually(async () => expect((await admin.connections.get("acme")).archive?.state).toBe("archived"));
    // Bob is the tenant's own by now, and waits all the same.
    expect(await open()).toEqual(["seat_limit bob"]);
  });

  it("I32: archiving ends the waiting", async () => {
    const { admin, open } = await oneSeat(await newStore());
    await admin.tenants.update("acme", { seatLimits: { reader: 0 } });
    await admin.connections.archive("acme", { mode: "deactivateAccounts", children: "cascade" });
    await eventually(async () => expect((await admin.connections.get("acme")).archive?.state).toBe("archived"));
    await eventually(async () => expect([await open(), await open("docs")]).toEqual([[], []]));
  });

  it("I28, I29, R64: a child lists whom it inherits under the name of an account of its own; the parent does not", async () => {
    const { admin, open } = await sameName(await newStore());
    expect(await open("acme")).toEqual([]);
    expect((await admin.tenants.get("acme")).children).toMatchObject([{ id: "docs", state: "degraded", failed: 1 }]);
    const [failure] = (await admin.syncFailures.list("docs", { open: true })).items;
    expect(failure).toMatchObject({ operation: "inherit", retryable: false });
    expect(failure?.message).toContain("of its own");
  });

  it("I32: it ends when the child renames its own account", async () => {
    const { admin, own, settled } = await sameName(await newStore());
    await admin.accounts.update("docs", own.id, { userName: "ada.docs" });
    await settled([]);
  });

  it("I32: it ends when the child deletes its own account", async () => {
    const { admin, own, settled } = await sameName(await newStore());
    await admin.accounts.delete("docs", own.id);
    await settled([]);
  });

  it("I32: it ends when the directory renames the other, and is back under that name", async () => {
    const { directory, ada, settled } = await sameName(await newStore());
    const rename = (value: string) => directory.patch(`/Users/${ada}`, { op: "replace", path: "userName", value });
    await rename("ada.l");
    await settled([]);
    await rename("ADA");
    await settled(["duplicate ada"]);
  });

  it("I32: it ends when the other is deleted at the parent for good", async () => {
    const world = await sameName(await newStore());
    await world.admin.connections.update("acme", { scimEnabled: false });
    await world.admin.accounts.delete("acme", (await accountOf(world, "acme", "ada")).id);
    await world.settled([]);
  });
}
