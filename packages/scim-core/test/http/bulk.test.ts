import { describe, expect, it } from "vitest";
import type { ScimBackend } from "../../src/backend.ts";
import { ScimError } from "../../src/errors.ts";
import type { Json, JsonObject } from "../../src/testing/json.ts";
import {
  type Answer,
  BASE_URL,
  ENTERPRISE_URN,
  ERROR_URN,
  GROUP_URN,
  listed,
  openScim,
  PATCH_OP_URN,
  type Scim,
  USER_URN,
} from "../harness.ts";
import { FEW_MEMBERS, memoryBackend } from "../memory-backend.ts";

const REQUEST_URN = "urn:ietf:params:scim:api:messages:2.0:BulkRequest";
const RESPONSE_URN = "urn:ietf:params:scim:api:messages:2.0:BulkResponse";

function send(scim: Scim, operations: readonly Json[], more: JsonObject = {}): Promise<Answer> {
  return scim.send("POST", "/Bulk", { schemas: [REQUEST_URN], ...more, Operations: operations });
}

/** The results of a bulk request that was answered 200. */
async function bulk(scim: Scim, ...operations: readonly Json[]): Promise<readonly JsonObject[]> {
  return results(await send(scim, operations));
}

function results({ status, body }: Answer): readonly JsonObject[] {
  expect([status, body.schemas]).toEqual([200, [RESPONSE_URN]]);
  return body.Operations as readonly JsonObject[];
}

function statuses(operations: readonly JsonObject[]): readonly unknown[] {
  return operations.map(({ status }) => status);
}

function post(bulkId: string, userName: string, more: JsonObject = {}): JsonObject {
  return { method: "POST", path: "/Users", bulkId, data: { schemas: [USER_URN], userName, ...more } };
}

function postGroup(bulkId: string, displayName: string, ...members: readonly string[]): JsonObject {
  const data = { schemas: [GROUP_URN], displayName, members: members.map((value) => ({ value })) };
  return { method: "POST", path: "/Groups", bulkId, data };
}

function patch(path: string, ...operations: readonly JsonObject[]): JsonObject {
  return { method: "PATCH", path, data: { schemas: [PATCH_OP_URN], Operations: operations } };
}

function manager(value: string): JsonObject {
  return { [ENTERPRISE_URN]: { department: "Docs", manager: { value } } };
}

function idIn({ location }: JsonObject | undefined = {}): string {
  return String(location).split("/").at(-1) ?? "";
}

async function membersOf(scim: Scim, location: unknown): Promise<readonly unknown[]> {
  const { body } = await scim.get(String(location).slice(BASE_URL.length));
  return ((body.members ?? []) as readonly JsonObject[]).map(({ value }) => value);
}

async function managerOf(scim: Scim, id: string): Promise<unknown> {
  const { body } = await scim.get(`/Users/${id}`);
  return body[ENTERPRISE_URN];
}

