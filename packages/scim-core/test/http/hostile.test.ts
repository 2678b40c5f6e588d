import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { filtered, openScim, PATCH_OP_URN, TEAM_URN, USER_URN } from "../harness.ts";

const PROTOTYPE = Object.getOwnPropertyNames(Object.prototype);

afterEach(() => {
  expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(PROTOTYPE);
});

/** Names that reach into JavaScript when they are taken for anything but names. */
const TRAPS = ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty"];

describe("A33: names that every object inherits", () => {
  it.each(TRAPS)("%s is an unknown attribute like any other in a POST", async (name) => {
    const scim = openScim();
    const trap = `"${name}":{"polluted":true}`;
    const text = `{"schemas":["${USER_URN}"],"userName":"ada",${trap},"name":{"givenName":"A",${trap}},
      "${TEAM_URN}":{"badge":"7",${trap}},"${TEAM_URN}:${name}":1,"name.${name}":1}`;
    const { status, body } = await scim.send("POST", "/Users", text);
    expect(status).toBe(201);
    expect(Object.keys(body).toSorted()).toEqual(["id", "meta", "name", "schemas", TEAM_URN, "userName"].toSorted());
    expect(body).toMatchObject({ name: { givenName: "A" }, [TEAM_URN]: { badge: "7" } });
    expect(Object.hasOwn({}.constructor, "polluted")).toBe(false);
  });

  it.each(
    TRAPS.flatMap((name) => [
      name,
      `${name}.polluted`,
      `name.${name}`,
      `${TEAM_URN}:${name}`,
      `emails[${name} eq "x"]`,
    ]),
  )("D50: %s is no path of a PATCH", async (path) => {
    const scim = openScim();
    const user = `/Users/${await scim.createUser("ada")}`;
    const { status } = await scim.patch(user, { op: "add", path, value: { polluted: true } });
    expect(status).toBe(400);
    expect((await scim.get(user)).headers.get("etag")).toBe('W/"1"');
  });

  it.each(TRAPS)("%s is nothing to filter, sort or select by, and no id", async (name) => {
    const scim = openScim();
    await scim.createUser("ada");
    expect((await scim.get(filtered("/Users", `${name} pr`))).status).toBe(400);
    expect((await scim.get(`/Users?sortBy=${name}`)).status).toBe(400);
    expect((await scim.get(`/Users?attributes=${name}`)).status).toBe(200);
    expect((await scim.get(`/Users/${name}`)).status).toBe(404);
  });
});

/** Mostly names and values that mean something, so that the dice get past the first check. */
const word = fc.constantFrom(
  ...TRAPS,
  "schemas",
  "id",
  "meta",
  "userName",
  "USERNAME",
  "active",
  "name",
  "name.givenName",
  "emails",
  'emails[type eq "work"].value',
  "members",
  "groups",
  "password",
  "manager",
  `${TEAM_URN}:isTeamAccount`,
  TEAM_URN,
  "Operations",
  "op",
  "path",
  "value",
  "type",
  "primary",
);
const leaf = fc.oneof(
  fc.constantFrom(null, true, "True", "", 0, 2 ** 60, "ada", USER_URN, PATCH_OP_URN, "add", "Replace", "remove"),
  fc.string(),
  word,
);
const { value: json } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    leaf,
    fc.array(tie("value"), { maxLength: 4 }),
    fc.array(fc.tuple(word, tie("value")), { maxLength: 5 }).map((entries) => Object.fromEntries(entries)),
  ),
}));
const operation = fc.record(
  { op: fc.constantFrom("add", "Replace", "remove", "constructor"), path: fc.oneof(word, fc.string()), value: json },
  { requiredKeys: ["op"] },
);

describe("J44: whatever is sent", () => {
  it("a POST is answered 201 or with a SCIM error of the client's", async () => {
    const scim = openScim();
    const body = fc.dictionary(word, json).map((more) => ({ schemas: [USER_URN], userName: "ada", ...more }));
    await fc.assert(
      fc.asyncProperty(body, async (given) => {
        const { status, body: answered } = await scim.send("POST", "/Users", JSON.stringify(given));
        if (status === 201) await scim.send("DELETE", `/Users/${answered.id}`);
        expect([201, 400]).toContain(status);
        expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(PROTOTYPE);
      }),
      { seed: 44, numRuns: 500 },
    );
    expect(scim.errors).toEqual([]);
  });

  it("a PATCH is answered 200 or with a SCIM error of the client's", async () => {
    const scim = openScim();
    const path = `/Users/${await scim.createUser("ada", { emails: [{ type: "work", value: "a@b.test" }] })}`;
    await fc.assert(
      fc.asyncProperty(fc.array(operation, { maxLength: 4 }), async (operations) => {
        const text = JSON.stringify({ schemas: [PATCH_OP_URN], Operations: operations });
        const { status } = await scim.send("PATCH", path, text);
        expect([200, 400]).toContain(status);
        expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(PROTOTYPE);
      }),
      { seed: 44, numRuns: 1000 },
    );
    expect(scim.errors).toEqual([]);
  });

  it("a query is answered 200 or with a SCIM error of the client's", async () => {
    const scim = openScim();
    await scim.createUser("ada");
    const filter = fc.array(fc.oneof(word, fc.constantFrom("eq", "and", "not", "(", ")", "[", "]", '"x"', "pr")), {
      maxLength: 9,
    });
    const query = fc.record(
      {
        filter: filter.map((tokens) => tokens.join(" ")),
        sortBy: word,
        sortOrder: word,
        attributes: word,
        count: fc.string(),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(query, async (params) => {
        const { status } = await scim.get(`/Users?${new URLSearchParams(params)}`);
        expect([200, 400, 403]).toContain(status);
      }),
      { seed: 44, numRuns: 1000 },
    );
    expect(scim.errors).toEqual([]);
  });

  it("a path is answered with a SCIM status", async () => {
    const scim = openScim();
    await fc.assert(
      fc.asyncProperty(fc.webPath(), fc.constantFrom("GET", "PUT", "DELETE"), async (path, method) => {
        const { status } = await scim.send(method, path);
        expect([200, 400, 404, 405, 501]).toContain(status);
      }),
      { seed: 44, numRuns: 500 },
    );
    expect(scim.errors).toEqual([]);
  });
});
