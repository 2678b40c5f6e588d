import { createHmac } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { signingKey } from "../../src/connection/scim-client.ts";
import { memoryStore, ProvisioningError, type ProvisioningOptions } from "../../src/index.ts";
import { signAccessToken } from "../../src/token/json-web-token.ts";
import { type Answer, ENGINE_URL, startWorld, type World } from "../admin/harness.ts";
import { makeKey, part, signed, type TestKey } from "../token/issuer.ts";

const FORM = "application/x-www-form-urlencoded";
const GRANT = { grant_type: "client_credentials" };

let ed: TestKey;
beforeAll(async () => {
  ed = await makeKey("EdDSA", "1");
});

interface Scene extends World {
  readonly connectionId: string;
  readonly client: { readonly id: string; readonly secret: string };
  /** A request to the token endpoint; the client's own by default. */
  grant(form?: object | string, headers?: object, connectionId?: string): Promise<Answer>;
  accessToken(): Promise<string>;
  /** The status of a request for users. */
  ask(token: string, connectionId?: string): Promise<number>;
  at(instant: string): void;
}

async function start(options: Partial<ProvisioningOptions> = {}): Promise<Scene> {
  const world = startWorld(options);
  await world.admin.tenants.create({ id: "acme" });
  const { id: connectionId } = await world.admin.connections.update("acme", { scimEnabled: true, consent: true });
  const { clientId, clientSecret, tokenUrl } = await world.admin.clients.create("acme");
  expect(tokenUrl).toBe(`${ENGINE_URL}/oauth/${connectionId}/token`);
  const own = { ...GRANT, client_id: clientId, client_secret: clientSecret };
  const grant: Scene["grant"] = (form = own, headers = {}, id = connectionId) =>
    world.send(`/oauth/${id}/token`, {
      method: "POST",
      headers: { "content-type": FORM, ...headers },
      body: typeof form === "string" ? form : new URLSearchParams(Object.entries(form)).toString(),
    });
  return {
    ...world,
    connectionId,
    client: { id: clientId, secret: clientSecret },
    grant,
    accessToken: async () => (await grant()).body.access_token,
    ask: async (token, id = connectionId) => {
      const headers = { authorization: `Bearer ${token}` };
      return (await world.send(`/scim/v2/${id}/Users`, { headers })).status;
    },
    at: (instant) => {
      world.time.now = new Date(instant);
    },
  };
}

