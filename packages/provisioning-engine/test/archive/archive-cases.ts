/** What becomes of the accounts of an archived connection, on any store. */
import { describe, expect, it } from "vitest";
import type { ArchiveOptions, ProvisioningOptions, Store } from "../../src/index.ts";
import { accountOf, connect, type Directory, eventually, startWorld, type World } from "../admin/harness.ts";
import { faultyStore } from "../model/faults.ts";
import { openWorld } from "../model/world.ts";

const USER = "urn:ietf:params:scim:schemas:core:2.0:User";
const ADA = "ada@acme.test";

interface Scene extends World {
  readonly directory: Directory;
  /** Archives, and waits until that is done. */
  archive(options: ArchiveOptions, tenant?: string): Promise<void>;
  statuses(tenant?: string): Promise<Readonly<Record<string, string>>>;
}

/** A tenant with an owner made by hand, two people of the directory, and a group of one of them. */
async function openScene(options: Partial<ProvisioningOptions>): Promise<Scene> {
  const world = startWorld(options);
  const { admin } = world;
  await admin.tenants.create({ id: "acme", seatLimits: { user: 5 } });
  await admin.accounts.create("acme", { userName: "olga", kind: "user", role: "Owner" });
  const directory = await connect(world, "acme");
  const ada = await directory.push({ userName: ADA, team: true });
  await directory.push({ userName: "bob@acme.test" });
  await directory.pushGroup("Writers", [ada]);
  return {
    ...world,
    directory,
    archive: async (options, tenant = "acme") => {
      await admin.connections.archive(tenant, options);
      await settled(world, tenant);
    },
    statuses: async (tenant = "acme") => {
      const { items } = await admin.accounts.list(tenant);
      return Object.fromEntries(items.map(({ userName, status }) => [userName.split("@")[0], status]));
    },
  };
}

function settled({ admin }: World, tenant: string): Promise<void> {
  return eventually(async () => {
    const { archive } = await admin.connections.get(tenant);
    expect([undefined, "archived"]).toContain(archive?.state);
  });
}

export function archiveCases(newStore: () => Store | Promise<Store>): void {
  const open = async (options: Partial<ProvisioningOptions> = {}) => openScene({ store: await newStore(), ...options });

  describe("archiving a connection", () => oneConnectionCases(open, newStore));
  describe("archiving a connection that others inherit", () => familyCases(open));
}

type Open = (options?: Partial<ProvisioningOptions>) => Promise<Scene>;

