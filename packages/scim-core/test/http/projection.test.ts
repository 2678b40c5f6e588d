import { beforeAll, describe, expect, it } from "vitest";
import { ENTERPRISE_URN, filtered, openScim, USER_URN } from "../harness.ts";

const scim = openScim();
let path = "";

beforeAll(async () => {
  const id = await scim.createUser("ada", {
    title: "Countess",
    name: { givenName: "Ada", familyName: "Lovelace" },
    [ENTERPRISE_URN]: { department: "Engines", employeeNumber: "1" },
  });
  path = `/Users/${id}`;
});

async function names(query: string): Promise<readonly string[]> {
  const { status, body } = await scim.get(`${path}?${query}`);
  expect(status).toBe(200);
  return Object.keys(body).toSorted();
}

describe("attributes", () => {
  it("C12: only the named ones, and those always returned", async () => {
    expect(await names("attributes=userName")).toEqual(["id", "schemas", "userName"]);
  });

  it("C13: without letter case", async () => {
    expect(await names("attributes=USERNAME,TiTle")).toEqual(["id", "schemas", "title", "userName"]);
  });

  it("C14: sub-attributes", async () => {
    expect((await scim.get(`${path}?attributes=name.familyName`)).body.name).toEqual({ familyName: "Lovelace" });
  });

  it("C15: of an extension", async () => {
    const { body } = await scim.get(`${path}?attributes=${ENTERPRISE_URN}:department`);
    expect(body).toEqual({
      schemas: [USER_URN, ENTERPRISE_URN],
      id: expect.any(String),
      [ENTERPRISE_URN]: { department: "Engines" },
    });
  });

  it("C19: unknown names are ignored", async () => {
    expect(await names("attributes=userName,nobody,a.b.c,%20,__proto__")).toEqual(["id", "schemas", "userName"]);
  });

  it("C21: schemas stay", async () => {
    expect((await scim.get(`${path}?attributes=title`)).body.schemas).toContain(USER_URN);
  });

  it("C12: also in lists, after a POST and after a PUT", async () => {
    const list = await scim.get(`${filtered("/Users", 'userName eq "ada"')}&attributes=title`);
    expect(list.body.Resources).toEqual([
      { schemas: expect.arrayContaining([USER_URN]), id: expect.any(String), title: "Countess" },
    ]);
    const bob = { schemas: [USER_URN], userName: "bob", title: "Builder" };
    const created = await scim.send("POST", "/Users?attributes=title", bob);
    expect(created.body).toEqual({ schemas: [USER_URN], id: expect.any(String), title: "Builder" });
    const replaced = await scim.send("PUT", `/Users/${created.body.id}?excludedAttributes=title,meta`, bob);
    expect(replaced.body).toEqual({ schemas: [USER_URN], id: created.body.id, userName: "bob" });
  });
});

describe("excludedAttributes", () => {
  it("C16: members; but never the id", async () => {
    const group = await scim.createGroup("engineers", [path.slice("/Users/".length)]);
    const { body } = await scim.get(`/Groups/${group}?excludedAttributes=members,id`);
    expect(body).toMatchObject({ id: group, displayName: "engineers" });
    expect(body).not.toHaveProperty("members");
    expect(scim.backend.asked.members).toBe(false);
    expect((await scim.get(`/Groups/${group}`)).body.members).toHaveLength(1);
    expect(scim.backend.asked.members).toBe(true);
  });

  it("C20: a whole extension", async () => {
    const { body } = await scim.get(`${path}?excludedAttributes=${ENTERPRISE_URN}`);
    expect(body).toMatchObject({ userName: "ada", title: "Countess" });
    expect(body).not.toHaveProperty([ENTERPRISE_URN]);
  });
});

describe("PATCH", () => {
  it("C17: with attributes answers 200 with those, and the rest stays as it is", async () => {
    const before = (await scim.get(path)).body;
    const operations = [{ op: "replace", path: "nickName", value: "The Countess" }];
    const { status, body } = await scim.patch(`${path}?attributes=nickName`, ...operations);
    expect(status).toBe(200);
    expect(body).toEqual({ schemas: expect.arrayContaining([USER_URN]), id: before.id, nickName: "The Countess" });
    const { meta, ...after } = (await scim.get(path)).body;
    const { meta: _meta, ...rest } = before;
    expect(after).toEqual({ ...rest, nickName: "The Countess" });
  });

  it("C18: with excludedAttributes keeps what it leaves out", async () => {
    const group = await scim.createGroup("poets", [path.slice("/Users/".length)]);
    const operation = { op: "replace", path: "displayName", value: "writers" };
    const { status, body } = await scim.patch(`/Groups/${group}?excludedAttributes=members`, operation);
    expect([status, body.displayName, body.members]).toEqual([200, "writers", undefined]);
    expect((await scim.get(`/Groups/${group}`)).body).toMatchObject({ displayName: "writers", members: [{}] });
  });
});
