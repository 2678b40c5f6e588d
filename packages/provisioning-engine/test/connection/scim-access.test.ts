import { beforeAll, describe, expect, it } from "vitest";
import type { ConnectionSettings, Logger, ProvisioningOptions, Store } from "../../src/index.ts";
import { memoryStore } from "../../src/index.ts";
import { ENGINE_URL, startWorld, type World } from "../admin/harness.ts";
import {
  AUDIENCE,
  after,
  ISSUER,
  JWKS_URI,
  keysAnswer,
  macSigned,
  makeKey,
  NOW,
  signed,
  type TestKey,
  unsigned,
} from "../token/issuer.ts";

let key: TestKey;
let stranger: TestKey;
beforeAll(async () => {
  [key, stranger] = await Promise.all([makeKey("RS256", "1"), makeKey("RS256", "1")]);
});

const TRUSTED = { issuer: ISSUER, audience: AUDIENCE };

interface Scene extends World {
  readonly log: string[];
  /** The status of a request for users at the tenant's connection. */
  ask(token: string, tenant?: string): Promise<number>;
}

/** Tenants with SCIM on, whose connections trust nobody yet. */
async function start(options: Partial<ProvisioningOptions> = {}, ...tenants: readonly string[]): Promise<Scene> {
  const log: string[] = [];
  const write = (facts: object, message: string) => log.push(`${message} ${JSON.stringify(facts)}`);
  const logger: Logger = { debug: write, info: write, warn: write, error: write };
  const world = startWorld({ logger, ...options });
  for (const id of ["acme", ...tenants]) {
    await world.admin.tenants.create({ id });
    await world.admin.connections.update(id, { scimEnabled: true, consent: true });
  }
  const ask: Scene["ask"] = async (token, tenant = "acme") => {
    const { id } = await world.admin.connections.get(tenant);
    const headers = { authorization: `Bearer ${token}` };
    return (await world.send(`/scim/v2/${id}/Users`, { headers })).status;
  };
  return { ...world, log, ask };
}

const trust = ({ admin }: World, change: object = {}, tenant = "acme") =>
  admin.connections.update(tenant, { scimJwt: { ...TRUSTED, jwks: { keys: [key.jwk] }, ...change } });