function oneConnectionCases(open: Open, newStore: () => Store | Promise<Store>): void {
  it("I36, R54: ends SCIM, its tokens and sign-in at once", async () => {
    const { admin, archive, directory } = await open();
    await archive({ mode: "detachAccounts" });
    expect((await directory.request("GET", "/Users")).status).toBe(401);
    expect((await admin.tokens.list("acme")).items).toEqual([]);
    expect(await admin.connections.get("acme")).toMatchObject({
      scimEnabled: false,
      archive: {
        mode: "detachAccounts",
        state: "archived",
        by: "host",
        at: "2026-03-01T12:00:00.000Z",
        restorableUntil: null,
      },
    });
    await expect(admin.connections.update("acme", { scimEnabled: true })).rejects.toMatchObject({ code: "conflict" });
  });

  it("detachAccounts leaves people, groups and memberships to the tenant, under their ids", async () => {
    const { admin, archive, statuses } = await open();
    const before = await accountOf({ admin }, "acme", ADA);
    await archive({ mode: "detachAccounts" });
    const { groups, ...after } = await accountOf({ admin }, "acme", ADA);
    expect(after).toEqual({ ...before, groups: undefined, lockedFields: [], managedBy: null });
    expect(groups).toEqual(before.groups.map((group) => ({ ...group, sources: ["local"] })));
    expect(await statuses()).toEqual({ olga: "active", ada: "active", bob: "active" });
    const [writers, ...others] = (await admin.groups.list("acme")).items.filter(({ memberCount }) => memberCount > 0);
    expect([writers?.name, writers?.origin, others]).toEqual(["Writers", "local", []]);
    await admin.accounts.update("acme", before.id, { name: "Ada L." });
    await admin.accounts.delete("acme", before.id);
  });

  it("detachAccounts is refused while a group of the tenant has the name of a pushed one", async () => {
    const { admin } = await open();
    await admin.groups.create("acme", { name: "WRITERS", kind: "user" });
    await expect(admin.connections.archive("acme", { mode: "detachAccounts" })).rejects.toMatchObject({
      code: "conflict",
      facts: { group: "Writers" },
    });
    expect((await admin.connections.get("acme")).archive).toBeNull();
  });

  it("deactivateAccounts makes people inactive, frees their seats, and is undone by restore", async () => {
    const { admin, archive, statuses } = await open();
    const before = await accountOf({ admin }, "acme", ADA);
    await admin.accounts.update("acme", before.id, { role: "Editor", contentAccess: { space: 1 } });
    await archive({ mode: "deactivateAccounts" });
    expect(await statuses()).toEqual({ olga: "active", ada: "inactive", bob: "inactive" });
    expect((await admin.tenants.get("acme")).seats.user.used).toBe(1);
    await admin.connections.restore("acme");
    await settled({ admin } as World, "acme");
    expect(await statuses()).toEqual({ olga: "active", ada: "active", bob: "active" });
    expect(await accountOf({ admin }, "acme", ADA)).toMatchObject({ role: "Editor", contentAccess: { space: 1 } });
    expect(await admin.connections.get("acme")).toMatchObject({ scimEnabled: false, archive: null });
    await admin.connections.update("acme", { scimEnabled: true });
    expect((await accountOf({ admin }, "acme", ADA)).groups).toEqual(before.groups);
  });

  it("restored, whoever the directory had called inactive stays inactive, and who finds no seat waits", async () => {
    const { admin, archive, directory, statuses } = await open();
    const { id } = (await directory.request("GET", "/Users?filter=userName%20eq%20%22bob@acme.test%22")).body
      .Resources[0];
    await directory.patch(`/Users/${id}`, { op: "replace", path: "active", value: false });
    await archive({ mode: "deactivateAccounts" });
    await admin.tenants.update("acme", { seatLimits: { user: 1 } });
    await admin.connections.restore("acme");
    await settled({ admin } as World, "acme");
    expect(await statuses()).toEqual({ olga: "active", ada: "pending", bob: "inactive" });
    expect((await admin.syncFailures.list("acme", { open: true })).items.map(({ cause }) => cause)).toEqual([
      "seat_limit",
    ]);
  });

  it("purge deletes people and groups of the connection, also after another mode, and nobody else", async () => {
    const { admin, archive, statuses } = await open();
    await archive({ mode: "deactivateAccounts" });
    await archive({ mode: "purge" });
    expect(await statuses()).toEqual({ olga: "active" });
    expect((await admin.groups.list("acme")).items).toEqual([]);
    await admin.connections.restore("acme");
    await admin.connections.update("acme", { scimEnabled: true });
    const { scim } = await admin.connections.get("acme");
    expect(scim?.baseUrl).toContain("/scim/");
  });

  it("I1: is refused while every owner came with the connection", async () => {
    const { admin, archive } = await open();
    const ada = await accountOf({ admin }, "acme", ADA);
    const olga = await accountOf({ admin }, "acme", "olga");
    await admin.accounts.update("acme", ada.id, { role: "Owner" });
    await admin.accounts.update("acme", olga.id, { role: "Editor" });
    for (const mode of ["deactivateAccounts", "purge"] as const) {
      await expect(admin.connections.archive("acme", { mode })).rejects.toMatchObject({ code: "last_owner" });
    }
    await archive({ mode: "detachAccounts" });
    expect((await accountOf({ admin }, "acme", ADA)).role).toBe("Owner");
  });

  it("I34, I39: is audited once for each state, and repeated has no second effect", async () => {
    const { admin, archive } = await open();
    await archive({ mode: "deactivateAccounts" });
    const { items: before } = await admin.audit.list("acme");
    await archive({ mode: "deactivateAccounts" });
    expect((await admin.audit.list("acme")).items).toEqual(before);
    expect(before.map(({ action }) => action).slice(0, 4)).toEqual([
      "connection.archive_settled",
      "account.deactivated",
      "account.deactivated",
      "connection.archived",
    ]);
    expect(before.map(({ actor }) => actor.type).slice(0, 4)).toEqual(["job", "job", "job", "host"]);
  });

  it("goes on where it broke off, and repeats nothing", async () => {
    const faulty = faultyStore(await newStore());
    const world = await openWorld(faulty.store);
    const names = Array.from({ length: 250 }, (_, n) => `p${n}@acme.test`);
    for (const userName of names)
      await world.push({ method: "POST", path: "/Users", body: { schemas: [USER], userName } });
    faulty.arm({ calls: 500, committed: false });
    await world.admin().connections.archive("acme", { mode: "deactivateAccounts" });
    await world.restart();
    expect(faulty.hit()).toBe("anything");
    await world.drain();
    const { items } = await world.admin().accounts.list("acme", { status: "inactive", limit: 500 });
    expect(items.length).toBe(250);
    const told = (await world.read()).get("acme")?.changes.filter(({ type }) => type === "account.deactivated");
    expect(told?.length).toBe(250);
    await world.close();
  });

  it("I23: restored, whom an admin deactivated by hand stays inactive, before the archive or since", async () => {
    const { admin, archive, directory, statuses } = await open();
    for (const name of ["cid", "dan", "eve"]) await directory.push({ userName: `${name}@acme.test` });
    const setStatus = async (name: string, status: "active" | "inactive") =>
      admin.accounts.update("acme", (await accountOf({ admin }, "acme", `${name}@acme.test`)).id, { status });
    await admin.connections.update("acme", { scimEnabled: false });
    await setStatus("bob", "inactive");
    await archive({ mode: "deactivateAccounts" });
    await setStatus("cid", "active");
    await setStatus("cid", "inactive");
    await setStatus("dan", "inactive");
    await setStatus("dan", "inactive");
    const { items } = await admin.audit.list("acme");
    const stays = items.filter(({ before }) => (before as { archived?: boolean } | null)?.archived === true);
    expect(stays).toMatchObject([{ action: "account.updated", actor: { type: "host" }, after: { archived: false } }]);
    const eve = await accountOf({ admin }, "acme", "eve@acme.test");
    await admin.accounts.update("acme", eve.id, { suspended: true, name: "Eve L." });
    await admin.connections.restore("acme");
    await settled({ admin } as World, "acme");
    expect(await statuses()).toEqual({
      olga: "active",
      ada: "active",
      bob: "inactive",
      cid: "inactive",
      dan: "inactive",
      eve: "active",
    });
    expect((await accountOf({ admin }, "acme", "eve@acme.test")).suspended).toBe(true);
  });

  it("restore is refused when the time that the host gives is over, whatever mode was chosen in between", async () => {
    const { admin, api, archive, time } = await open({ retention: { restoreDays: 30 } });
    const days = (count: number) => {
      time.now = new Date(time.now.getTime() + count * 24 * 60 * 60 * 1000);
    };
    await archive({ mode: "deactivateAccounts" });
    const restorableUntil = "2026-03-31T12:00:00.000Z";
    expect((await admin.connections.get("acme")).archive).toMatchObject({ restorableUntil });
    days(29);
    await admin.connections.restore("acme");
    await settled({ admin } as World, "acme");
    await archive({ mode: "deactivateAccounts" });
    days(29);
    await archive({ mode: "detachAccounts" });
    days(1);
    const { status, body } = await api("POST", "/tenants/acme/connection/restore");
    expect([status, body.error.code]).toEqual([410, "restore_expired"]);
    expect((await admin.connections.get("acme")).archive).toMatchObject({ mode: "detachAccounts", state: "archived" });
    await archive({ mode: "purge" });
  });

  it("restore is refused unless the connection is archived, and archive at a child", async () => {
    const { admin } = await open();
    await admin.tenants.create({ id: "docs", parent: "acme" });
    await expect(admin.connections.restore("acme")).rejects.toMatchObject({ code: "conflict" });
    await expect(admin.connections.restore("docs")).rejects.toMatchObject({ code: "inherited_read_only" });
    const refused = admin.connections.archive("docs", { mode: "purge" });
    await expect(refused).rejects.toMatchObject({ code: "inherited_read_only" });
  });
}

