import { describe, expect, it } from "vitest";
import { createProvisioning, memoryStore } from "../../src/index.ts";
import { connect, ENGINE_URL, type Json, startWorld } from "../admin/harness.ts";

function at(url: string) {
  const provisioning = createProvisioning({ url, store: memoryStore() });
  return async (address: string) => {
    const response = await provisioning.fetch(new Request(address));
    return { status: response.status, body: (await response.json()) as Json };
  };
}

describe("the handler", () => {
  it.each([
    "http://localhost:3000",
    "http://localhost:3000/",
    "http://localhost:3000/provisioning",
    "http://localhost:3000/a/b/",
  ])("answers below %s, with the prefix or without it", async (url) => {
    const ask = at(url);
    const base = url.replace(/\/$/, "");
    expect((await ask(`${base}/healthz`)).status).toBe(200);
    expect((await ask("http://localhost:3000/healthz")).status).toBe(200);
  });

  it("names both paths when it is mounted elsewhere than its url says", async () => {
    const { status, body } = await at("http://localhost:3000/provisioning")("http://localhost:3000/sync/healthz");
    expect([status, body.error.code]).toEqual([404, "not_found"]);
    expect(body.error.message).toContain("/sync/healthz");
    expect(body.error.message).toContain("/provisioning/");
    expect(body.error.hint).toContain("url");
  });

  it.each([
    "/",
    "/scim",
    "/scim/v2",
    "/saml/x",
    "/saml/x/other",
    "/saml/x/acs/",
    "/admin",
    "/admin/v10",
    "//healthz",
    "/HEALTHZ",
  ])("has nothing at %s", async (path) => {
    expect((await at("http://localhost:3000/p")(`http://localhost:3000/p${path}`)).status).toBe(404);
  });

  it("repeats no endless path", async () => {
    const { body } = await at("http://localhost:3000")(`http://localhost:3000/${"a".repeat(5000)}`);
    expect(body.error.message.length).toBeLessThan(400);
  });

  it("makes every address from its url, whatever the Host header says", async () => {
    const world = startWorld();
    await world.admin.tenants.create({ id: "acme" });
    const directory = await connect(world, "acme");
    await directory.push({ userName: "ada" });
    const { scim, saml } = await world.admin.connections.get("acme");
    const evil = (address: string | undefined) => `https://evil.example${new URL(address ?? "").pathname}`;
    const headers = { authorization: `Bearer ${directory.token}`, "x-forwarded-host": "evil.example" };
    const users = await world.provisioning.fetch(new Request(`${evil(scim?.baseUrl)}/Users`, { headers }));
    const metadata = await world.provisioning.fetch(new Request(evil(saml.metadataUrl)));
    for (const text of [await users.text(), await metadata.text()]) {
      expect(text).toContain(ENGINE_URL);
      expect(text).not.toContain("evil.example");
    }
  });

  it("contract 4: serves SAML metadata of parent and child, each with its own entity id", async () => {
    const { admin, send } = startWorld();
    await admin.tenants.create({ id: "acme" });
    await admin.tenants.create({ id: "acme-docs", parent: "acme" });
    for (const id of ["acme", "acme-docs"]) {
      const { saml } = await admin.connections.get(id);
      const { status, body } = await send(saml.metadataUrl.slice(ENGINE_URL.length));
      expect([status, body.includes(`entityID="${saml.entityId}"`), body.includes(saml.acsUrl)]).toEqual([
        200,
        true,
        true,
      ]);
    }
    expect((await send("/saml/nowhere/metadata")).status).toBe(404);
  });
});

describe("health", () => {
  it("contract 5: alive without a store, ready with one", async () => {
    const store = memoryStore();
    const provisioning = createProvisioning({ url: "http://localhost:3000", store, logger: SILENT });
    const ask = (path: string) => provisioning.fetch(new Request(`http://localhost:3000${path}`));
    expect([(await ask("/healthz")).status, (await ask("/readyz")).status]).toEqual([200, 200]);
    await store.close();
    const unready = await ask("/readyz");
    expect([(await ask("/healthz")).status, unready.status, unready.headers.get("retry-after")]).toEqual([
      200,
      503,
      "5",
    ]);
  });

  it("while the store is away everything answers 503, never 401 or 404", async () => {
    const store = memoryStore();
    const world = startWorld({ store });
    await world.admin.tenants.create({ id: "acme" });
    const directory = await connect(world, "acme");
    await store.close();
    const scim = await directory.request("GET", "/Users");
    expect([scim.status, scim.headers.get("retry-after"), scim.body.status]).toEqual([503, "5", "503"]);
    const management = await world.api("GET", "/tenants/acme");
    expect([management.status, management.body.error.code]).toEqual([503, "unavailable"]);
    const saml = await world.send("/saml/x/metadata");
    expect([saml.status, saml.headers.get("retry-after")]).toEqual([503, "5"]);
  });
});

const SILENT = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
