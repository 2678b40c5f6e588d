import { describe, expect, it } from "vitest";
import { type Account, memoryStore, type Store } from "../../src/index.ts";
import { accountOf, connect, type Directory, eventually, startWorld, type World } from "../admin/harness.ts";

const refused = (code: string) => expect.objectContaining({ code });

interface Family extends World {
  readonly directory: Directory;
  readonly store: Store;
}

/** A parent that was pushed two people and a group, and a child with local choices of its own. */
async function startFamily(seats: { user?: number } = {}): Promise<Family> {
  const store = memoryStore();
  const world = startWorld({ store });
  const { admin } = world;
  await admin.tenants.create({ id: "acme" });
  await admin.connections.update("acme", { defaultRole: "Writer", allowIdpInitiated: true });
  await admin.tenants.create({ id: "acme-docs", parent: "acme", seatLimits: seats });
  const directory = await connect(world, "acme");
  const members = [
    await directory.push({ userName: "ada", team: true, email: "ada@acme.test" }),
    await directory.push({ userName: "rea", team: false }),
    await directory.push({ userName: "ina", team: true, active: false }),
  ];
  await directory.pushGroup("Docs", members);
  return { ...world, directory, store };
}

async function everybody({ admin }: World, tenant: string): Promise<readonly Account[]> {
  const { items } = await admin.accounts.list(tenant);
  return items.toSorted((a, b) => a.userName.localeCompare(b.userName));
}