const basic = (id: string, secret: string) => ({
  authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}`,
});

describe("POST /oauth/{connection}/token", () => {
  it("J42: gives a client an access token for an hour, which no cache keeps (RFC 6749 §4.4, §5.1)", async () => {
    const { grant, ask } = await start();
    const { status, headers, body } = await grant();
    expect([status, headers.get("cache-control"), headers.get("pragma")]).toEqual([200, "no-store", "no-cache"]);
    expect(headers.get("x-request-id")).toMatch(/./);
    expect(body).toEqual({
      access_token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
      token_type: "Bearer",
      expires_in: 3600,
      scope: "scim",
    });
    expect(await ask(body.access_token)).toBe(200);
  });

  it("J42: takes the secret by HTTP Basic too, form-encoded or not (RFC 6749 §2.3.1)", async () => {
    const { grant, client } = await start();
    const everyByte = (text: string) => text.replaceAll(/./g, (it) => `%${it.charCodeAt(0).toString(16)}`);
    for (const headers of [
      basic(client.id, client.secret),
      basic(everyByte(client.id), everyByte(client.secret)),
      { authorization: basic(client.id, client.secret).authorization.replace("Basic", "bASIC") },
    ]) {
      expect((await grant(GRANT, headers)).status).toBe(200);
    }
    expect(
      (await grant({ ...GRANT, client_id: client.id, scope: "a b" }, basic(client.id, client.secret))).status,
    ).toBe(200);
  });

  it("J42: refuses who is not the client, alike in every case (RFC 6749 §5.2)", async () => {
    const { grant, client, admin } = await start();
    const other = await admin.clients.create("acme");
    const { token } = await admin.tokens.create("acme");
    const form = (client_id: string, client_secret: string) => ({ ...GRANT, client_id, client_secret });
    const refused = await Promise.all([
      grant(form(client.id, other.clientSecret)),
      grant(form(client.id, "")),
      grant(form(client.id, `${client.secret}x`)),
      grant(form("msc_000000000000", client.secret)),
      grant(form("__proto__", client.secret)),
      grant(form(token.slice(0, 16), token)),
      grant({ ...GRANT, client_id: client.id }),
      grant(GRANT),
      grant(GRANT, basic(client.id, "wrong")),
      grant(GRANT, { authorization: `Bearer ${token}` }),
      grant(GRANT, { authorization: "Basic !" }),
      grant(GRANT, { authorization: "Basic bm9jb2xvbg==" }),
      grant(GRANT, basic("%", "%zz")),
    ]);
    const [first] = refused;
    for (const { status, headers, body } of refused) {
      expect([status, body]).toEqual([401, first?.body]);
      expect(headers.get("www-authenticate")).toBe('Basic realm="scim"');
      expect(headers.get("cache-control")).toBe("no-store");
    }
    expect(first?.body).toEqual({ error: "invalid_client", error_description: expect.any(String) });
  });

  it("J42: says what is wrong with a request (RFC 6749 §5.2)", async () => {
    const { grant, client, send, connectionId } = await start();
    const own = { client_id: client.id, client_secret: client.secret };
    const code = async (answer: Promise<Answer>) => {
      const { status, body } = await answer;
      return `${status} ${body.error}`;
    };
    expect(await code(grant(own))).toBe("400 invalid_request");
    expect(await code(grant({ ...own, grant_type: "password" }))).toBe("400 unsupported_grant_type");
    expect(await code(grant({ ...own, grant_type: "Client_Credentials" }))).toBe("400 unsupported_grant_type");
    expect(await code(grant("grant_type=client_credentials&grant_type=password"))).toBe("400 invalid_request");
    expect(await code(grant(JSON.stringify({ ...own, ...GRANT }), { "content-type": "application/json" }))).toBe(
      "400 invalid_request",
    );
    expect(await code(grant({ ...own, ...GRANT }, basic(client.id, client.secret)))).toBe("400 invalid_request");
    const two = grant({ ...GRANT, client_id: "msc_000000000000" }, basic(client.id, client.secret));
    expect(await code(two)).toBe("400 invalid_request");
    expect(await code(grant({ ...own, ...GRANT, pad: "x".repeat(8192) }))).toBe("413 invalid_request");
    const get = await send(`/oauth/${connectionId}/token?grant_type=client_credentials`);
    expect([get.status, get.headers.get("allow"), get.body.error]).toEqual([405, "POST", "invalid_request"]);
  });

  it("J42: reads no more of a body than a form may have", async () => {
    const { provisioning, connectionId } = await start();
    let read = 0;
    const body = new ReadableStream({
      pull: (controller) => {
        read += 1024;
        controller.enqueue(new Uint8Array(1024).fill(97));
      },
    });
    const init = { method: "POST", body, duplex: "half" as const, headers: { "content-type": FORM } };
    const request = new Request(`${ENGINE_URL}/oauth/${connectionId}/token`, init);
    expect((await provisioning.fetch(request)).status).toBe(413);
    expect(read).toBeLessThan(64 * 1024);
  });

  it("I36: knows no client at another connection, at a child, nowhere, and while SCIM is off", async () => {
    const scene = await start();
    await scene.admin.tenants.create({ id: "globex" });
    const globex = await scene.admin.connections.update("globex", { scimEnabled: true, consent: true });
    const { connection } = await scene.admin.tenants.create({ id: "acme-docs", parent: "acme" });
    for (const id of [globex.id, connection.id, "nowhere", "__proto__"]) {
      const { status, body } = await scene.grant(undefined, {}, id);
      expect([id, status, body.error]).toEqual([id, 401, "invalid_client"]);
    }
    await scene.admin.connections.update("acme", { scimEnabled: false });
    expect((await scene.grant()).status).toBe(401);
  });

  it("J42: a fault of ours is never the client's", async () => {
    const store = memoryStore();
    let fault: Error | undefined;
    const scene = await start({
      store: {
        ...store,
        transaction: async (scope, work) => {
          if (fault !== undefined) throw fault;
          return store.transaction(scope, work);
        },
      },
    });
    const token = await scene.accessToken();
    fault = new ProvisioningError("unavailable", "The store is away.");
    const { status, headers, body } = await scene.grant();
    expect([status, headers.get("retry-after"), body.error]).toEqual([503, "5", "temporarily_unavailable"]);
    expect(await scene.ask(token)).toBe(503);
    fault = new Error("disk full at /var/lib");
    const failed = await scene.grant();
    expect([failed.status, failed.body.error]).toEqual([500, "server_error"]);
    expect(JSON.stringify(failed.body)).not.toContain("/var/lib");
    expect(await scene.ask(token)).toBe(500);
  });

  it("is at no other address below", async () => {
    const { send, connectionId } = await start();
    for (const path of [`/oauth/${connectionId}`, `/oauth/${connectionId}/jwks`, `/oauth/${connectionId}/token/x`]) {
      expect((await send(path, { method: "POST" })).status).toBe(404);
    }
  });
});

describe("an access token of a client", () => {
  it("J42: lives as long as the host application says, and a minute more for the clocks", async () => {
    const { grant, ask, at } = await start({ scim: { accessTokenMinutes: 360 } });
    const { body } = await grant();
    expect(body.expires_in).toBe(6 * 3600);
    at("2026-03-01T18:00:59.000Z");
    expect(await ask(body.access_token)).toBe(200);
    at("2026-03-01T18:01:00.000Z");
    expect(await ask(body.access_token)).toBe(401);
  });

  it("I36: dies with its client and with SCIM, at once, and other clients' do not", async () => {
    const scene = await start();
    const { ask, admin, client, connectionId, send } = scene;
    const token = await scene.accessToken();
    const other = await admin.clients.create("acme");
    const form = { ...GRANT, client_id: other.clientId, client_secret: other.clientSecret };
    const { body } = await scene.grant(form);
    await admin.clients.revoke("acme", client.id);
    expect([await ask(token), await ask(body.access_token)]).toEqual([401, 200]);
    expect((await scene.grant()).status).toBe(401);
    await admin.connections.update("acme", { scimEnabled: false });
    expect(await ask(body.access_token)).toBe(401);
    expect((await send(`/oauth/${connectionId}/jwks`)).status).toBe(404);
  });

  it("J42: never outlives its client", async () => {
    const scene = await start();
    const { clientId, clientSecret } = await scene.admin.clients.create("acme", { expiresAt: "2026-03-01T12:10:00Z" });
    const { body } = await scene.grant({ ...GRANT, client_id: clientId, client_secret: clientSecret });
    expect(body.expires_in).toBe(600);
    scene.at("2026-03-01T12:09:59.999Z");
    expect(await scene.ask(body.access_token)).toBe(200);
    scene.at("2026-03-01T12:10:00.000Z");
    expect(await scene.ask(body.access_token)).toBe(401);
    expect((await scene.grant({ ...GRANT, client_id: clientId, client_secret: clientSecret })).status).toBe(401);
  });

  it("I36: is worth nothing at another connection, nor is its secret as a token", async () => {
    const scene = await start();
    await scene.admin.tenants.create({ id: "globex" });
    const { id } = await scene.admin.connections.update("globex", { scimEnabled: true, consent: true });
    const token = await scene.accessToken();
    expect(await scene.ask(token, id)).toBe(401);
    for (const guess of [scene.client.secret, scene.client.id, `${scene.client.id}_${scene.client.secret}`]) {
      expect(await scene.ask(guess)).toBe(401);
    }
  });

  it("J42: cannot be forged by anybody without the secret", async () => {
    const store = memoryStore();
    const scene = await start({ store });
    const { client, connectionId, ask } = scene;
    const [header = "", payload = "", signature = ""] = (await scene.accessToken()).split(".");
    const claims = JSON.parse(Buffer.from(payload, "base64url").toString());
    expect(claims).toEqual({
      iss: `${ENGINE_URL}/oauth/${connectionId}`,
      aud: `${ENGINE_URL}/scim/v2/${connectionId}`,
      sub: client.id,
      client_id: client.id,
      jti: expect.any(String),
      iat: 1772366400,
      exp: 1772370000,
    });
    // What a thief of the database would find.
    const record = await store.transaction({ tenantId: null }, (tx) => tx.credentials.get(connectionId, client.id));
    const mac = `${part({ alg: "HS256", typ: "at+jwt" })}.${payload}`;
    const forged = [
      `${part({ alg: "none", typ: "at+jwt" })}.${payload}.`,
      `${mac}.${createHmac("sha256", Buffer.from(record?.hash ?? "", "hex"))
        .update(mac)
        .digest("base64url")}`,
      `${header}.${part({ ...claims, exp: claims.exp + 1 })}.${signature}`,
      `${header}.${payload}.${signature.slice(0, -4)}AAAA`,
      await signed(ed, claims, { typ: "at+jwt" }),
    ];
    for (const token of forged) expect(await ask(token)).toBe(401);
    expect(await ask(`${header}.${payload}.${signature}`)).toBe(200);
  });

  it("J42: made by the holder of the secret itself, is bound all the same", async () => {
    const { client, connectionId, ask } = await start();
    const issuedAt = new Date("2026-03-01T12:00:00Z");
    const make = (change: object = {}) =>
      signAccessToken({
        key: signingKey(client.id, client.secret),
        issuer: `${ENGINE_URL}/oauth/${connectionId}`,
        audience: `${ENGINE_URL}/scim/v2/${connectionId}`,
        clientId: client.id,
        id: "1",
        issuedAt,
        expiresAt: new Date("2030-01-01T00:00:00Z"),
        ...change,
      });
    expect(await ask(await make())).toBe(200);
    expect(await ask(await make({ issuedAt: new Date("2026-03-01T05:58:59Z") }))).toBe(401);
    expect(await ask(await make({ issuedAt: new Date("2026-03-02T12:00:00Z") }))).toBe(401);
    expect(await ask(await make({ audience: "https://elsewhere.test" }))).toBe(401);
    const claims = JSON.parse(Buffer.from((await make()).split(".")[1] ?? "", "base64url").toString());
    const key = { ...ed, privateKey: signingKey(client.id, client.secret) };
    expect(await ask(await signed(key, claims, { typ: "JWT" }))).toBe(401);
    expect(await ask(await signed(key, claims, { typ: "at+jwt" }))).toBe(200);
  });

  it("tells when its client was last used, to the minute", async () => {
    const scene = await start();
    const lastUsedAt = async () => (await scene.admin.clients.list("acme")).items[0]?.lastUsedAt;
    expect(await lastUsedAt()).toBeNull();
    const token = await scene.accessToken();
    expect(await lastUsedAt()).toBe("2026-03-01T12:00:00.000Z");
    scene.at("2026-03-01T12:00:59.000Z");
    await scene.ask(token);
    expect(await lastUsedAt()).toBe("2026-03-01T12:00:00.000Z");
    scene.at("2026-03-01T12:01:00.000Z");
    await scene.ask(token);
    expect(await lastUsedAt()).toBe("2026-03-01T12:01:00.000Z");
  });

  it("works from another process on the same store", async () => {
    const store = memoryStore();
    const scene = await start({ store });
    const token = await scene.accessToken();
    const other = startWorld({ store });
    const headers = { authorization: `Bearer ${token}` };
    expect((await other.send(`/scim/v2/${scene.connectionId}/Users`, { headers })).status).toBe(200);
  });
});
