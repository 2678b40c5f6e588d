import { createPublicKey, generateKeyPairSync } from "node:crypto";
import { jwtVerify } from "jose";
import { describe, expect, it } from "vitest";
import {
  defineResourceType,
  defineSchema,
  memoryStore,
  type ProvisioningOptions,
  type SecurityEvent,
  type SecurityEventOptions,
  text,
} from "../../src/index.ts";
import { connect, type Directory, ENGINE_URL, eventually, startWorld, type World } from "../admin/harness.ts";

const PREFIX = "urn:ietf:params:scim:event:";
const USER = "urn:ietf:params:scim:schemas:core:2.0:User";
const KIND = "urn:ietf:params:scim:schemas:extension:document360:2.0:User";
const { privateKey } = generateKeyPairSync("ed25519");
const AUDIENCE = "https://receiver.example.com";

interface Transmitter extends World {
  readonly directory: Directory;
  /** What has been delivered, once as many have been. */
  heard(count: number): Promise<readonly SecurityEvent[]>;
}

async function open(events: Partial<SecurityEventOptions> = {}, more: Partial<ProvisioningOptions> = {}) {
  const delivered: SecurityEvent[] = [];
  const deliver = (event: SecurityEvent) => void delivered.push(event);
  const signingKey = { key: privateKey, keyId: "2026" };
  const securityEvents = { audience: AUDIENCE, signingKey, deliver, ...events };
  const world = startWorld({ ...more, scim: { securityEvents } });
  await world.admin.tenants.create({ id: "acme" });
  const transmitter: Transmitter = {
    ...world,
    directory: await connect(world, "acme"),
    heard: async (count) => {
      await eventually(async () => expect(delivered.length).toBeGreaterThanOrEqual(count));
      // Whatever should not be told would follow at once.
      await new Promise((resolve) => setTimeout(resolve, 20));
      return delivered;
    },
  };
  return transmitter;
}

/** The events of a token, without their common beginning. */
function names({ claims }: SecurityEvent): readonly string[] {
  return Object.keys(claims.events).map((uri) => uri.slice(PREFIX.length));
}

function payload(event: SecurityEvent | undefined, name: string): unknown {
  return event?.claims.events[PREFIX + name];
}

