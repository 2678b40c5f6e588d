import crypto from "node:crypto";
import { syncBuiltinESMExports } from "node:module";
import { describe, expect, it, vi } from "vitest";
import { connect, ENGINE_URL, startWorld } from "./harness.ts";

const refused = (code: string) => expect.objectContaining({ code });

describe("admin.tokens", () => {
  it("R91: shows a token once, and then what is known of it", async () => {
    const { admin } = startWorld();
    await admin.tenants.create({ id: "acme" });
    const made = await admin.tokens.create("acme", { label: "Entra", expiresAt: "2027-01-01T00:00:00+01:00" });
    expect(made.token).toMatch(/^mst_[0-9a-f]{12}_[\w-]{43}$/);
    expect(made).toMatchObject({ label: "Entra", expiresAt: "2026-12-31T23:00:00.000Z", lastUsedAt: null });
    const { token, ...known } = made;
    expect((await admin.tokens.list("acme")).items).toEqual([known]);
    expect(JSON.stringify(await admin.audit.list("acme"))).not.toContain(token.slice(-20));
  });

  it("R91: several are valid at once; a revoked one stops at once, and alone", async () => {
    const world = startWorld();
    await world.admin.tenants.create({ id: "acme" });
    const [first, second] = [await connect(world, "acme"), await connect(world, "acme")];
    const status = async ({ request }: typeof first) => (await request("GET", "/Users")).status;
    expect([await status(first), await status(second)]).toEqual([200, 200]);
    await world.admin.tokens.revoke("acme", first.token.slice(0, 16));
    expect([await status(first), await status(second)]).toEqual([401, 200]);
    await expect(world.admin.tokens.revoke("acme", first.token.slice(0, 16))).rejects.toThrow(refused("not_found"));
  });

  it("I36: is worth nothing elsewhere: another tenant, a child, another token's secret", async () => {
    const world = startWorld();
    const { admin } = world;
    for (const id of ["acme", "globex"]) await admin.tenants.create({ id });
    const child = await admin.tenants.create({ id: "acme-docs", parent: "acme" });
    const [acme, globex] = [await connect(world, "acme"), await connect(world, "globex")];
    const ask = async (connectionId: string, token: string) => {
      const headers = { authorization: `Bearer ${token}` };
      return (await world.send(`/scim/v2/${connectionId}/Users`, { headers })).status;
    };
    const { connection } = await admin.tenants.get("acme");
    expect(await ask(connection.id, acme.token)).toBe(200);
    const mixed = acme.token.slice(0, 17) + globex.token.slice(17);
    for (const token of [globex.token, mixed, acme.token.slice(0, -1), `${acme.token}x`, "mst_", "", "__proto__"]) {
      expect(await ask(connection.id, token)).toBe(401);
    }
    for (const id of [child.connection.id, "nowhere", "__proto__"]) expect(await ask(id, acme.token)).toBe(401);
  });

  it("I36: stops when it expires, and when SCIM is switched off", async () => {
    const world = startWorld();
    await world.admin.tenants.create({ id: "acme" });
    const directory = await connect(world, "acme");
    const { token } = await world.admin.tokens.create("acme", { expiresAt: "2026-03-01T12:00:10Z" });
    const { scim } = await world.admin.connections.get("acme");
    const path = `${scim?.baseUrl}/Users`.slice(ENGINE_URL.length);
    const ask = async () => (await world.send(path, { headers: { authorization: `Bearer ${token}` } })).status;
    expect(await ask()).toBe(200);
    world.time.now = new Date("2026-03-01T12:00:10Z");
    expect(await ask()).toBe(401);
    expect((await directory.request("GET", "/Users")).status).toBe(200);
    await world.admin.connections.update("acme", { scimEnabled: false });
    expect((await directory.request("GET", "/Users")).status).toBe(401);
    await world.admin.connections.update("acme", { scimEnabled: true });
    expect((await directory.request("GET", "/Users")).status).toBe(200);
  });

  it("tells when a token was last used, to the minute", async () => {
    const world = startWorld();
    await world.admin.tenants.create({ id: "acme" });
    const { request } = await connect(world, "acme");
    const lastUsedAt = async () => (await world.admin.tokens.list("acme")).items[0]?.lastUsedAt;
    const useAt = async (instant: string) => {
      world.time.now = new Date(instant);
      await request("GET", "/Users");
      return lastUsedAt();
    };
    expect(await useAt("2026-03-01T13:00:00.000Z")).toBe("2026-03-01T13:00:00.000Z");
    expect(await useAt("2026-03-01T13:00:59.000Z")).toBe("2026-03-01T13:00:00.000Z");
    expect(await useAt("2026-03-01T13:01:00.000Z")).toBe("2026-03-01T13:01:00.000Z");
  });

  it("J42: two overlap while one replaces the other, each until its own end", async () => {
    const world = startWorld();
    await world.admin.tenants.create({ id: "acme" });
    const { id } = await world.admin.connections.update("acme", { scimEnabled: true, consent: true });
    const old = await world.admin.tokens.create("acme", { expiresAt: "2026-03-01T13:00:00Z" });
    const next = await world.admin.tokens.create("acme");
    const ask = async ({ token }: typeof old, scheme = "Bearer") => {
      const { status } = await world.send(`/scim/v2/${id}/Users`, { headers: { authorization: `${scheme} ${token}` } });
      return status;
    };
    expect([await ask(old), await ask(next, "bEARER")]).toEqual([200, 200]);
    world.time.now = new Date("2026-03-01T13:00:00Z");
    expect([await ask(old), await ask(next)]).toEqual([401, 200]);
  });

  it("J42: one hash and one comparison for every token, known or not", async () => {
    const world = startWorld();
    await world.admin.tenants.create({ id: "acme" });
    const { request, token } = await connect(world, "acme");
    const { id } = (await world.admin.tenants.get("acme")).connection;
    const compare = vi.spyOn(crypto, "timingSafeEqual");
    syncBuiltinESMExports();
    try {
      await request("GET", "/Users");
      for (const guess of [`${token}x`, `mst_000000000000${token.slice(16)}`, "x", "__proto__"]) {
        await world.send(`/scim/v2/${id}/Users`, { headers: { authorization: `Bearer ${guess}` } });
      }
      expect(compare).toHaveBeenCalledTimes(5);
    } finally {
      compare.mockRestore();
      syncBuiltinESMExports();
    }
  });

  it("J42: a token is measured before it is hashed", async () => {
    const world = startWorld();
    await world.admin.tenants.create({ id: "acme" });
    const { token } = await connect(world, "acme");
    const { id } = (await world.admin.tenants.get("acme")).connection;
    const headers = { authorization: `Bearer ${token}${"x".repeat(10_000_000)}` };
    expect((await world.send(`/scim/v2/${id}/Users`, { headers })).status).toBe(401);
  });

  it("refuses an end in the past, and more than anybody needs", async () => {
    const { admin } = startWorld();
    await admin.tenants.create({ id: "acme" });
    for (const expiresAt of ["2026-03-01T12:00:00Z", "tomorrow", "2026-13-01T00:00:00Z"]) {
      await expect(admin.tokens.create("acme", { expiresAt })).rejects.toThrow(refused("invalid_request"));
    }
    for (let count = 0; count < 50; count++) await admin.tokens.create("acme");
    await expect(admin.tokens.create("acme")).rejects.toThrow(refused("conflict"));
  });

  it("40 requests of two tenants at once never mix", async () => {
    const world = startWorld();
    for (const id of ["acme", "globex"]) await world.admin.tenants.create({ id });
    const [acme, globex] = [await connect(world, "acme"), await connect(world, "globex")];
    await acme.push({ userName: "ada@acme.test" });
    await globex.push({ userName: "bob@globex.test" });
    const answers = await Promise.all(
      Array.from({ length: 40 }, async (_, index) => {
        const { body } = await (index % 2 === 0 ? acme : globex).request("GET", "/Users");
        return body.Resources.map(({ userName }: { userName: string }) => userName).join();
      }),
    );
    expect(answers).toEqual(Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? "ada@acme.test" : "bob@globex.test")));
  });
});
