import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createEntraClient, createSamlIdentityProvider, makePeople } from "@muster/idp-simulator";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createBrowser } from "../src/demo/browser.ts";
import { managementApi } from "../src/demo/management-api.ts";
import { type RunningServer, type ServerOptions, startServer, type TenantDescription } from "../src/index.ts";
import { SILENT_LOGGER } from "../src/logger.ts";

const SEED = { allowIdpInitiated: false };
const ADMIN_TOKEN = "an-admin-token-of-some-length";

let folder = "";
let running: RunningServer[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "muster-serve-"));
});
afterEach(async () => {
  await Promise.all(running.map((server) => server.stop()));
  running = [];
  rmSync(folder, { recursive: true, force: true });
});

async function start(options: Partial<ServerOptions> = {}): Promise<RunningServer> {
  const defaults = { host: "127.0.0.1", port: 0, store: "memory:", seed: SEED, logger: SILENT_LOGGER };
  const server = await startServer({ ...defaults, adminToken: ADMIN_TOKEN, ...options });
  running.push(server);
  return server;
}

function tenant({ description }: RunningServer, id: string): TenantDescription {
  const found = description.tenants.find((candidate) => candidate.id === id);
  if (found === undefined) throw new Error(`No tenant ${id}.`);
  return found;
}

function scimOf(server: RunningServer): { readonly baseUrl: string; readonly token: string } {
  const { scim } = tenant(server, "acme");
  if (scim === null) throw new Error("acme has no SCIM access.");
  return scim;
}