function familyCases(open: Open): void {
  async function family(): Promise<Scene> {
    const scene = await open();
    await scene.admin.tenants.create({ id: "docs", parent: "acme", seatLimits: { user: 3 } });
    await scene.admin.tenants.create({ id: "help", parent: "acme" });
    await eventually(async () => expect(await scene.statuses("docs")).toMatchObject({ ada: "active" }));
    return scene;
  }

  it("I31, R113: is refused without a choice of what becomes of them", async () => {
    const { admin, api } = await family();
    for (const mode of ["detachAccounts", "deactivateAccounts", "purge"] as const) {
      const refused = admin.connections.archive("acme", { mode });
      await expect(refused).rejects.toMatchObject({
        code: "parent_has_children",
        facts: { children: ["docs", "help"] },
      });
    }
    const { status, body } = await api("POST", "/tenants/acme/connection/archive", { mode: "purge" });
    expect([status, body.error.code]).toEqual([409, "parent_has_children"]);
    expect((await admin.connections.get("acme")).archive).toBeNull();
  });

  it("R113: detach leaves each an own copy, whatever becomes of the parent's people", async () => {
    const { admin, archive, statuses } = await family();
    await archive({ mode: "purge", children: "detach" });
    expect(await statuses()).toEqual({ olga: "active" });
    for (const tenant of ["docs", "help"]) {
      expect(await statuses(tenant)).toEqual({ ada: "active", bob: "active" });
      expect(await admin.tenants.get(tenant)).toMatchObject({ parent: null, connection: { archive: null } });
    }
  });

  it("R113: cascade lets them inherit what becomes of it, and they come back with it", async () => {
    const { admin, archive, statuses } = await family();
    await archive({ mode: "deactivateAccounts", children: "cascade" });
    for (const tenant of ["docs", "help"]) expect(await statuses(tenant)).toEqual({ ada: "inactive", bob: "inactive" });
    await eventually(async () => expect((await admin.tenants.get("docs")).seats.user.used).toBe(0));
    await admin.connections.restore("acme");
    await settled({ admin } as World, "acme");
    await eventually(async () => expect(await statuses("docs")).toEqual({ ada: "active", bob: "active" }));
    await archive({ mode: "purge", children: "cascade" });
    for (const tenant of ["docs", "help"]) expect(await statuses(tenant)).toEqual({});
  });

  it("R113: people who are left to the parent alone cannot be inherited any longer", async () => {
    const { admin } = await family();
    const refused = admin.connections.archive("acme", { mode: "detachAccounts", children: "cascade" });
    await expect(refused).rejects.toMatchObject({ code: "invalid_request" });
  });

  it("R118: needs the right to configure at every child too", async () => {
    const { api } = await family();
    const body = { mode: "deactivateAccounts", children: "cascade" };
    const onlyParent = { actor: "olga", tenants: ["acme"], can: "all" } as const;
    expect((await api("POST", "/tenants/acme/connection/archive", body, onlyParent)).status).toBe(404);
    expect((await api("POST", "/tenants/acme/connection/archive", body)).status).toBe(200);
  });

  it("an archived connection has no new children", async () => {
    const { admin, archive } = await open();
    await archive({ mode: "deactivateAccounts" });
    await expect(admin.tenants.create({ id: "late", parent: "acme" })).rejects.toMatchObject({
      code: "invalid_request",
    });
  });
}
