import { beforeAll, describe, expect, it } from "vitest";
import type { JsonObject } from "../../src/testing/json.ts";
import { ENTERPRISE_URN, filtered, openScim, PATCH_OP_URN, SEARCH_URN, USER_URN } from "../harness.ts";

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

describe("every verb", () => {
  const ada = {
    schemas: [USER_URN, ENTERPRISE_URN],
    userName: "ada",
    title: "Countess",
    name: { familyName: "Lovelace" },
  };
  const body = { ...ada, [ENTERPRISE_URN]: { department: "Engines", employeeNumber: "1" } };
  const bare = ["id", "schemas"];

  /** The resource of every answer that has one, under the same query. */
  async function answersTo(query: string): Promise<readonly JsonObject[]> {
    const own = openScim();
    const { id } = (await own.send("POST", "/Users", body)).body;
    const search = Object.fromEntries([...new URLSearchParams(query)].map(([name, value]) => [name, value.split(",")]));
    const answers = [
      await own.send("POST", `/Users?${query}`, { ...body, userName: "bob" }),
      await own.get(`/Users/${id}?${query}`),
      await own.send("PUT", `/Users/${id}?${query}`, body),
      await own.send("PATCH", `/Users/${id}?${query}`, {
        schemas: [PATCH_OP_URN],
        Operations: [{ op: "replace", path: "displayName", value: "x" }],
      }),
      await own.get(`/Users?filter=id%20eq%20%22${id}%22&${query}`),
      await own.send("POST", "/Users/.search", { schemas: [SEARCH_URN], filter: `id eq "${id}"`, ...search }),
      await own.send("POST", "/.search", { schemas: [SEARCH_URN], filter: `id eq "${id}"`, ...search }),
    ];
    return answers.map((answer) => {
      expect([200, 201]).toContain(answer.status);
      return ((answer.body.Resources as readonly JsonObject[] | undefined)?.[0] ?? answer.body) as JsonObject;
    });
  }

  it.each([
    ["C12", "attributes=userName", ["userName"]],
    ["C12", "attributes=userName,title", ["userName", "title"]],
    ["C13", "attributes=USERNAME,Title", ["userName", "title"]],
    ["C14", "attributes=name.familyName", ["name"]],
    ["C15", `attributes=${ENTERPRISE_URN}:department`, [ENTERPRISE_URN]],
    ["C15", `attributes=${ENTERPRISE_URN}`, [ENTERPRISE_URN]],
    ["C15", `attributes=${USER_URN}:title`, ["title"]],
    ["C19", "attributes=nobody,title", ["title"]],
    ["C19", "attributes=nobody", []],
    ["A21", "attributes=password,title", ["title"]],
    ["C16, C20", `excludedAttributes=id,title,name,meta,displayName,${ENTERPRISE_URN}`, ["userName"]],
    ["C16, C20", `excludedAttributes=TITLE,name.familyName,Meta,displayName,${ENTERPRISE_URN}`, ["userName"]],
  ])("%s: answers ?%s alike", async (_id, query, expected) => {
    for (const resource of await answersTo(query)) {
      expect(Object.keys(resource).toSorted()).toEqual([...bare, ...expected].toSorted());
      expect(resource.schemas).toContain(USER_URN);
    }
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