describe("unlinking", () => {
  it("R114, I3: keeps people and groups under their ids, with roles, groups and status as they were", async () => {
    const world = await startFamily();
    const { admin } = world;
    const ada = await accountOf(world, "acme-docs", "ada");
    await admin.accounts.update("acme-docs", ada.id, { role: "Editor", contentAccess: ["a"] });
    const [people, groups] = [await everybody(world, "acme-docs"), (await admin.groups.list("acme-docs")).items];
    await admin.tenants.update("acme-docs", { parent: null });

    const unlocked = people.map((account) => ({
      ...account,
      lockedFields: [],
      managedBy: null,
      groups: account.groups.map((group) => ({ ...group, sources: ["local"] })),
    }));
    expect(await everybody(world, "acme-docs")).toEqual(unlocked);
    const own = groups.map((group) => ({ ...group, origin: "local", lockedFields: [], managedBy: null }));
    expect((await admin.groups.list("acme-docs")).items).toEqual(own);
  });

  it("R114: leaves an own, frozen copy of the settings with SCIM off", async () => {
    const { admin } = await startFamily();
    const tenant = await admin.tenants.update("acme-docs", { parent: null });
    expect(tenant).toMatchObject({
      parent: null,
      connection: {
        owner: "acme-docs",
        readOnly: false,
        scimEnabled: false,
        consent: null,
        groupSync: true,
        defaultRole: "Writer",
        allowIdpInitiated: true,
        scim: { baseUrl: expect.any(String) },
      },
    });
    await admin.connections.update("acme", { defaultRole: "Reviewer" });
    expect((await admin.connections.get("acme-docs")).defaultRole).toBe("Writer");
    expect(await admin.tenants.get("acme")).not.toHaveProperty("children");
  });

  it("makes everything the child's to change, and the parent's pushes do not reach it any more", async () => {
    const world = await startFamily();
    const { admin, directory } = world;
    await admin.tenants.update("acme-docs", { parent: null });
    const ada = await accountOf(world, "acme-docs", "ada");
    const [group] = (await admin.groups.list("acme-docs")).items.filter(({ kind }) => kind === "user");
    await admin.accounts.update("acme-docs", ada.id, { name: "Ada of Docs" });
    await admin.groups.update("acme-docs", group?.id ?? "", { name: "Our docs" });
    await admin.groups.removeMember("acme-docs", group?.id ?? "", ada.id);
    await admin.groups.addMember("acme-docs", group?.id ?? "", ada.id);
    await directory.push({ userName: "new", team: true });
    expect(await accountOf(world, "acme", "ada")).toMatchObject({ name: "ada", groups: [{ name: "Docs" }] });
    expect((await everybody(world, "acme-docs")).map(({ name }) => name)).toEqual(["Ada of Docs", "ina", "rea"]);
    await admin.accounts.delete("acme-docs", ada.id);
    expect(await accountOf(world, "acme", "ada")).toMatchObject({ id: ada.id });
  });

  it("I15: has a seat for everybody who is active", async () => {
    const world = await startFamily();
    await world.admin.tenants.update("acme-docs", { parent: null });
    const { seats } = await world.admin.tenants.get("acme-docs");
    expect([seats.user.used, seats.reader.used]).toEqual([1, 1]);
    expect((await accountOf(world, "acme-docs", "ada")).status).toBe("active");
  });

  it("R115: who waited for a seat of the child waits on, and is admitted by its limit", async () => {
    const world = await startFamily({ user: 1 });
    await world.directory.push({ userName: "bob", team: true });
    await eventually(async () => expect((await accountOf(world, "acme-docs", "bob")).status).toBe("pending"));
    await world.admin.tenants.update("acme-docs", { parent: null });
    expect((await accountOf(world, "acme-docs", "bob")).status).toBe("pending");
    await world.admin.tenants.update("acme-docs", { seatLimits: { user: 2 } });
    expect((await accountOf(world, "acme-docs", "bob")).status).toBe("active");
  });

  it("I32: who waited at the parent, and finds no seat here either, is listed here", async () => {
    const world = await startFamily({ user: 1 });
    const { admin, directory } = world;
    await admin.tenants.update("acme", { seatLimits: { user: 1 } });
    await directory.push({ userName: "bob", team: true });
    expect((await admin.syncFailures.list("acme-docs", { open: true })).items).toEqual([]);
    await admin.tenants.update("acme-docs", { parent: null });
    expect((await accountOf(world, "acme-docs", "bob")).status).toBe("pending");
    const { items } = await admin.syncFailures.list("acme-docs", { open: true });
    expect(items.map(({ subject, cause }) => [subject.key, cause])).toEqual([["bob", "seat_limit"]]);
  });

  it("I28: what was pushed just before is the child's too, and the child has heard of it", async () => {
    const world = await startFamily();
    const heard: string[] = [];
    world.provisioning.on("account.created", ({ tenant, account }) => void heard.push(`${tenant} ${account.userName}`));
    await world.directory.push({ userName: "late", team: true });
    await world.admin.tenants.update("acme-docs", { parent: null });
    await accountOf(world, "acme-docs", "late");
    await eventually(async () => expect(heard).toContain("acme-docs late"));
    expect(heard.filter((entry) => entry === "acme-docs late")).toHaveLength(1);
  });

  it("R119: is audited on both sides; a second time is nothing", async () => {
    const { admin } = await startFamily();
    await admin.as({ type: "person", id: "olga" }).tenants.update("acme-docs", { parent: null });
    for (const tenant of ["acme", "acme-docs"]) {
      const entry = (await admin.audit.list(tenant)).items.find(({ action }) => action === "tenant.unlinked");
      expect(entry).toMatchObject({ actor: { id: "olga" }, before: { parent: "acme" }, after: { parent: null } });
    }
    const before = await admin.audit.list("acme-docs");
    await admin.tenants.update("acme-docs", { parent: null });
    expect(await admin.audit.list("acme-docs")).toEqual(before);
  });

  it("R54: whom the parent had suspended does not get in by it", async () => {
    const world = await startFamily();
    const { admin, provisioning } = world;
    const [ada, rea] = [await accountOf(world, "acme", "ada"), await accountOf(world, "acme", "rea")];
    await admin.accounts.update("acme", ada.id, { suspended: true });
    await admin.tenants.update("acme-docs", { parent: null });
    const may = (id: string) => provisioning.canSignIn("acme-docs", id);
    expect([await may(ada.id), await may(rea.id)]).toEqual([false, true]);
    await admin.accounts.update("acme-docs", ada.id, { suspended: false });
    expect(await may(ada.id)).toBe(true);
  });

  it("leaves nothing behind at the parent", async () => {
    const { admin, store } = await startFamily();
    const cursors = () =>
      store.transaction({ tenantId: null }, ({ changes }) =>
        Promise.all(["child:acme-docs", "backfill:acme-docs"].map((consumer) => changes.cursor("acme", consumer))),
      );
    await eventually(async () => expect(await cursors()).toEqual([expect.any(String), null]));
    await admin.tenants.update("acme-docs", { parent: null });
    expect(await cursors()).toEqual([null, null]);
  });

  it("I7, I20: refuses, whole, when the child has something of the same name", async () => {
    const world = await startFamily();
    const { admin } = world;
    const { id } = await admin.groups.create("acme-docs", { name: "Docs", kind: "reader" });
    await expect(admin.tenants.update("acme-docs", { parent: null })).rejects.toThrow(refused("conflict"));
    expect(await admin.tenants.get("acme-docs")).toMatchObject({ parent: "acme" });
    await admin.groups.update("acme-docs", id, { name: "Own docs" });
    expect(await admin.tenants.update("acme-docs", { parent: null })).toMatchObject({ parent: null });
  });

  it("can begin anew: SCIM of its own, with consent of its own", async () => {
    const world = await startFamily();
    await world.admin.tenants.update("acme-docs", { parent: null });
    await expect(world.admin.connections.update("acme-docs", { scimEnabled: true })).rejects.toThrow(
      refused("consent_required"),
    );
    const directory = await connect(world, "acme-docs");
    await directory.push({ userName: "own", team: true });
    expect((await everybody(world, "acme")).map(({ userName }) => userName)).not.toContain("own");
  });
});
