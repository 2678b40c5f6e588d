import { describe, expect, it } from "vitest";
import { memoryStore, type ProvisioningOptions } from "../../src/index.ts";
import { type Answer, connect, type Directory, ENGINE_URL, startWorld, type World } from "../admin/harness.ts";

const HOST_SECRET = "what the host keeps and nobody can guess";

async function start(options: Partial<ProvisioningOptions> = {}): Promise<{ world: World; acme: Directory }> {
  const world = startWorld(options);
  await world.admin.tenants.create({ id: "acme" });
  const acme = await connect(world, "acme");
  for (const name of ["ada", "bob", "cid"]) await acme.push({ userName: name });
  return { world, acme };
}

const next = ({ body }: Answer): string => String(body.nextCursor);
const refused = ({ status, body }: Answer): readonly unknown[] => [status, body.scimType];

describe.each([
  ["the connection's own secret", {}],
  ["the host's secret", { scim: { cursorSecret: HOST_SECRET } }],
])("a cursor under %s", (_name, options) => {
  it("J24: is not good at another tenant, be it with the same filter", async () => {
    const { world, acme } = await start(options);
    await world.admin.tenants.create({ id: "globex" });
    const globex = await connect(world, "globex");
    for (const name of ["eve", "fay", "gus"]) await globex.push({ userName: name });
    const cursor = next(await acme.request("GET", "/Users?cursor&count=2&filter=userName%20pr"));
    const stolen = await globex.request("GET", `/Users?cursor=${cursor}&filter=userName%20pr`);
    expect(refused(stolen)).toEqual([400, "invalidCursor"]);
    const own = await acme.request("GET", `/Users?cursor=${cursor}&filter=userName%20pr`);
    expect([own.status, own.body.itemsPerPage]).toEqual([200, 1]);
  });

  it("J24: is good for another token of the connection, and at another process on the same store", async () => {
    const store = memoryStore();
    const { world, acme } = await start({ ...options, store });
    const cursor = next(await acme.request("GET", "/Users?cursor&count=2"));
    const { scim } = await world.admin.connections.get("acme");
    const { token } = await world.admin.tokens.create("acme");
    const headers = { authorization: `Bearer ${token}` };
    for (const process of [world, startWorld({ ...options, store })]) {
      const path = `${scim?.baseUrl.slice(ENGINE_URL.length)}/Users?cursor=${cursor}`;
      expect((await process.send(path, { headers })).body).toMatchObject({ itemsPerPage: 1, totalResults: 3 });
    }
  });

  it("RFC 9865 §5: opens nothing without a token that is still good", async () => {
    const { world, acme } = await start(options);
    const cursor = next(await acme.request("GET", "/Users?cursor&count=2"));
    await world.admin.connections.update("acme", { scimEnabled: false });
    expect((await acme.request("GET", `/Users?cursor=${cursor}`)).status).toBe(401);
  });
});

describe("cursors", () => {
  it("J24: die with the host's secret", async () => {
    const store = memoryStore();
    const { acme } = await start({ store, scim: { cursorSecret: HOST_SECRET } });
    const cursor = next(await acme.request("GET", "/Users?cursor&count=2"));
    const other = startWorld({ store, scim: { cursorSecret: `${HOST_SECRET}!` } });
    const { scim } = await other.admin.connections.get("acme");
    const path = `${scim?.baseUrl.slice(ENGINE_URL.length)}/Users?cursor=${cursor}`;
    const answer = await other.send(path, { headers: { authorization: `Bearer ${acme.token}` } });
    expect(refused(answer)).toEqual([400, "invalidCursor"]);
  });

  it("J23, J25: expire by the engine's clock, after the time that is announced", async () => {
    const { world, acme } = await start({ scim: { limits: { cursorSeconds: 90 } } });
    expect((await acme.request("GET", "/ServiceProviderConfig")).body.pagination).toMatchObject({
      cursor: true,
      index: true,
      defaultPaginationMethod: "index",
      defaultPageSize: 100,
      maxPageSize: 1000,
      cursorTimeout: 90,
    });
    const cursor = next(await acme.request("GET", "/Users?cursor&count=2"));
    world.time.now = new Date(world.time.now.getTime() + 90_000);
    expect(refused(await acme.request("GET", `/Users?cursor=${cursor}`))).toEqual([400, "expiredCursor"]);
  });

  it("C05: what takes too many looks is 400 tooMany by index, and short pages by cursor", async () => {
    const { acme } = await start({ scim: { limits: { scannedResources: 2 } } });
    const filter = "filter=displayName%20sw%20%22c%22";
    expect(refused(await acme.request("GET", `/Users?${filter}`))).toEqual([400, "tooMany"]);
    const first = await acme.request("GET", `/Users?${filter}&cursor`);
    expect(first.body).toMatchObject({ itemsPerPage: 0, nextCursor: expect.any(String) });
    expect(first.body).not.toHaveProperty("totalResults");
    const second = await acme.request("GET", `/Users?${filter}&cursor=${next(first)}`);
    expect(second.body).toMatchObject({ itemsPerPage: 1, Resources: [{ userName: "cid" }] });
    expect(second.body).not.toHaveProperty("nextCursor");
  });
});
