import { describe, expect, it } from "vitest";
import { memoryStore } from "../../src/index.ts";
import { accountOf, connect, ENGINE_URL, eventually, startWorld } from "./harness.ts";

const refused = (code: string) => expect.objectContaining({ code });

describe("admin.tenants", () => {
  it("contract 5: a new tenant has a connection with everything off, and all its addresses", async () => {
    const { admin } = startWorld();
    const tenant = await admin.tenants.create({ id: "acme", name: "Acme", seatLimits: { user: 25 } });
    const { id } = tenant.connection;
    expect(tenant).toMatchObject({
      id: "acme",
      name: "Acme",
      parent: null,
      seats: { user: { used: 0, limit: 25 }, reader: { used: 0, limit: null } },
      connection: {
        owner: "acme",
        readOnly: false,
        scimEnabled: false,
        idp: null,
        scim: { baseUrl: `${ENGINE_URL}/scim/v2/${id}` },
        saml: { acsUrl: `${ENGINE_URL}/saml/${id}/acs`, entityId: `${ENGINE_URL}/saml/${id}/metadata` },
      },
    });
    expect(tenant).not.toHaveProperty("children");
    expect(await admin.tenants.get("acme")).toEqual(tenant);
  });

  it("refuses a taken id, and leaves the tenant that has it alone", async () => {
    const { admin } = startWorld();
    const first = await admin.tenants.create({ id: "acme", name: "First" });
    await expect(admin.tenants.create({ id: "acme", name: "Second" })).rejects.toThrow(refused("already_exists"));
    expect(await admin.tenants.get("acme")).toEqual(first);
  });

  it("knows no tenant by a name that every object inherits", async () => {
    const { admin } = startWorld();
    for (const id of ["__proto__", "constructor", "toString", ""]) {
      await expect(admin.tenants.get(id)).rejects.toThrow(refused("not_found"));
    }
  });

  it("R101, R104, R116: a child inherits, is listed at its parent, and has neither SCIM address nor tokens", async () => {
    const { admin } = startWorld();
    await admin.tenants.create({ id: "acme" });
    const child = await admin.tenants.create({ id: "acme-docs", parent: "acme" });
    expect(child).toMatchObject({ parent: "acme", connection: { owner: "acme", readOnly: true, scim: null } });
    expect((await admin.tenants.get("acme")).children).toMatchObject([{ id: "acme-docs", state: "inheriting" }]);
    expect((await admin.tokens.list("acme-docs")).items).toEqual([]);
    await expect(admin.tokens.create("acme-docs")).rejects.toThrow(refused("inherited_read_only"));
  });

  it("R112, I26: one level deep, never from itself, never from nobody", async () => {
    const { admin } = startWorld();
    await admin.tenants.create({ id: "acme" });
    await admin.tenants.create({ id: "acme-docs", parent: "acme" });
    await expect(admin.tenants.create({ id: "deep", parent: "acme-docs" })).rejects.toThrow(refused("invalid_request"));
    await expect(admin.tenants.create({ id: "self", parent: "self" })).rejects.toThrow(refused("invalid_request"));
    await expect(admin.tenants.create({ id: "lost", parent: "nobody" })).rejects.toThrow(refused("not_found"));
    for (const id of ["deep", "self", "lost"]) await expect(admin.tenants.get(id)).rejects.toThrow();
  });

  it("R119: a link is in the audit log of both sides", async () => {
    const { admin } = startWorld();
    await admin.tenants.create({ id: "acme" });
    await admin.as({ type: "person", id: "olga" }).tenants.create({ id: "acme-docs", parent: "acme" });
    for (const tenant of ["acme", "acme-docs"]) {
      const [linked] = (await admin.audit.list(tenant)).items;
      expect(linked).toMatchObject({
        action: "tenant.linked",
        actor: { type: "person", id: "olga" },
        subject: { type: "tenant", id: "acme-docs" },
        after: { parent: "acme" },
      });
    }
  });

  it("R104, R109: a child's state goes from inheriting over backfilling to in_sync", async () => {
    const world = startWorld();
    const { admin } = world;
    await admin.tenants.create({ id: "acme" });
    const directory = await connect(world, "acme");
    await directory.push({ userName: "ada", team: true });
    await admin.tenants.create({ id: "acme-docs", parent: "acme" });
    const childState = async () => (await admin.tenants.get("acme")).children?.[0]?.state;
    await eventually(async () => expect(await childState()).toBe("in_sync"));
    await admin.connections.update("acme", { scimEnabled: false });
    expect(await childState()).toBe("inheriting");
  });

  it("R109, R110: a child linked later is backfilling until its people were gone through", async () => {
    const store = memoryStore();
    const world = startWorld({ store });
    const { admin } = world;
    await admin.tenants.create({ id: "acme" });
    await (await connect(world, "acme")).push({ userName: "ada", team: true });
    await world.provisioning.close();
    await admin.tenants.create({ id: "acme-docs", parent: "acme" });
    const childState = async () => (await admin.tenants.get("acme")).children?.[0]?.state;
    expect(await childState()).toBe("backfilling");
    await startWorld({ store }).provisioning.ready();
    await eventually(async () => expect(await childState()).toBe("in_sync"));
  });

  it("a limited child that is full is degraded, and does not fail its parent (R115, I29)", async () => {
    const world = startWorld();
    const { admin } = world;
    await admin.tenants.create({ id: "acme" });
    await admin.tenants.create({ id: "acme-docs", parent: "acme", seatLimits: { user: 1 } });
    const directory = await connect(world, "acme");
    for (const userName of ["ada", "bob"]) await directory.push({ userName, team: true });
    await eventually(async () =>
      expect((await admin.tenants.get("acme")).children).toMatchObject([{ state: "degraded", pending: 1, failed: 1 }]),
    );
    expect((await admin.tenants.get("acme-docs")).seats.user).toEqual({ used: 1, limit: 1 });
    await admin.tenants.update("acme-docs", { seatLimits: { user: 2 } });
    expect((await admin.tenants.get("acme")).children).toMatchObject([{ state: "in_sync", pending: 0, failed: 0 }]);
  });

  it("I15: an unlimited child counts the people that it reads through, and its own", async () => {
    const world = startWorld();
    const { admin } = world;
    await admin.tenants.create({ id: "acme" });
    await admin.tenants.create({ id: "acme-docs", parent: "acme" });
    const directory = await connect(world, "acme");
    await directory.push({ userName: "ada", team: true });
    await admin.accounts.create("acme-docs", { userName: "local", kind: "user" });
    expect((await admin.tenants.get("acme-docs")).seats.user.used).toBe(2);
    expect((await admin.tenants.get("acme")).seats.user.used).toBe(1);
  });

  it("changes only what is given, and audits both sides of it", async () => {
    const { admin } = startWorld();
    await admin.tenants.create({ id: "acme", name: "Acme", seatLimits: { user: 1, reader: 2 } });
    const { seats, name } = await admin.tenants.update("acme", { seatLimits: { user: null } });
    expect([name, seats.user.limit, seats.reader.limit]).toEqual(["Acme", null, 2]);
    const [entry] = (await admin.audit.list("acme")).items;
    expect(entry).toMatchObject({
      action: "tenant.updated",
      before: { seatLimits: { user: 1, reader: 2 } },
      after: { seatLimits: { user: null, reader: 2 } },
    });
  });

  it("I34: a change that changes nothing leaves no trace", async () => {
    const { admin } = startWorld();
    await admin.tenants.create({ id: "acme", name: "Acme" });
    const before = (await admin.audit.list("acme")).items;
    await admin.tenants.update("acme", { name: "Acme", parent: null, seatLimits: {} });
    expect((await admin.audit.list("acme")).items).toEqual(before);
  });

  it("R65, I14: a raised limit admits who waits, a lowered one evicts nobody", async () => {
    const world = startWorld();
    const { admin } = world;
    await admin.tenants.create({ id: "acme", seatLimits: { user: 1 } });
    const directory = await connect(world, "acme");
    for (const userName of ["ada", "bob"]) await directory.push({ userName, team: true });
    expect((await accountOf(world, "acme", "bob")).status).toBe("pending");
    await admin.tenants.update("acme", { seatLimits: { user: 2 } });
    expect((await accountOf(world, "acme", "bob")).status).toBe("active");
    const { seats } = await admin.tenants.update("acme", { seatLimits: { user: 1 } });
    expect(seats.user).toEqual({ used: 2, limit: 1 });
    expect((await accountOf(world, "acme", "bob")).status).toBe("active");
  });

  it("lists in pages, in order of id", async () => {
    const { admin } = startWorld();
    for (const id of ["c", "a", "b"]) await admin.tenants.create({ id });
    const first = await admin.tenants.list({ limit: 2 });
    expect(first.items.map(({ id }) => id)).toEqual(["a", "b"]);
    const second = await admin.tenants.list({ limit: 2, cursor: first.nextCursor });
    expect(second.items.map(({ id }) => id)).toEqual(["c"]);
    expect(second).not.toHaveProperty("nextCursor");
  });

  it("40 tenants made at once keep to themselves", async () => {
    const { admin } = startWorld();
    const ids = Array.from({ length: 40 }, (_, index) => `t${index}`);
    const tenants = await Promise.all(ids.map((id) => admin.tenants.create({ id, name: `Name ${id}` })));
    expect(tenants.map(({ id, name }) => [id, name])).toEqual(ids.map((id) => [id, `Name ${id}`]));
    expect(new Set(tenants.map(({ connection }) => connection.id)).size).toBe(40);
  });
});