describe("a bulk request", () => {
  it("F06: has a result for each operation, in the order of the request, with location and version", async () => {
    const scim = openScim();
    const [bob, eve] = [await scim.createUser("bob"), await scim.createUser("eve")];
    const team = await scim.createGroup("team");
    const operations = await bulk(
      scim,
      post("a", "ada"),
      { method: "PUT", path: `/Users/${bob}`, data: { schemas: [USER_URN], userName: "bobby" } },
      patch(`/Users/${bob}`, { op: "add", path: "title", value: "T" }),
      patch(`/Groups/${team}`, { op: "add", path: "members", value: [{ value: bob }] }),
      { method: "DELETE", path: `/Users/${eve}` },
    );
    expect(operations).toEqual([
      {
        method: "POST",
        bulkId: "a",
        location: expect.stringMatching(new RegExp(`^${BASE_URL}/Users/.+`)),
        version: 'W/"1"',
        status: "201",
      },
      { method: "PUT", location: `${BASE_URL}/Users/${bob}`, version: 'W/"2"', status: "200" },
      { method: "PATCH", location: `${BASE_URL}/Users/${bob}`, version: 'W/"3"', status: "200" },
      { method: "PATCH", location: `${BASE_URL}/Groups/${team}`, version: 'W/"2"', status: "200" },
      { method: "DELETE", location: `${BASE_URL}/Users/${eve}`, status: "204" },
    ]);
    expect((await scim.get(`/Users/${idIn(operations[0])}`)).body.userName).toBe("ada");
    expect((await scim.get(`/Users/${bob}`)).body).toMatchObject({ userName: "bobby", title: "T" });
    expect((await scim.get(`/Users/${eve}`)).status).toBe(404);
  });

  it("is answered 200 when it asks for nothing", async () => {
    expect(await bulk(openScim())).toEqual([]);
  });

  it("says back the bulkId of any operation, and takes paths without a slash in front", async () => {
    const scim = openScim();
    const path = `Users/${await scim.createUser("ada")}`;
    expect(await bulk(scim, { ...patch(path), bulkId: "p" })).toEqual([
      { method: "PATCH", bulkId: "p", location: `${BASE_URL}/${path}`, version: 'W/"1"', status: "200" },
    ]);
  });

  it("RFC 7643 §2.1: has names in any letter case", async () => {
    const operation = { METHOD: "POST", Path: "/Users", BulkID: "a", Data: { schemas: [USER_URN], userName: "ada" } };
    const { body } = await openScim().send("POST", "/Bulk", {
      Schemas: [REQUEST_URN.toUpperCase()],
      operations: [operation],
    });
    expect(body.Operations).toMatchObject([{ bulkId: "a", status: "201" }]);
  });

  it("E02, E03, E04: version is If-Match", async () => {
    const scim = openScim();
    const path = `/Users/${await scim.createUser("ada")}`;
    const replacement = { method: "PUT", path, data: { schemas: [USER_URN], userName: "ada" } };
    const change = patch(path, { op: "add", path: "title", value: "T" });
    for (const operation of [replacement, change, { method: "DELETE", path }]) {
      expect(await bulk(scim, { ...operation, version: 'W/"9"' })).toEqual([
        expect.objectContaining({ status: "412", location: BASE_URL + path, response: expect.anything() }),
      ]);
    }
    expect(
      statuses(await bulk(scim, { ...change, version: 'W/"1"' }, { method: "DELETE", path, version: '"2"' })),
    ).toEqual(["200", "204"]);
  });

  it("has a query of its own, which is none of its operations'", async () => {
    const scim = openScim();
    const people = await Promise.all(Array.from({ length: FEW_MEMBERS + 2 }, (_, at) => scim.createUser(`user${at}`)));
    const path = `/Groups/${await scim.createGroup("team", people)}`;
    const operation = patch(path, { op: "remove", path: `members[value eq "${people[0]}"]` });
    const body = { schemas: [REQUEST_URN], Operations: [operation] };
    const answer = await scim.send("POST", "/Bulk?attributes=members", body);
    expect(statuses(results(answer))).toEqual(["204"]);
  });

  it("no header can be made of a version", async () => {
    const scim = openScim();
    const path = `/Users/${await scim.createUser("ada")}`;
    expect(statuses(await bulk(scim, { method: "DELETE", path, version: 'x\r\nauthorization: "' }))).toEqual(["412"]);
    expect(scim.errors).toEqual([]);
  });

  it("costs a stranger's guess nothing", async () => {
    const scim = openScim();
    const { status } = await scim.send("POST", "/Bulk", "x".repeat(5_000_000), { authorization: "Bearer guess" });
    expect([status, scim.backend.calls]).toEqual([401, {}]);
  });

  it.each(["GET", "PUT", "PATCH", "DELETE"])("%s is 405", async (method) => {
    const { status, headers } = await openScim().send(method, "/Bulk", method === "GET" ? undefined : {});
    expect([status, headers.get("allow")]).toEqual([405, "POST"]);
  });
});

