import { describe, expect, it } from "vitest";
import { BASE_URL, ENTERPRISE_URN, ERROR_URN, GROUP_URN, openScim, TEAM_URN, USER_URN } from "../harness.ts";

const ADA = { schemas: [USER_URN], userName: "ada@example.test" };

describe("creating", () => {
  it("A01: answers 201 with a Location that is meta.location", async () => {
    const scim = openScim();
    const { status, headers, body } = await scim.send("POST", "/Users", ADA);
    expect(status).toBe(201);
    const location = `${BASE_URL}/Users/${body.id}`;
    expect(headers.get("location")).toBe(location);
    expect(body.meta).toMatchObject({ resourceType: "User", location });
    expect((await scim.get(`/Users/${body.id}`)).headers.get("location")).toBeNull();
  });

  it("A02: every answer is application/scim+json and nothing more, and no cache keeps it", async () => {
    const scim = openScim();
    const answers = [
      await scim.send("POST", "/Users", ADA),
      await scim.get("/Users"),
      await scim.get("/Schemas"),
      await scim.get("/Users/nobody"),
      await scim.get("/Users", { authorization: "" }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([201, 200, 200, 404, 401]);
    for (const { headers } of answers) {
      expect(headers.get("content-type")).toBe("application/scim+json");
      expect(headers.get("cache-control")).toBe("no-store");
    }
  });

  it("A04: refuses what is no JSON", async () => {
    const { status, body } = await openScim().send("POST", "/Users", "{ no json");
    expect(status).toBe(400);
    expect(body).toEqual({
      schemas: [ERROR_URN],
      status: "400",
      scimType: "invalidSyntax",
      detail: expect.any(String),
    });
  });

  it.each(["null", "[]", '"text"', "1"])("A04: refuses a body that is no object: %s", async (text) => {
    expect(await openScim().send("POST", "/Users", text)).toMatchObject({ status: 400, body: { status: "400" } });
  });

  it("A05: refuses another media type with a SCIM error", async () => {
    const { status, body } = await openScim().send("POST", "/Users", ADA, { "content-type": "text/xml" });
    expect(status).toBe(415);
    expect(body).toMatchObject({ schemas: [ERROR_URN], status: "415" });
  });

  it("A09: ignores the client's id and meta", async () => {
    const meta = {
      resourceType: "Group",
      location: "https://evil.test",
      created: "2001-01-01T00:00:00Z",
      version: "9",
    };
    const { status, body } = await openScim().send("POST", "/Users", { ...ADA, id: "mine", meta });
    expect(status).toBe(201);
    expect(body.id).not.toBe("mine");
    expect(body.meta).toMatchObject({ resourceType: "User", location: `${BASE_URL}/Users/${body.id}` });
    expect(JSON.stringify(body)).not.toMatch(/2001|evil|mine/);
  });

  it("A10: refuses a userName that exists in other letters", async () => {
    const scim = openScim();
    await scim.createUser("ada@example.test");
    const { status, body } = await scim.send("POST", "/Users", { ...ADA, userName: "ADA@Example.test" });
    expect(status).toBe(409);
    expect(body).toMatchObject({ status: "409", scimType: "uniqueness" });
  });
});

describe("schemas are kept", () => {
  it.each([
    ["A11", "a required attribute is missing", { schemas: [USER_URN] }, "invalidValue"],
    ["A11", "a required attribute is empty", { schemas: [USER_URN], userName: "" }, "invalidValue"],
    ["A15", "an attribute stands twice, in two letter cases", { ...ADA, USERNAME: "bob" }, undefined],
    ["A22", "a boolean is junk", { ...ADA, active: "maybe" }, "invalidValue"],
    ["A23", "a text is a number", { ...ADA, displayName: 7 }, "invalidValue"],
  ])("%s: 400 when %s", async (_id, _name, given, scimType) => {
    const { status, body } = await openScim().send("POST", "/Users", given);
    expect(status).toBe(400);
    if (scimType !== undefined) expect(body.scimType).toBe(scimType);
  });

  it.each([
    ["A12", "missing", undefined],
    ["A12", "empty", []],
    ["A13", "of something else", [GROUP_URN]],
    ["A13", "only an extension", [ENTERPRISE_URN]],
  ])("%s: 400 when schemas is %s", async (_id, _name, schemas) => {
    const given = { userName: "ada", ...(schemas === undefined ? {} : { schemas }) };
    expect(await openScim().send("POST", "/Users", given)).toMatchObject({ status: 400, body: { status: "400" } });
  });

  it("A15: 400 when a name stands twice in the text, which JSON.parse would not notice", async () => {
    const text = `{"schemas":["${USER_URN}"],"userName":"ada","userName":"bob"}`;
    expect(await openScim().send("POST", "/Users", text)).toMatchObject({
      status: 400,
      body: { scimType: "invalidSyntax" },
    });
  });

  it("A14: names have no letter case", async () => {
    const given = { SCHEMAS: [USER_URN], USERNAME: "ada", Name: { GIVENNAME: "Ada" }, EMAILS: [{ Value: "a@b.test" }] };
    const { status, body } = await openScim().send("POST", "/Users", given);
    expect(status).toBe(201);
    expect(body).toMatchObject({ userName: "ada", name: { givenName: "Ada" }, emails: [{ value: "a@b.test" }] });
  });

  it("A16: null and [] are unassigned: accepted, and absent from the answer", async () => {
    const given = { ...ADA, title: null, emails: [], roles: null, name: { givenName: null } };
    const { status, body } = await openScim().send("POST", "/Users", given);
    expect(status).toBe(201);
    expect(Object.keys(body).toSorted()).toEqual(["id", "meta", "schemas", "userName"]);
  });

  it("A17: groups of a new user are the server's business", async () => {
    const scim = openScim();
    const id = await scim.createUser("ada", { groups: [{ value: "admins" }] });
    expect((await scim.get(`/Users/${id}`)).body).not.toHaveProperty("groups");
  });

  it("A21: a password is never returned, asked for or not", async () => {
    const scim = openScim();
    const created = await scim.send("POST", "/Users", { ...ADA, password: "hunter2" });
    const path = `/Users/${created.body.id}`;
    const patched = await scim.patch(path, { op: "replace", value: { password: "hunter2" } });
    for (const answer of [created, patched, await scim.get(`${path}?attributes=password`), await scim.get("/Users")]) {
      expect(answer.text).not.toMatch(/hunter2|"password"/);
    }
  });

  it("A32: an unknown attribute is nowhere to be found", async () => {
    const scim = openScim();
    const id = await scim.createUser("ada", {
      favouriteColour: "blueish",
      [TEAM_URN]: { shoeSize: 4343.25, badge: "7" },
    });
    const { body, text } = await scim.get(`/Users/${id}`);
    expect(body[TEAM_URN]).toEqual({ badge: "7" });
    expect(text).not.toMatch(/blueish|4343\.25/);
  });
});

describe("replacing", () => {
  it("A08: a collection is no resource: 405 with a SCIM error and what is allowed", async () => {
    const { status, headers, body } = await openScim().send("PUT", "/Users", ADA);
    expect(status).toBe(405);
    expect(headers.get("allow")).toBe("GET, POST");
    expect(body).toMatchObject({ schemas: [ERROR_URN], status: "405" });
  });

  it("A18: clears what is left out", async () => {
    const scim = openScim();
    const id = await scim.createUser("ada", { title: "Countess", [TEAM_URN]: { isTeamAccount: true } });
    const { status, body } = await scim.send("PUT", `/Users/${id}`, { ...ADA, displayName: "Ada" });
    expect(status).toBe(200);
    expect(body).toMatchObject({ id, userName: "ada@example.test", displayName: "Ada", schemas: [USER_URN] });
    expect(body).not.toHaveProperty("title");
    expect(body).not.toHaveProperty([TEAM_URN]);
  });

  it("A19: an unknown id is 404, and nothing is created", async () => {
    const scim = openScim();
    expect((await scim.send("PUT", "/Users/nobody", ADA)).status).toBe(404);
    expect((await scim.get("/Users")).body.totalResults).toBe(0);
  });
});

describe("deleting", () => {
  it("A20: 204 without a body; then there is nothing", async () => {
    const scim = openScim();
    const id = await scim.createUser("ada");
    const { status, text, headers } = await scim.send("DELETE", `/Users/${id}`);
    expect([status, text, headers.get("content-type")]).toEqual([204, "", null]);
    expect((await scim.get(`/Users/${id}`)).status).toBe(404);
    expect((await scim.send("DELETE", `/Users/${id}`)).status).toBe(404);
  });
});

describe("addresses", () => {
  it("are compared with their letter case, and may end in a slash", async () => {
    const scim = openScim();
    const id = await scim.createUser("ada");
    const statuses = ["/users", "/Users/", `/Users/${id}/`, `/Users/${id}/x`, "/", "", "//", "/Users//"].map(
      async (path) => (await scim.get(path)).status,
    );
    expect(await Promise.all(statuses)).toEqual([404, 200, 200, 404, 404, 404, 404, 404]);
  });

  it("HEAD is GET without its body", async () => {
    const scim = openScim();
    const id = await scim.createUser("ada");
    const { status, text, headers } = await scim.send("HEAD", `/Users/${id}`);
    expect([status, text, headers.get("etag")]).toEqual([200, "", 'W/"1"']);
    expect((await scim.send("HEAD", "/Users/nobody")).status).toBe(404);
  });
});