describe("an access token of a trusted issuer", () => {
  it("J42: opens the connection that trusts it, for reading and for writing", async () => {
    const scene = await start();
    await trust(scene);
    const token = await signed(key);
    expect(await scene.ask(token)).toBe(200);
    const { id } = await scene.admin.connections.get("acme");
    const body = JSON.stringify({ schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"], userName: "ada" });
    const headers = { authorization: `bEaReR ${token}`, "content-type": "application/scim+json" };
    expect((await scene.send(`/scim/v2/${id}/Users`, { method: "POST", headers, body })).status).toBe(201);
  });

  it("J42: opens nothing where nobody is trusted, at another audience, at a child, and while SCIM is off", async () => {
    const scene = await start({}, "globex", "initech");
    await scene.admin.tenants.create({ id: "acme-docs", parent: "acme" });
    await trust(scene);
    await trust(scene, { audience: "https://globex.example.com" }, "globex");
    const token = await signed(key);
    expect(await scene.ask(token, "globex")).toBe(401);
    expect(await scene.ask(token, "initech")).toBe(401);
    expect(await scene.ask(token, "acme-docs")).toBe(401);
    await scene.admin.connections.update("acme", { scimEnabled: false });
    expect(await scene.ask(token)).toBe(401);
    await scene.admin.connections.update("acme", { scimEnabled: true });
    expect(await scene.ask(token)).toBe(200);
    await scene.admin.connections.update("acme", { scimJwt: null });
    expect(await scene.ask(token)).toBe(401);
  });

  it("J42: is refused for every lie, and the log says which, without the token", async () => {
    const scene = await start();
    await trust(scene, { subject: "provisioning-service" });
    const lies = [
      unsigned(),
      macSigned(key.jwk.n ?? "", "1"),
      await signed(stranger),
      await signed(key, { iss: "https://login.evil.test/" }),
      await signed(key, { aud: "https://app.example.com" }),
      await signed(key, { sub: "somebody" }),
      await signed(key, { exp: after(-61) }),
      await signed(key, { exp: undefined }),
      await signed(key, { nbf: after(61) }),
      await signed(key, {}, { kid: "2" }),
      await signed(key, {}, { typ: "secevent+jwt" }),
    ];
    for (const [index, lie] of lies.entries()) {
      expect(await scene.ask(lie), String(index)).toBe(401);
      expect(scene.log[index]).toMatch(/^An access token was refused\. .*"reason":"\w/);
    }
    expect(scene.log).toHaveLength(lies.length);
    for (const lie of lies) expect(scene.log.join()).not.toContain(lie.split(".")[1]);
  });

  it("J42: is measured before it is parsed", async () => {
    const scene = await start();
    await trust(scene);
    const padded = await signed(key, { pad: "x".repeat(8192) });
    expect(await scene.ask(padded)).toBe(401);
    expect(scene.log).toEqual([]);
    expect(await scene.ask(await signed(key, { pad: "x".repeat(4096) }))).toBe(200);
  });

  it("opens with keys from the issuer's address, also after it has begun to use a new one", async () => {
    let published = [key.jwk];
    const jwks = { hosts: ["login.acme.test"], fetch: async () => keysAnswer(...published) };
    const scene = await start({ scim: { jwks } });
    await trust(scene, { jwks: undefined, jwksUri: JWKS_URI });
    const next = await makeKey("RS256", "2");
    expect(await scene.ask(await signed(key))).toBe(200);
    expect(await scene.ask(await signed(next))).toBe(401);
    published = [key.jwk, next.jwk];
    scene.time.now = new Date(NOW.getTime() + 30_000);
    expect(await scene.ask(await signed(next))).toBe(200);
  });

  it("J42: is neither accepted nor refused while the keys cannot be had", async () => {
    const jwks = {
      hosts: ["login.acme.test"],
      fetch: async (): Promise<Response> => Promise.reject(new Error("connection refused")),
    };
    const scene = await start({ scim: { jwks } });
    await trust(scene, { jwks: undefined, jwksUri: JWKS_URI });
    expect(await scene.ask(await signed(key))).toBe(503);
    expect(scene.log.join()).toContain("connection refused");
    // What names another issuer is refused all the same.
    expect(await scene.ask(await signed(key, { iss: "https://login.evil.test/" }))).toBe(401);
  });

  it("J42: a host that is not allowed any more is not asked", async () => {
    const store = memoryStore();
    const before = await start({ store, scim: { jwks: { hosts: ["login.acme.test"] } } });
    await trust(before, { jwks: undefined, jwksUri: JWKS_URI });
    const { id } = await before.admin.connections.get("acme");
    const fetch = async (): Promise<Response> => expect.unreachable("the host was asked");
    const world = startWorld({ store, scim: { jwks: { hosts: [], fetch } } });
    const headers = { authorization: `Bearer ${await signed(key)}` };
    const { status, headers: answered } = await world.send(`/scim/v2/${id}/Users`, { headers });
    expect([status, answered.get("retry-after")]).toEqual([503, "5"]);
    await expect(
      world.admin.connections.update("acme", { scimJwt: { ...TRUSTED, jwksUri: JWKS_URI } }),
    ).rejects.toThrow(expect.objectContaining({ code: "invalid_request" }));
  });

  it("I39: whom a connection trusts is audited, and read-only at a child", async () => {
    const scene = await start();
    await scene.admin.tenants.create({ id: "acme-docs", parent: "acme" });
    const { scimJwt } = await trust(scene);
    expect(await scene.admin.connections.get("acme-docs")).toMatchObject({ scimJwt, readOnly: true });
    await expect(trust(scene, {}, "acme-docs")).rejects.toThrow(
      expect.objectContaining({ code: "inherited_read_only" }),
    );
    const [entry] = (await scene.admin.audit.list("acme")).items;
    expect(entry).toMatchObject({ action: "connection.updated", before: { scimJwt: null }, after: { scimJwt } });
  });

  it("R114: a child that is unlinked trusts nobody", async () => {
    const scene = await start();
    await scene.admin.tenants.create({ id: "acme-docs", parent: "acme" });
    await trust(scene);
    await scene.admin.tenants.update("acme-docs", { parent: null });
    expect(await scene.admin.connections.get("acme-docs")).toMatchObject({ readOnly: false, scimJwt: null });
  });
});

describe("a connection of an older version", () => {
  it("trusts nobody, and is changed like any other", async () => {
    const store = memoryStore();
    const scene = await start({ store });
    const { id } = await forgetScimJwt(store, (await scene.admin.connections.get("acme")).id);
    expect(await scene.admin.connections.get("acme")).toMatchObject({ id, scimJwt: null });
    expect(await scene.ask(await signed(key))).toBe(401);
    const entries = (await scene.admin.audit.list("acme")).items.length;
    expect(await scene.admin.connections.update("acme", { scimJwt: null })).toMatchObject({ scimJwt: null });
    expect((await scene.admin.audit.list("acme")).items).toHaveLength(entries);
    await trust(scene);
    expect(await scene.ask(await signed(key))).toBe(200);
  });
});

/** As a row was written before there was this setting. */
function forgetScimJwt(store: Store, id: string): Promise<{ readonly id: string }> {
  return store.transaction({ tenantId: null }, async ({ connections }) => {
    const connection = await connections.get(id);
    if (connection?.settings == null) throw new Error("There is no such connection.");
    const { scimJwt: _, ...older } = connection.settings;
    const settings = older as ConnectionSettings;
    expect(await connections.update({ ...connection, settings, version: connection.version + 1 })).toEqual({
      ok: true,
    });
    return connection;
  });
}

describe("the address of a connection", () => {
  it("J42: is nobody's issuer but its own clients'", async () => {
    const scene = await start();
    const { id } = await scene.admin.connections.get("acme");
    const own = `${ENGINE_URL}/oauth/${id}`;
    await trust(scene, { issuer: own, audience: `${ENGINE_URL}/scim/v2/${id}` });
    const forged = { iss: own, aud: `${ENGINE_URL}/scim/v2/${id}` };
    for (const sub of ["provisioning-service", "", "__proto__", "mst_000000000000", "msc_000000000000"]) {
      expect(await scene.ask(await signed(key, { ...forged, sub }, { typ: "at+jwt" })), sub).toBe(401);
    }
  });
});