describe("a reference", () => {
  it("F01: to an earlier operation is the id of what it created", async () => {
    const scim = openScim();
    const [ada, team] = await bulk(scim, post("a", "ada"), postGroup("g", "team", "bulkId:a"));
    expect(await membersOf(scim, team?.location)).toEqual([idIn(ada)]);
  });

  it("F02: to a later operation, too, and the results stay in order", async () => {
    const scim = openScim();
    const operations = await bulk(
      scim,
      postGroup("g", "team", "bulkId:a", "bulkId:b"),
      post("a", "ada"),
      post("b", "bob"),
    );
    expect(operations.map(({ bulkId }) => bulkId)).toEqual(["g", "a", "b"]);
    const [team, ada, bob] = operations;
    expect(await membersOf(scim, team?.location)).toEqual([idIn(ada), idIn(bob)]);
  });

  it.each([
    ["in a value", patch("GROUP", { op: "add", path: "members", value: [{ value: "bulkId:a" }] })],
    ["as a value", patch("GROUP", { op: "add", path: "members", value: "bulkId:a" })],
    ["without a path", patch("GROUP", { op: "add", value: { members: [{ value: "bulkId:a" }] } })],
  ])("J20: stands in the data of a PATCH: %s", async (_name, operation) => {
    const scim = openScim();
    const path = `/Groups/${await scim.createGroup("team")}`;
    const [, ada] = await bulk(scim, { ...operation, path }, post("a", "ada"));
    expect(await membersOf(scim, BASE_URL + path)).toEqual([idIn(ada)]);
  });

  it("J20: stands in the path of an operation of a PATCH", async () => {
    const scim = openScim();
    const remove = { op: "remove", path: 'members[value eq "bulkId:a"]' };
    const [, , team, removal] = await bulk(
      scim,
      post("a", "ada"),
      post("b", "bob"),
      postGroup("g", "team", "bulkId:a", "bulkId:b"),
      patch("/Groups/bulkId:g", remove),
    );
    expect(removal?.status).toBe("200");
    expect(await membersOf(scim, team?.location)).toHaveLength(1);
  });

  it("J20: stands in the path, of every method", async () => {
    const scim = openScim();
    const [change, ada, replacement, bob, removal] = await bulk(
      scim,
      patch("/Users/bulkId:a", { op: "add", path: "title", value: "T" }),
      post("a", "ada"),
      { method: "PUT", path: "/Users/bulkId%3Ab", data: { schemas: [USER_URN], userName: "bobby" } },
      post("b", "bob"),
      { method: "DELETE", path: "/Users/bulkId:a" },
    );
    expect([change?.status, replacement?.status, removal?.status]).toEqual(["200", "200", "204"]);
    expect([change?.location, removal?.location]).toEqual([ada?.location, ada?.location]);
    expect(replacement?.location).toBe(bob?.location);
    expect(listed(await scim.get("/Users"))).toEqual(["bobby"]);
  });

  it("to nothing in the request is 400 for its operation, in data and in paths", async () => {
    const scim = openScim();
    const operations = await bulk(
      scim,
      postGroup("g", "team", "bulkId:nobody"),
      { method: "DELETE", path: "/Users/bulkId:nobody" },
      // Only a POST creates something.
      { ...patch("/Users/x"), bulkId: "p" },
      { method: "DELETE", path: "/Users/bulkId:p" },
    );
    const refused = { status: "400", response: { scimType: "invalidValue" } };
    expect(operations).toMatchObject([refused, refused, { status: "404" }, refused]);
    expect(operations[1]).not.toHaveProperty("location");
    expect(scim.backend.calls).toEqual({ patch: 1 });
  });

  it("to what could not be created fails in words, and so does what refers to that", async () => {
    const scim = openScim();
    await scim.createUser("ada");
    const [team, ada, change, bob] = await bulk(
      scim,
      postGroup("g", "team", "bulkId:a"),
      post("a", "ADA"),
      patch("/Groups/bulkId:g"),
      post("b", "bob"),
    );
    expect(ada).toMatchObject({ status: "409", response: { scimType: "uniqueness" } });
    expect(team).toEqual({
      method: "POST",
      bulkId: "g",
      status: "409",
      response: {
        schemas: [ERROR_URN],
        status: "409",
        detail: 'The resource with the bulkId "a" could not be created.',
      },
    });
    expect(change?.status).toBe("409");
    expect(bob?.status).toBe("201");
    expect(scim.backend.calls).toMatchObject({ create: 3 });
  });
});

