/** Requirements that only a whole service can meet: endpoint, engine, store, sessions; on each store. */
import { createSamlIdentityProvider } from "@muster/idp-simulator";
import { USER_URN } from "@muster/scim-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createBrowser } from "../src/demo/browser.ts";
import { managementApi } from "../src/demo/management-api.ts";
import { openScimSession, type ScimSession, STORES } from "./scim-session.ts";

describe.each(STORES)("on %s", (store) => {
  let session: ScimSession;
  beforeAll(async () => {
    session = await openScimSession(store);
  });
  afterAll(() => session.close());

  const create = async (userName: string, more: object = {}): Promise<string> => {
    const person = { schemas: [USER_URN], userName, active: true, ...more };
    const { status, body } = await session.send("POST", "/Users", person);
    expect(status).toBe(201);
    return body.id;
  };

  it("B33: wildcards of SQL are plain characters, wherever they stand", async () => {
    for (const [index, nickName] of ["100%", "100x", "a_b", "acb", "c\\d", "cd"].entries()) {
      await create(`wild-${index}`, { nickName });
    }
    const found = async (filter: string) => {
      const { body } = await session.send("GET", `/Users?filter=${encodeURIComponent(filter)}`);
      return body.Resources.map(({ nickName }: { nickName: string }) => nickName).sort();
    };
    expect(await found('nickName co "%"')).toEqual(["100%"]);
    expect(await found('nickName sw "a_"')).toEqual(["a_b"]);
    expect(await found('nickName ew "\\\\d"')).toEqual(["c\\d"]);
    expect(await found('userName eq "wild-_"')).toEqual([]);
  });

  it("D28, D27: a PATCH that changes nothing succeeds, and the version stays", async () => {
    const id = await create("same", { title: "Writer" });
    const before = (await session.send("GET", `/Users/${id}`)).body.meta;
    const { status } = await session.patch(`/Users/${id}`, { op: "replace", path: "title", value: "Writer" });
    expect([200, 204]).toContain(status);
    expect((await session.send("GET", `/Users/${id}`)).body.meta).toEqual(before);
  });

  it("D46: a PATCH of an unknown id answers 404", async () => {
    for (const path of ["/Users/nobody", "/Groups/nothing", "/Users/01a20fad-6605-768d-844c-02966cd5ca5d"]) {
      const { status, body } = await session.patch(path, { op: "replace", path: "displayName", value: "x" });
      expect([status, body.status]).toEqual([404, "404"]);
    }
  });

  it("J03: a deactivated person is signed out at once, and neither a new sign-in nor JIT lets them in", async () => {
    const { saml, meUrl, id: tenant } = session.tenant;
    const api = managementApi(session.server.description);
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

    await session.patch(`/Users/${scimId}`, { op: "replace", path: "active", value: false });
    expect((await browser.read(meUrl)).status).toBe(401);
    expect((await enter()).status).toBe(403);
    await session.send("DELETE", `/Users/${scimId}`);
    expect((await enter()).status).toBe(403);
    expect((await api.accounts(tenant)).filter(({ userName }) => userName === "leaver")).toMatchObject([
      { status: "inactive" },
    ]);
  });

  it("J06: ids of connections are the service's own: none can be chosen, or taken for a word of the paths", async () => {
    const { description } = session.server;
    const headers = { authorization: `Bearer ${description.adminToken}`, "content-type": "application/json" };
    const chosen = { id: "chooser", connectionId: "admin", connection: { id: "saml" } };
    const send = (body: object) =>
      fetch(`${description.adminApiUrl}/tenants`, { method: "POST", headers, body: JSON.stringify(body) });
    expect((await send(chosen)).status).toBe(400);
    const created = (await (await send({ id: "chooser" })).json()) as { readonly connection: { readonly id: string } };
    expect(created.connection.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
  });
});