describe("startServer", () => {
  it("contract 2: describes acme and its two children", async () => {
    const { description } = await start();
    const { baseUrl, consoleUrl, adminApiUrl, tenants } = description;
    expect([consoleUrl, adminApiUrl]).toEqual([`${baseUrl}/console`, `${baseUrl}/admin/v1`]);
    expect(tenants.map(({ id, parent, scim }) => [id, parent, scim !== null])).toEqual([
      ["acme", null, true],
      ["acme-docs", "acme", false],
      ["acme-help", "acme", false],
    ]);
    for (const { id, connectionId, saml, meUrl } of tenants) {
      expect(meUrl).toBe(`${baseUrl}/t/${id}/me`);
      expect(saml).toEqual({
        entityId: `${baseUrl}/saml/${connectionId}/metadata`,
        acsUrl: `${baseUrl}/saml/${connectionId}/acs`,
        metadataUrl: `${baseUrl}/saml/${connectionId}/metadata`,
        signInUrl: `${baseUrl}/saml/${connectionId}/sign-in`,
        signOutUrl: `${baseUrl}/saml/${connectionId}/sign-out`,
        sloUrl: `${baseUrl}/saml/${connectionId}/slo`,
      });
    }
  });

  it("contract 2: acme has SCIM and group sync on", async () => {
    const { description } = await start();
    const { connection } = await managementApi(description).tenant("acme");
    expect(connection).toMatchObject({ scimEnabled: true, groupSync: true });
  });

  it("contract 5: is alive and ready", async () => {
    const { description } = await start();
    for (const path of ["/healthz", "/readyz"]) expect((await fetch(description.baseUrl + path)).status).toBe(200);
  });

  it("contract 2: applies what the command line asked for", async () => {
    const idp = createSamlIdentityProvider({
      baseUrl: "https://idp.example",
      serviceProviders: () => [],
      people: () => [],
    });
    const seed = { idpMetadata: idp.metadata(), allowIdpInitiated: true, seats: { user: 2, reader: null } };
    const { description } = await start({ seed });
    const { seats, connection } = await managementApi(description).tenant("acme");
    expect([seats.user.limit, seats.reader.limit]).toEqual([2, null]);
    expect(connection).toMatchObject({ allowIdpInitiated: true, idp: { entityId: idp.entityId } });
  });

  it("seeds nothing when asked to", async () => {
    const { description } = await start({ seed: undefined });
    expect(description.tenants).toEqual([]);
  });

  it("refuses unusable metadata and releases the port and the store", async () => {
    const store = `sqlite:${join(folder, "dev.db")}`;
    const refused = start({ store, seed: { ...SEED, idpMetadata: "<html>" } });
    await expect(refused).rejects.toMatchObject({ name: "ProvisioningError" });
    expect((await start({ store })).description.tenants).toHaveLength(3);
  });

  it("contract 2: a second start on the same database continues", async () => {
    const store = `sqlite:${join(folder, "dev.db")}`;
    const first = await start({ store });
    const [mira] = makePeople(1);
    await createEntraClient(scimOf(first)).provisionPerson(mira as NonNullable<typeof mira>);
    await first.stop();

    const second = await start({ store });
    const ids = ({ description }: RunningServer) => description.tenants.map(({ connectionId }) => connectionId);
    expect(ids(second)).toEqual(ids(first));
    expect(scimOf(second).token).not.toBe(scimOf(first).token);
    for (const { token } of [scimOf(first), scimOf(second)]) {
      const client = createEntraClient({ baseUrl: scimOf(second).baseUrl, token });
      expect(await client.findPerson(mira?.userName ?? "")).toMatchObject({ externalId: mira?.externalId });
    }
  });

  it("contract 2: a second start leaves settings alone that were changed since", async () => {
    const store = `sqlite:${join(folder, "dev.db")}`;
    const first = await start({ store });
    await managementApi(first.description).patch("/tenants/acme/connection", { scimEnabled: false });
    await first.stop();
    expect(tenant(await start({ store }), "acme").scim).toBeNull();
  });

  it("contract 5: the management API and the console are for the holder of the admin token", async () => {
    const { description } = await start();
    const ask = async (url: string, token?: string) =>
      (await fetch(url, token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } })).status;
    for (const url of [`${description.adminApiUrl}/tenants/acme`, description.consoleUrl]) {
      expect([await ask(url), await ask(url, "guess"), await ask(url, ADMIN_TOKEN)]).toEqual([401, 401, 200]);
    }
  });

  it("C5: answers a body that is too large, and does not cut off who still sends it", async () => {
    const { description } = await start();
    const request = {
      method: "POST",
      headers: { authorization: `Bearer ${ADMIN_TOKEN}` },
      body: "x".repeat(3_000_000),
    };
    const statuses = new Set<number>();
    for (let time = 0; time < 12; time++) {
      const answer = await fetch(`${description.adminApiUrl}/tenants`, request);
      statuses.add(answer.status);
      expect(await answer.json()).toMatchObject({ error: { code: "payload_too_large" } });
    }
    expect([...statuses]).toEqual([413]);
  });

  it("opens the console once by its link", async () => {
    const server = await start();
    const link = server.consoleLink();
    const entered = await fetch(link, { redirect: "manual" });
    const cookie = entered.headers.get("set-cookie")?.split(";")[0] ?? "";
    expect((await fetch(server.description.consoleUrl, { headers: { cookie } })).status).toBe(200);
    expect((await fetch(link, { redirect: "manual" })).status).toBe(401);
  });

  it("contract 4: a suspended person is signed out at once, at the child too", async () => {
    const server = await start();
    const [acme, docs] = [tenant(server, "acme"), tenant(server, "acme-docs")];
    const [mira] = makePeople(1) as [NonNullable<ReturnType<typeof makePeople>[0]>];
    const person = { nameId: mira.userName, email: mira.email, name: mira.displayName };
    const idp = createSamlIdentityProvider({
      baseUrl: "https://idp.example",
      serviceProviders: () => [acme.saml, docs.saml],
      people: () => [person],
    });
    const api = managementApi(server.description);
    await api.connect("acme", idp.metadata());
    await createEntraClient(scimOf(server)).provisionPerson(mira);
    const browser = createBrowser();
    for (const { saml } of [acme, docs]) {
      const request = await browser.beginSignIn(saml.signInUrl);
      expect((await browser.finishSignIn(await idp.answer(request, person))).status).toBe(200);
    }

    const { id } = await api.account("acme", mira.userName);
    await api.patch(`/tenants/acme/accounts/${id}`, { suspended: true });
    expect((await browser.read(acme.meUrl)).status).toBe(401);
  });
});