describe("J19: a circle", () => {
  it("of two is resolved, and looks like two creations", async () => {
    const scim = openScim();
    const operations = await bulk(scim, post("a", "ada", manager("bulkId:b")), post("b", "bob", manager("bulkId:a")));
    expect(statuses(operations)).toEqual(["201", "201"]);
    const [ada, bob] = operations.map(idIn);
    expect(await managerOf(scim, ada ?? "")).toMatchObject({ department: "Docs", manager: { value: bob } });
    expect(await managerOf(scim, bob ?? "")).toMatchObject({ department: "Docs", manager: { value: ada } });
    for (const { location, version } of operations) {
      const { headers } = await scim.get(String(location).slice(BASE_URL.length));
      expect(headers.get("etag")).toBe(version);
    }
  });

  it("of one is resolved", async () => {
    const scim = openScim();
    const [ada] = await bulk(scim, post("a", "ada", manager("bulkId:a")));
    expect(await managerOf(scim, idIn(ada))).toMatchObject({ manager: { value: idIn(ada) } });
  });

  it("between a group and its member's groups is resolved", async () => {
    for (const first of ["group", "user"]) {
      const scim = openScim();
      const both = [postGroup("g", "team", "bulkId:a"), post("a", "ada", { groups: [{ value: "bulkId:g" }] })];
      const operations = await bulk(scim, ...(first === "group" ? both : both.toReversed()));
      expect(statuses(operations)).toEqual(["201", "201"]);
      const team = operations.find(({ bulkId }) => bulkId === "g");
      expect(await membersOf(scim, team?.location)).toHaveLength(1);
    }
  });

  it("by an attribute that cannot wait is 409, and nothing is created", async () => {
    const scim = openScim();
    const operations = await bulk(scim, post("a", "bulkId:b"), post("b", "bulkId:a"));
    expect(statuses(operations)).toEqual(["409", "409"]);
    expect(scim.backend.calls).toEqual({});
  });

  it("J11: of groups is refused before anything is created", async () => {
    const scim = openScim();
    const nested = (bulkId: string, other: string): JsonObject => ({
      method: "POST",
      path: "/Groups",
      bulkId,
      data: { schemas: [GROUP_URN], displayName: bulkId, members: [{ type: "Group", value: `bulkId:${other}` }] },
    });
    const operations = await bulk(scim, nested("a", "b"), nested("b", "a"));
    expect(operations).toMatchObject([{ status: "409" }, { status: "400", response: { scimType: "invalidValue" } }]);
    expect(scim.backend.calls).toEqual({});
  });

  it("that breaks at its other end says what is there already", async () => {
    const scim = openScim();
    await scim.createUser("ada");
    const [ada, bob] = await bulk(scim, post("a", "ada", manager("bulkId:b")), post("b", "bob", manager("bulkId:a")));
    expect(ada).toMatchObject({ status: "409", response: { scimType: "uniqueness" } });
    expect(bob).toMatchObject({ status: "409", location: expect.stringContaining("/Users/") });
    expect(bob?.response).toMatchObject({
      detail: expect.stringMatching(/User "b" exists now, .*bulkId "a" could not/),
    });
    expect(await managerOf(scim, idIn(bob))).toEqual({ department: "Docs" });
  });

  it("that breaks where it begins has created nothing", async () => {
    const scim = openScim();
    await scim.createUser("bob");
    const operations = await bulk(scim, post("a", "ada", manager("bulkId:b")), post("b", "bob", manager("bulkId:a")));
    expect(operations).toMatchObject([
      { status: "409", response: { detail: 'The resource with the bulkId "b" could not be created.' } },
      { status: "409", response: { scimType: "uniqueness" } },
    ]);
    expect(operations[1]).not.toHaveProperty("location");
    expect(listed(await scim.get("/Users"))).toEqual(["bob"]);
  });

  it("is not begun when something else that it refers to is missing", async () => {
    const scim = openScim();
    await scim.createUser("eve");
    const begins = post("b", "bob", { roles: [{ value: "bulkId:a" }, { value: "bulkId:e" }] });
    const operations = await bulk(scim, post("e", "eve"), post("a", "ada", manager("bulkId:b")), begins);
    expect(statuses(operations)).toEqual(["409", "409", "409"]);
    expect(listed(await scim.get("/Users"))).toEqual(["eve"]);
  });

  it("that an outage of ours leaves open is our fault, at the location of what is there", async () => {
    const backend = memoryBackend();
    const update: ScimBackend["patch"] = async () => {
      throw new ScimError("unavailable", "The store is away.");
    };
    const scim = openScim({ domain: { backend: { ...backend, patch: update } } });
    const operations = await bulk(scim, post("a", "ada", manager("bulkId:a")));
    expect(operations).toMatchObject([{ status: "503", location: expect.stringContaining("/Users/") }]);
    expect(scim.errors).toHaveLength(1);
  });

  it("that failOnErrors leaves open says so, too", async () => {
    const scim = openScim();
    await scim.createUser("ada");
    const operations = [post("a", "ada", manager("bulkId:b")), post("b", "bob", manager("bulkId:a"))];
    const [, bob] = results(await send(scim, operations, { failOnErrors: 1 }));
    expect(bob).toMatchObject({ status: "409", location: expect.anything(), response: { status: "409" } });
  });

  it("of a thousand is resolved in bounded work", async () => {
    const scim = openScim();
    const size = 1000;
    const ring = Array.from({ length: size }, (_, at) =>
      post(`${at}`, `user${at}`, manager(`bulkId:${(at + 1) % size}`)),
    );
    const operations = await bulk(scim, ...ring);
    expect(new Set(statuses(operations))).toEqual(new Set(["201"]));
    expect(scim.backend.calls).toEqual({ create: size, patch: 1 });
  });

  it("of all with many is resolved in bounded work", async () => {
    const scim = openScim();
    const size = 300;
    const all = Array.from({ length: size }, (_, at) => ({ value: `bulkId:${(at * 7) % size}` }));
    const operations = await bulk(
      scim,
      ...Array.from({ length: size }, (_, at) => post(`${at}`, `u${at}`, { roles: all.slice(0, 100) })),
    );
    expect(new Set(statuses(operations))).toEqual(new Set(["201"]));
    expect(scim.backend.calls.create).toBe(size);
    expect(scim.backend.calls.patch).toBeLessThanOrEqual(size);
  });
});

