import { describe, expect, it } from "vitest";
import { connect, startWorld } from "../admin/harness.ts";

const USER = "urn:ietf:params:scim:schemas:core:2.0:User";
const KIND = "urn:ietf:params:scim:schemas:extension:document360:2.0:User";

async function start() {
  const world = startWorld();
  await world.admin.tenants.create({ id: "acme" });
  const directory = await connect(world, "acme");
  const post = (body: object) => directory.request("POST", "/Users", { schemas: [USER], ...body });
  const failures = async () => (await world.admin.syncFailures.list("acme")).items;
  return { ...world, directory, post, failures };
}

describe("a write whose body does not fit the schema", () => {
  it("R66, R17: is listed under the person's name, with the sentence that the directory got", async () => {
    const { post, failures } = await start();
    const { status, body } = await post({ userName: "Mira", [KIND]: { isTeamAccount: "maybe" } });
    expect([status, body.scimType]).toEqual([400, "invalidValue"]);
    expect(await failures()).toMatchObject([
      { cause: "validation", operation: "create", subject: { key: "mira", label: "Mira" }, message: body.detail },
    ]);
  });

  it("R69: closes when the next attempt succeeds", async () => {
    const { post, failures } = await start();
    await post({ userName: "mira", [KIND]: { isTeamAccount: "maybe" } });
    await post({ userName: "MIRA", [KIND]: { isTeamAccount: "maybe" } });
    expect(await failures()).toMatchObject([{ attempts: 2, resolvedAt: null }]);
    await post({ userName: "mira", [KIND]: { isTeamAccount: "True" } });
    expect(await failures()).toMatchObject([{ attempts: 2, resolvedAt: expect.any(String) }]);
  });

  it("R66: of a resource that exists, is listed under the name that it has", async () => {
    const { directory, failures } = await start();
    const id = await directory.push({ userName: "mira" });
    await directory.patch(`/Users/${id}`, { op: "Replace", path: `${KIND}:isTeamAccount`, value: "maybe" });
    await directory.request("PUT", `/Users/${id}`, { schemas: [USER], userName: "other", active: "perhaps" });
    expect(await failures()).toMatchObject([{ cause: "validation", subject: { key: "mira", id }, attempts: 2 }]);
  });

  it("says nothing of nobody: no name, or no such resource", async () => {
    const { directory, post, failures } = await start();
    for (const body of [{ displayName: 7 }, { userName: 7 }]) {
      expect((await post(body)).status).toBe(400);
    }
    await directory.patch("/Users/nobody", { op: "Replace", path: "active", value: "perhaps" });
    expect(await failures()).toEqual([]);
  });

  it("I33: neither floods the list nor repeats long values", async () => {
    const { post, failures } = await start();
    await post({ userName: "m".repeat(100_000), active: "p".repeat(100_000) });
    const [failure] = await failures();
    expect(JSON.stringify(failure).length).toBeLessThan(2_000);
  });
});

describe("a name that is almost an attribute", () => {
  it.each(["POST", "PUT"])("R18: in a %s stands in the sync log, and the rest is kept", async (method) => {
    const { admin, directory } = await start();
    const id = await directory.push({ userName: "mira" });
    const person = { schemas: [USER], userName: method === "POST" ? "tomas" : "mira", [KIND]: { isTeamAcount: true } };
    const { status } = await directory.request(method, method === "POST" ? "/Users" : `/Users/${id}`, person);
    expect(status).toBeLessThan(300);
    const [event] = (await admin.syncEvents.list("acme", { limit: 1 })).items;
    expect(event?.message).toContain("isTeamAcount");
  });
});