const preferAsync = (world: World, directory: Directory) => async (method: string, path: string, body?: object) => {
  const { connection } = await world.admin.tenants.get("acme");
  return world.send(`/scim/v2/${connection.id}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${directory.token}`,
      "content-type": "application/scim+json",
      prefer: "respond-async",
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
};

describe("security events", () => {
  it("J27: every write of a directory is a signed token, in order, with one jti and one txn each", async () => {
    const { directory, heard } = await open();
    const id = await directory.push({ userName: "mira" });
    await directory.patch(`/Users/${id}`, { op: "replace", path: "title", value: "Captain" });
    await directory.request("PUT", `/Users/${id}`, { schemas: [USER], userName: "mira", active: false });
    await directory.request("DELETE", `/Users/${id}`);
    const events = await heard(4);
    expect(events.map(names)).toEqual([
      ["prov:create:notice"],
      ["prov:patch:notice"],
      ["prov:put:notice", "prov:deactivate"],
      ["prov:delete"],
    ]);
    expect(payload(events[1], "prov:patch:notice")).toEqual({ attributes: ["title"], version: 'W/"2"' });
    expect(payload(events[3], "prov:delete")).toEqual({});
    for (const { claims } of events) expect(claims.sub_id).toEqual({ format: "scim", uri: `/Users/${id}` });
    expect(new Set(events.map(({ claims }) => claims.jti)).size).toBe(4);
    expect(new Set(events.map(({ claims }) => claims.txn)).size).toBe(4);
  });

  it("J27: the token is what the claims say, and its kind is no other's", async () => {
    const { directory, heard, time } = await open();
    await directory.push({ userName: "mira" });
    const [event] = await heard(1);
    const options = { issuer: ENGINE_URL, audience: AUDIENCE, typ: "secevent+jwt", currentDate: time.now };
    const { payload: claims, protectedHeader } = await jwtVerify(
      event?.token ?? "",
      createPublicKey(privateKey),
      options,
    );
    expect(protectedHeader).toEqual({ alg: "EdDSA", typ: "secevent+jwt", kid: "2026" });
    expect(claims).toEqual(event?.claims);
    const now = time.now.getTime() / 1000;
    expect(claims).toMatchObject({ iss: ENGINE_URL, aud: AUDIENCE, iat: now, toe: now, jti: event?.id });
    // RFC 9967 §2.1, RFC 8417 §2.2: neither belongs into a security event.
    for (const name of ["sub", "exp"]) expect(claims).not.toHaveProperty(name);
  });

  it("J27: issuer and audience are the host's to choose, the audience per tenant", async () => {
    const audience = (tenant: string) => [`https://${tenant}.example.com`, "https://log.example.com"];
    const { directory, heard } = await open({ issuer: "https://scim.example.com", audience });
    await directory.push({ userName: "mira" });
    const [event] = await heard(1);
    expect(event).toMatchObject({
      tenant: "acme",
      claims: { iss: "https://scim.example.com", aud: ["https://acme.example.com", "https://log.example.com"] },
    });
  });

  it("J27: full tells the resource as an answer shows it, and a PATCH as what it did", async () => {
    const { directory, heard } = await open({ mode: "full" });
    const { body: created } = await directory.request("POST", "/Users", {
      schemas: [USER, KIND],
      userName: "mira",
      externalId: "e-7",
      password: "hunter22",
      [KIND]: { isTeamAccount: "True" },
    });
    const path = `/Users/${created.id}`;
    const { body: patched } = await directory.patch(path, { op: "Replace", path: "active", value: "False" });
    expect(patched.active).toBe(false);
    const { body: replaced } = await directory.request("PUT", path, { schemas: [USER], userName: "mira" });
    const [create, patch, put] = await heard(3);
    expect(create?.claims.sub_id).toEqual({ format: "scim", uri: path, externalId: "e-7" });
    expect(payload(create, "prov:create:full")).toEqual({ data: created, version: 'W/"1"' });
    const schemas = ["urn:ietf:params:scim:api:messages:2.0:PatchOp"];
    const Operations = [{ op: "replace", path: "active", value: false }];
    expect(payload(patch, "prov:patch:full")).toEqual({ data: { schemas, Operations }, version: 'W/"2"' });
    expect(payload(put, "prov:put:full")).toEqual({ data: replaced, version: 'W/"3"' });
    expect(JSON.stringify([create, patch, put])).not.toContain("hunter22");
  });

  it("J27, J08: a change of members costs what it changes", async () => {
    const { directory, heard } = await open({ mode: "full" });
    const ids: string[] = [];
    for (const userName of ["ada", "bob", "cyd"]) ids.push(await directory.push({ userName }));
    const [ada = "", bob = "", cyd = ""] = ids;
    const group = await directory.pushGroup("Pilots", [ada, bob]);
    await directory.patch(
      `/Groups/${group}`,
      { op: "add", path: "members", value: [{ value: ada }, { value: cyd }, { value: "nobody" }] },
      { op: "remove", path: `members[value eq "${bob}"]` },
    );
    const events = await heard(5);
    expect(payload(events[3], "prov:create:full")).toMatchObject({
      data: { displayName: "Pilots", members: [{ value: ada }, { value: bob }] },
    });
    expect(payload(events[4], "prov:patch:full")).toMatchObject({
      data: {
        Operations: [
          { op: "remove", path: `members[value eq "${bob}"]` },
          { op: "add", path: "members", value: [{ value: cyd }] },
        ],
      },
    });
    expect(events[4]?.claims.sub_id.uri).toBe(`/Groups/${group}`);
  });

  it("J27: the host's own resource types are told as Users and Groups are", async () => {
    const code = text({ mutability: "writeOnly", returned: "never" });
    const schema = defineSchema("urn:example:Car", "Car", {
      plate: text(),
      price: text({ returned: "request" }),
      code,
    });
    const car = defineResourceType({ name: "Car", endpoint: "/Cars", schema });
    const { directory, heard } = await open({ mode: "full" }, { resourceTypes: [car] });
    const sent = { schemas: ["urn:example:Car"], plate: "A 1", price: "hidden 1", code: "hidden 2" };
    const { body } = await directory.request("POST", "/Cars", sent);
    const change = (path: string, value: string) => directory.patch(`/Cars/${body.id}`, { op: "replace", path, value });
    await change("price", "hidden 3");
    await change("code", "hidden 4");
    await change("plate", "A 2");
    await directory.request("DELETE", `/Cars/${body.id}`);
    const events = await heard(3);
    expect(events.map(names)).toEqual([["prov:create:full"], ["prov:patch:full"], ["prov:delete"]]);
    expect(JSON.stringify(events)).not.toContain("hidden");
    for (const { claims } of events) expect(claims.sub_id).toEqual({ format: "scim", uri: `/Cars/${body.id}` });
  });

  it("J27: each operation of a bulk request is told by itself, even for a client that prefers not to wait", async () => {
    const world = await open({ asyncRequest: "request" });
    const send = preferAsync(world, world.directory);
    const schemas = ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"];
    const user = (userName: string) => ({
      method: "POST",
      path: "/Users",
      bulkId: userName,
      data: { schemas: [USER], userName },
    });
    const { status } = await send("POST", "/Bulk", { schemas, Operations: [user("ada"), user("bob")] });
    expect(status).toBe(200);
    const events = await world.heard(2);
    expect(events.map(names)).toEqual([["prov:create:notice"], ["prov:create:notice"]]);
    expect(new Set(events.map(({ claims }) => claims.txn)).size).toBe(2);
  });

  it("J27: nothing is told of a write that changed nothing, or was refused", async () => {
    const { directory, heard } = await open();
    const id = await directory.push({ userName: "mira" });
    await directory.patch(`/Users/${id}`, { op: "replace", path: "active", value: true });
    const again = await directory.request("POST", "/Users", { schemas: [USER], userName: "mira" });
    expect(again.status).toBe(409);
    expect((await directory.request("DELETE", "/Users/nobody")).status).toBe(404);
    expect((await directory.request("PUT", `/Users/${id}`, { schemas: [USER] })).status).toBe(400);
    expect((await heard(1)).map(names)).toEqual([["prov:create:notice"]]);
  });

  it("J27: who joins the feed or leaves it is told as that, and nothing of who is outside", async () => {
    const includes: SecurityEventOptions["includes"] = ({ type, resource }) =>
      type === "User" && resource.attributes.title === "Pilot";
    const { directory, heard } = await open({ mode: "full", includes });
    const id = await directory.push({ userName: "mira" });
    await directory.pushGroup("Pilots", [id]);
    const title = (value: string) => directory.patch(`/Users/${id}`, { op: "replace", path: "title", value });
    await title("Pilot");
    await title("Poet");
    await title("Captain");
    await directory.request("DELETE", `/Users/${id}`);
    expect((await heard(2)).map(names)).toEqual([["feed:add"], ["feed:remove"]]);
  });

  it("J27: an event that did not arrive is delivered again, before any later one", async () => {
    const tries: string[] = [];
    let away = true;
    const deliver = async ({ id }: SecurityEvent) => {
      tries.push(id);
      if (away) throw new Error("connection refused");
    };
    const { directory } = await open({ deliver });
    await directory.push({ userName: "ada" });
    await eventually(async () => expect(tries).toHaveLength(1));
    await directory.push({ userName: "bob" });
    await eventually(async () => expect(tries).toHaveLength(2));
    away = false;
    await directory.push({ userName: "cyd" });
    await eventually(async () => expect(tries).toHaveLength(5));
    const [first, second, third, ...later] = tries;
    expect([second, third]).toEqual([first, first]);
    expect(new Set([first, ...later]).size).toBe(3);
  });

  it("J27: more events than one reading of the feed takes arrive, each once and in order", async () => {
    let away = true;
    const uris: string[] = [];
    const deliver = async ({ claims }: SecurityEvent) => {
      if (away) throw new Error("away");
      uris.push(claims.sub_id.uri);
    };
    const { directory } = await open({ deliver });
    const pushed: string[] = [];
    for (let count = 0; count < 120; count++) pushed.push(`/Users/${await directory.push({ userName: `u${count}` })}`);
    away = false;
    pushed.push(`/Users/${await directory.push({ userName: "last" })}`);
    await eventually(async () => expect(uris).toHaveLength(121));
    expect(uris).toEqual(pushed);
  });

  it("J27: receivers that are away hold up neither listeners nor directories", async () => {
    const { provisioning, directory } = await open({ deliver: () => Promise.reject(new Error("away")) });
    const heard: string[] = [];
    provisioning.on("account.created", ({ account }) => void heard.push(account.userName));
    await directory.push({ userName: "ada" });
    await directory.push({ userName: "bob" });
    await eventually(async () => expect(heard).toEqual(["ada", "bob"]));
  });

  it("J27: what one process committed the next one delivers, each event once when all goes well", async () => {
    const store = memoryStore();
    const first = await open({ deliver: () => Promise.reject(new Error("away")) }, { store });
    await first.directory.push({ userName: "ada" });
    await first.provisioning.close();

    const ids: string[] = [];
    const deliver = ({ id }: SecurityEvent) => void ids.push(id);
    const securityEvents = { audience: AUDIENCE, signingKey: { key: privateKey }, deliver };
    for (let starts = 0; starts < 2; starts++) {
      const next = startWorld({ store, scim: { securityEvents } });
      await next.provisioning.ready();
      await next.provisioning.close();
    }
    expect(ids).toHaveLength(1);
  });

  it("J27: without the option nothing is recorded, and listeners never see a row that is not theirs", async () => {
    const store = memoryStore();
    const world = startWorld({ store });
    await world.admin.tenants.create({ id: "acme" });
    const directory = await connect(world, "acme");
    await directory.push({ userName: "mira" });
    const types = await store.transaction({ tenantId: "acme" }, async ({ changes }) =>
      (await changes.read("acme", { limit: 100 })).map(({ change }) => change.type),
    );
    expect(types).toContain("account.created");
    expect(types.filter((type) => type.startsWith("scim."))).toEqual([]);
    expect((await directory.request("GET", "/ServiceProviderConfig")).body).not.toHaveProperty("securityEvents");
  });

  it("J27: children hear of people as ever, and are no source of tokens", async () => {
    const { admin, directory, provisioning, heard } = await open();
    await admin.tenants.create({ id: "acme-docs", parent: "acme" });
    const accounts: string[] = [];
    provisioning.on("account.created", ({ tenant }) => void accounts.push(tenant));
    await directory.push({ userName: "mira" });
    await eventually(async () => expect(accounts.toSorted()).toEqual(["acme", "acme-docs"]));
    expect((await heard(1)).map(({ tenant }) => tenant)).toEqual(["acme"]);
  });
});

describe("asynchronous requests", () => {
  it("J28: 202 with Set-Txn, then the write and its completion under the same txn, which can be read", async () => {
    const world = await open({ asyncRequest: "request" });
    const send = preferAsync(world, world.directory);
    const { status, body, headers } = await send("POST", "/Users", { schemas: [USER], userName: "mira" });
    expect([status, body]).toEqual([202, ""]);
    const txn = headers.get("set-txn");
    const [written, completed] = await world.heard(2);
    expect([written, completed].map((event) => event?.claims.txn)).toEqual([txn, txn]);
    expect(written?.id).not.toBe(completed?.id);
    const uri = written?.claims.sub_id.uri ?? "";
    expect(completed?.claims.sub_id).toEqual({ format: "scim", uri });
    expect(payload(completed, "misc:asyncresp")).toEqual({
      method: "POST",
      status: "201",
      version: 'W/"1"',
      location: expect.stringMatching(new RegExp(`^${ENGINE_URL}/scim/v2/[^/]+${uri}$`)),
    });

    const location = (headers.get("location") ?? "").slice(ENGINE_URL.length);
    const authorization = `Bearer ${world.directory.token}`;
    for (let asked = 0; asked < 2; asked++) {
      const answer = await world.send(location, { headers: { authorization } });
      expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "application/secevent+jwt"]);
      const { payload: claims } = await jwtVerify(answer.body, createPublicKey(privateKey), {
        currentDate: world.time.now,
      });
      expect(claims).toEqual(completed?.claims);
    }
    world.time.now = new Date(world.time.now.getTime() + 24 * 60 * 60_000);
    expect((await world.send(location, { headers: { authorization } })).status).toBe(404);
  });

  it("J28: a write that fails is completed with its error, and one that changes nothing is completed too", async () => {
    const world = await open({ asyncRequest: "request" });
    const send = preferAsync(world, world.directory);
    const id = await world.directory.push({ userName: "mira" });
    await send("POST", "/Users", { schemas: [USER], userName: "mira" });
    await send("PUT", `/Users/${id}`, { schemas: [USER, KIND], userName: "mira", displayName: "mira", active: true });
    const events = await world.heard(3);
    expect(payload(events[1], "misc:asyncresp")).toMatchObject({
      method: "POST",
      status: "409",
      response: { scimType: "uniqueness", status: "409" },
    });
    expect(payload(events[2], "misc:asyncresp")).toMatchObject({ method: "PUT", status: "200", version: 'W/"1"' });
    expect(events).toHaveLength(3);
  });

  it("J28: writes of one connection keep their order", async () => {
    const world = await open({ asyncRequest: "request", mode: "full" });
    const send = preferAsync(world, world.directory);
    const id = await world.directory.push({ userName: "mira" });
    const put = (title: string) => send("PUT", `/Users/${id}`, { schemas: [USER], userName: "mira", title });
    await Promise.all(["1", "2", "3", "4"].map(put));
    await send("DELETE", `/Users/${id}`);
    const events = await world.heard(11);
    const titles = events.flatMap((event) => (payload(event, "prov:put:full") as { data: object })?.data ?? []);
    expect(titles).toMatchObject([{ title: "1" }, { title: "2" }, { title: "3" }, { title: "4" }]);
    expect(names(events.at(-2) as SecurityEvent)).toEqual(["prov:delete"]);
  });

  it("J28: what became of a request is nobody's business at another connection", async () => {
    const world = await open({ asyncRequest: "request" });
    const { headers } = await preferAsync(world, world.directory)("POST", "/Users", { schemas: [USER], userName: "a" });
    await world.heard(2);
    await world.admin.tenants.create({ id: "other" });
    const other = await connect(world, "other");
    expect((await other.request("GET", `/AsyncResponses/${headers.get("set-txn")}`)).status).toBe(404);
  });

  it("J28: closing does what was accepted, and delivers it", async () => {
    const world = await open({ asyncRequest: "request" });
    const send = preferAsync(world, world.directory);
    const accepted = ["ada", "bob"].map((userName) => send("POST", "/Users", { schemas: [USER], userName }));
    expect((await Promise.all(accepted)).map(({ status }) => status)).toEqual([202, 202]);
    await world.provisioning.close();
    expect(await world.heard(4)).toHaveLength(4);
  });

  it("J28, J29: a preference is ignored unless the host allows it, as the service provider config says", async () => {
    const world = await open({ includes: () => true });
    const { status } = await preferAsync(world, world.directory)("POST", "/Users", { schemas: [USER], userName: "a" });
    expect(status).toBe(201);
    const { body } = await world.directory.request("GET", "/ServiceProviderConfig");
    expect(body.securityEvents).toEqual({
      asyncRequest: "none",
      eventUris: [
        "feed:add",
        "feed:remove",
        "prov:create:notice",
        "prov:put:notice",
        "prov:patch:notice",
        "prov:delete",
        "prov:activate",
        "prov:deactivate",
      ].map((name) => PREFIX + name),
    });
  });

  it("J29: tells of asynchronous requests and of the mode as they are", async () => {
    const { directory } = await open({ asyncRequest: "request", mode: "full" });
    const { body } = await directory.request("GET", "/ServiceProviderConfig");
    expect(body.securityEvents).toMatchObject({ asyncRequest: "request" });
    const uris: readonly string[] = body.securityEvents.eventUris;
    expect(uris).toContain(`${PREFIX}misc:asyncresp`);
    expect(uris).toContain(`${PREFIX}prov:patch:full`);
    expect(uris.filter((uri) => uri.includes("feed:") || uri.endsWith("notice"))).toEqual([]);
  });
});