describe("an operation that fails", () => {
  const refused: readonly (readonly [string, JsonObject, string, string | undefined])[] = [
    ["F08: a POST without a bulkId", { ...post("a", "ada"), bulkId: null }, "400", "invalidValue"],
    ["F08: a POST with an empty bulkId", { ...post("a", "ada"), bulkId: "" }, "400", "invalidValue"],
    ["a POST to one resource", { ...post("a", "ada"), path: "/Users/1" }, "400", "invalidValue"],
    ["a POST without data", { method: "POST", path: "/Users", bulkId: "a" }, "400", "invalidValue"],
    ["a POST of what is no user", { ...post("a", "ada"), data: {} }, "400", "invalidSyntax"],
    ["a PUT of a collection", { method: "PUT", path: "/Users", data: {} }, "400", "invalidValue"],
    ["a PATCH with a text as data", { method: "PATCH", path: "/Users/1", data: "{}" }, "400", "invalidValue"],
    ["a method that changes nothing", { method: "GET", path: "/Users/1" }, "400", "invalidValue"],
    ["a method in small letters", { ...post("a", "ada"), method: "post" }, "400", "invalidValue"],
    ["a method that is a trap", { method: "constructor", path: "/Users/1" }, "400", "invalidValue"],
    ["no path", { method: "DELETE" }, "400", "invalidValue"],
    ["a path to nowhere", { method: "DELETE", path: "/Nothing/1" }, "404", undefined],
    ["a path to a search", { method: "POST", path: "/Users/.search", bulkId: "a", data: {} }, "404", undefined],
    ["a path to a bulk", { method: "POST", path: "/Bulk", bulkId: "a", data: {} }, "404", undefined],
    ["a path with a query", { method: "DELETE", path: "/Users?filter=x" }, "404", undefined],
    ["an address of somebody else", { method: "DELETE", path: "https://x.test/Users/1" }, "404", undefined],
    ["a path that inherits", { method: "DELETE", path: "/constructor/1" }, "404", undefined],
    ["an id that no store can be asked for", { method: "DELETE", path: "/Users/%00" }, "404", undefined],
    ["a path with a broken escape", { method: "DELETE", path: "/Users/%zz" }, "404", undefined],
    ["an id that is not there", { method: "DELETE", path: "/Users/nobody" }, "404", undefined],
  ];
  it.each(refused)("F07: %s: has an Error, and the others go on", async (_name, operation, status, scimType) => {
    const scim = openScim();
    const [first, second, third] = await bulk(scim, post("before", "bob"), operation, post("after", "eve"));
    expect([first?.status, third?.status]).toEqual(["201", "201"]);
    expect(second).toMatchObject({ method: operation.method, status });
    const { response } = second ?? {};
    expect(response).toEqual({
      schemas: [ERROR_URN],
      status,
      ...(scimType === undefined ? {} : { scimType }),
      detail: expect.stringMatching(/^\S.+\.$/),
    });
    expect(listed(await scim.get("/Users"))).toEqual(["bob", "eve"]);
    expect(scim.errors).toEqual([]);
  });

  it("RFC 7644 §3.7.3: says where, unless it is a POST", async () => {
    const [removal, creation] = await bulk(openScim(), { method: "DELETE", path: "/Users/1" }, post("a", ""));
    expect(removal).toMatchObject({ status: "404", location: `${BASE_URL}/Users/1` });
    expect(creation).not.toHaveProperty("location");
  });

  it("J43: by a fault of ours is 500 without its text, is reported, and the others go on", async () => {
    const backend = memoryBackend();
    const create: ScimBackend["create"] = async (type, attributes, context) => {
      if (attributes.userName === "bob") throw new Error("connect ECONNREFUSED postgres://admin:hunter2@10.0.0.1");
      return backend.create(type, attributes, context);
    };
    const scim = openScim({ domain: { backend: { ...backend, create } } });
    const answer = await scim.send(
      "POST",
      "/Bulk",
      { schemas: [REQUEST_URN], Operations: [post("a", "ada"), post("b", "bob"), post("c", "eve")] },
      { "x-request-id": "r-42" },
    );
    expect(statuses(results(answer))).toEqual(["201", "500", "201"]);
    expect(answer.text).toContain("r-42");
    expect(answer.text).not.toContain("hunter2");
    expect(scim.errors).toHaveLength(1);
  });

  it("each has the context of the request", async () => {
    const backend = memoryBackend();
    const ids: string[] = [];
    const remove: ScimBackend["delete"] = async (_type, _id, _precondition, { requestId }) => {
      ids.push(requestId);
      throw new ScimError("notFound", "Nobody.");
    };
    const scim = openScim({ domain: { backend: { ...backend, delete: remove } } });
    const operations = ["1", "2"].map((id) => ({ method: "DELETE", path: `/Users/${id}` }));
    await scim.send("POST", "/Bulk", { schemas: [REQUEST_URN], Operations: operations }, { "x-request-id": "r-7" });
    expect(ids).toEqual(["r-7", "r-7"]);
  });
});

