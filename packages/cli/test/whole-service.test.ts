/** Requirements that only a whole service can meet: endpoint, engine, store, sessions; on each store. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSamlIdentityProvider } from "@muster/idp-simulator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createBrowser } from "../src/demo/browser.ts";
import { managementApi } from "../src/demo/management-api.ts";
import { type RunningServer, startServer } from "../src/index.ts";
import { SILENT_LOGGER } from "../src/logger.ts";

const USER = "urn:ietf:params:scim:schemas:core:2.0:User";
const PATCH_OP = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

describe.each(["memory", "sqlite"])("on %s", (store) => {
  const folder = mkdtempSync(join(tmpdir(), "muster-whole-"));
  let server: RunningServer;
  beforeAll(async () => {
    server = await startServer({
      host: "127.0.0.1",
      port: 0,
      store: store === "memory" ? "memory:" : `sqlite:${join(folder, "dev.db")}`,
      seed: { allowIdpInitiated: false },
      logger: SILENT_LOGGER,
    });
  });
  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const acme = () => {
    const tenant = server.description.tenants[0];
    if (tenant?.scim == null) throw new Error("acme has no SCIM access.");
    return { ...tenant, scim: tenant.scim };
  };
  const scim = async (method: string, path: string, body?: object) => {
    const { baseUrl, token } = acme().scim;
    const response = await fetch(baseUrl + path, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/scim+json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === "" ? {} : JSON.parse(text) };
  };
  const create = async (userName: string, more: object = {}): Promise<string> => {
    const { status, body } = await scim("POST", "/Users", { schemas: [USER], userName, active: true, ...more });
    expect(status).toBe(201);
    return body.id;
  };
  const patch = (path: string, ...Operations: readonly object[]) =>
    scim("PATCH", path, { schemas: [PATCH_OP], Operations });

  it("B33: wildcards of SQL are plain characters, wherever they stand", async () => {
    for (const [index, nickName] of ["100%", "100x", "a_b", "acb", "c\\d", "cd"].entries()) {
      await create(`wild-${index}`, { nickName });
    }
    const found = async (filter: string) => {
      const { body } = await scim("GET", `/Users?filter=${encodeURIComponent(filter)}`);
      return body.Resources.map(({ nickName }: { nickName: string }) => nickName).sort();
    };
    expect(await found('nickName co "%"')).toEqual(["100%"]);
    expect(await found('nickName sw "a_"')).toEqual(["a_b"]);
    expect(await found('nickName ew "\\\\d"')).toEqual(["c\\d"]);
    expect(await found('userName eq "wild-_"')).toEqual([]);
  });

  it("D28, D27: a PATCH that changes nothing succeeds, and the version stays", async () => {
    const id = await create("same", { title: "Writer" });
    const before = (await scim("GET", `/Users/${id}`)).body.meta;
    const { status } = await patch(`/Users/${id}`, { op: "replace", path: "title", value: "Writer" });
    expect([200, 204]).toContain(status);
    expect((await scim("GET", `/Users/${id}`)).body.meta).toEqual(before);
  });

  it("D46: a PATCH of an unknown id answers 404", async () => {
    for (const path of ["/Users/nobody", "/Groups/nothing", "/Users/01a20fad-6605-768d-844c-02966cd5ca5d"]) {
      const { status, body } = await patch(path, { op: "replace", path: "displayName", value: "x" });
      expect([status, body.status]).toEqual([404, "404"]);
    }
  });

  it("J03: a deactivated person is signed out at once, and neither a new sign-in nor JIT lets them in", async () => {
    const { saml, meUrl, id: tenant } = acme();
    const api = managementApi(server.description);
    const person = { nameId: "leaver", email: "leaver@acme.example", name: "Leaver" };
    const idp = createSamlIdentityProvider({
      baseUrl: "https://idp.example",
      serviceProviders: () => [saml],
      people: () => [person],
    });
    await api.connect(tenant, idp.metadata());
    await api.patch(`/tenants/${tenant}/connection`, { jit: "reader" });
    const scimId = await create("leaver");
    const browser = createBrowser();
    const enter = async () => browser.finishSignIn(await idp.answer(await browser.beginSignIn(saml.signInUrl), person));
    expect((await enter()).status).toBe(200);

    await patch(`/Users/${scimId}`, { op: "replace", path: "active", value: false });
    expect((await browser.read(meUrl)).status).toBe(401);
    expect((await enter()).status).toBe(403);
    await scim("DELETE", `/Users/${scimId}`);
    expect((await enter()).status).toBe(403);
    expect((await api.accounts(tenant)).filter(({ userName }) => userName === "leaver")).toMatchObject([
      { status: "inactive" },
    ]);
  });

  it("J06: ids of connections are the service's own: none can be chosen, or taken for a word of the paths", async () => {
    const headers = { authorization: `Bearer ${server.description.adminToken}`, "content-type": "application/json" };
    const chosen = { id: "chooser", connectionId: "admin", connection: { id: "saml" } };
    const send = (body: object) =>
      fetch(`${server.description.adminApiUrl}/tenants`, { method: "POST", headers, body: JSON.stringify(body) });
    expect((await send(chosen)).status).toBe(400);
    const created = (await (await send({ id: "chooser" })).json()) as { readonly connection: { readonly id: string } };
    expect(created.connection.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
  });
});