describe("F03: failOnErrors", () => {
  const wrong = (at: number): JsonObject => ({ method: "DELETE", path: `/Users/${at}` });
  const operations = [wrong(1), post("a", "ada"), wrong(2), post("b", "bob"), wrong(3)];

  it.each([
    [1, ["404"]],
    [2, ["404", "201", "404"]],
    [3, ["404", "201", "404", "201", "404"]],
    [9, ["404", "201", "404", "201", "404"]],
    [undefined, ["404", "201", "404", "201", "404"]],
    [null, ["404", "201", "404", "201", "404"]],
  ])("%s: the request ends with that many failures, and what was done stays", async (failOnErrors, expected) => {
    const scim = openScim();
    const answer = await send(scim, operations, failOnErrors === undefined ? {} : { failOnErrors });
    expect(statuses(results(answer))).toEqual(expected);
    expect(listed(await scim.get("/Users"))).toHaveLength(expected.filter((status) => status === "201").length);
  });

  it("counts what was brought forward, and leaves out what was not carried out", async () => {
    const scim = openScim();
    await scim.createUser("ada");
    const given = [post("b", "bob"), postGroup("g", "team", "bulkId:a"), post("e", "eve"), post("a", "ada")];
    const carriedOut = results(await send(scim, given, { failOnErrors: 1 }));
    expect(carriedOut).toMatchObject([
      { bulkId: "b", status: "201" },
      { bulkId: "a", status: "409" },
    ]);
  });

  it.each([0, -1, 1.5, "1", true, []])("%j is 400", async (failOnErrors) => {
    const scim = openScim();
    expect(await send(scim, operations, { failOnErrors })).toMatchObject({
      status: 400,
      body: { scimType: "invalidValue" },
    });
    expect(scim.backend.calls).toEqual({});
  });
});

describe("what is no bulk request is refused as a whole", () => {
  it.each<[string, Json]>([
    ["an array", []],
    ["no schemas", { Operations: [] }],
    ["another message", { schemas: [PATCH_OP_URN], Operations: [] }],
    ["no operations", { schemas: [REQUEST_URN] }],
    ["an object of operations", { schemas: [REQUEST_URN], Operations: {} }],
    ["an operation that is a text", { schemas: [REQUEST_URN], Operations: ["POST"] }],
    ["an operation that is null", { schemas: [REQUEST_URN], Operations: [null] }],
    ["no method", { schemas: [REQUEST_URN], Operations: [{ path: "/Users/1" }] }],
    ["a bulkId that is no text", { schemas: [REQUEST_URN], Operations: [{ ...post("a", "ada"), bulkId: 1 }] }],
    ["a bulkId twice", { schemas: [REQUEST_URN], Operations: [post("a", "ada"), post("a", "bob")] }],
    [
      "a bulkId twice, not only of POST",
      { schemas: [REQUEST_URN], Operations: [post("a", "ada"), { ...patch("/Users/1"), bulkId: "a" }] },
    ],
    ["no JSON", "{"],
    ["nothing", ""],
  ])("A04: %s", async (_name, body) => {
    const scim = openScim();
    const answer = await scim.send("POST", "/Bulk", body);
    expect(answer).toMatchObject({ status: 400, body: { schemas: [ERROR_URN], scimType: "invalidSyntax" } });
    expect(scim.backend.calls).toEqual({});
  });
});

describe("limits", () => {
  it("F04: more operations than maxOperations are 413, and the answer names the limit", async () => {
    const scim = openScim({ limits: { bulkOperations: 2 } });
    const three = ["a", "b", "c"].map((name) => post(name, name));
    const { status, body } = await send(scim, three);
    expect([status, body]).toEqual([
      413,
      { schemas: [ERROR_URN], status: "413", detail: expect.stringContaining("maxOperations (2)") },
    ]);
    expect(scim.backend.calls).toEqual({});
    expect(statuses(await bulk(scim, ...three.slice(1)))).toEqual(["201", "201"]);
  });

  it("F05: more bytes than maxPayloadSize are 413, and the answer names the limit", async () => {
    const scim = openScim({ limits: { bulkBytes: 1000 } });
    const large = post("a", "ada", { title: "x".repeat(1000) });
    const { status, body } = await send(scim, [large]);
    expect([status, body.detail]).toEqual([413, expect.stringContaining("1000 bytes")]);
    expect((await scim.send("POST", "/Users", large.data)).status).toBe(201);
  });

  it("F05: other requests may be larger, a bulk request is never", async () => {
    const scim = openScim({ limits: { bodyBytes: 1000 } });
    expect((await send(scim, [post("a", "ada", { title: "x".repeat(1000) })])).status).toBe(413);
  });

  it("J21: bytes are counted where no Content-Length tells them, and where it lies", async () => {
    const scim = openScim({ limits: { bulkBytes: 1000 } });
    const text = JSON.stringify({
      schemas: [REQUEST_URN],
      Operations: [post("a", "ada", { title: "x".repeat(1000) })],
    });
    expect((await scim.send("POST", "/Bulk", text)).status).toBe(413);
    expect((await scim.send("POST", "/Bulk", text, { "content-length": "10" })).status).toBe(413);
    expect((await scim.send("POST", "/Bulk", "{}", { "content-length": "1001" })).status).toBe(413);
  });

  it("J16: each PATCH has the limit of any PATCH", async () => {
    const scim = openScim({ limits: { patchOperations: 1 } });
    const path = `/Users/${await scim.createUser("ada")}`;
    const operation = { op: "add", path: "title", value: "T" };
    expect(statuses(await bulk(scim, patch(path, operation), patch(path, operation, operation)))).toEqual([
      "200",
      "413",
    ]);
  });
});
