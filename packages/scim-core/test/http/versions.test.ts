import { beforeEach, describe, expect, it } from "vitest";
import { openScim, type Scim, USER_URN } from "../harness.ts";

let scim: Scim;
let path: string;

beforeEach(async () => {
  scim = openScim();
  path = `/Users/${await scim.createUser("ada")}`;
});

const rename = (name: string, headers: Record<string, string>) =>
  scim.send("PUT", path, { schemas: [USER_URN], userName: name }, headers);

describe("the ETag", () => {
  it("E01: is meta.version, on every answer that has the resource", async () => {
    const created = await scim.send("POST", "/Users", { schemas: [USER_URN], userName: "bob" });
    const replaced = await rename("eve", {});
    const patched = await scim.patch(path, { op: "replace", path: "title", value: "Countess" });
    for (const { headers, body } of [created, replaced, patched, await scim.get(path)]) {
      expect(headers.get("etag")).toMatch(/^W\/"\d+"$/);
      expect(body.meta).toMatchObject({ version: headers.get("etag") });
    }
    expect((await scim.get(path)).headers.get("etag")).toBe('W/"3"');
  });

  it("E01: also comes with a PATCH that is answered without a body", async () => {
    const group = `/Groups/${await scim.createGroup("engineers", ["a", "b", "c"])}`;
    const { status, text, headers } = await scim.patch(group, { op: "replace", path: "displayName", value: "makers" });
    expect([status, text, headers.get("etag")]).toEqual([204, "", 'W/"2"']);
  });

  it("E06: does not depend on the attributes", async () => {
    const { headers } = await scim.get(`${path}?attributes=userName`);
    expect(headers.get("etag")).toBe((await scim.get(path)).headers.get("etag"));
  });

  it("E07: is announced", async () => {
    expect((await scim.get("/ServiceProviderConfig")).body).toMatchObject({ etag: { supported: true } });
  });
});

describe("If-Match", () => {
  const stale = { "if-match": 'W/"0"' };

  it("E02: a stale PUT is refused, and changes nothing", async () => {
    expect(await rename("eve", stale)).toMatchObject({ status: 412, body: { status: "412" } });
    expect((await scim.get(path)).body.userName).toBe("ada");
  });

  it("E03: a stale PATCH likewise", async () => {
    const body = {
      schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
      Operations: [{ op: "remove", path: "title" }],
    };
    expect((await scim.send("PATCH", path, body, stale)).status).toBe(412);
  });

  it("E04: a stale DELETE likewise", async () => {
    expect((await scim.send("DELETE", path, undefined, stale)).status).toBe(412);
    expect((await scim.get(path)).status).toBe(200);
  });

  it.each(['W/"1"', '"1"', "1", "*", " * ", '"7", W/"1"', 'W/"7",w/"1"'])("J18: %s is met", async (value) => {
    expect((await rename("eve", { "if-match": value })).status).toBe(200);
  });

  it.each(['W/"2"', '"1 "', '""', ",", 'W/""', '"*"', '"7", "8"'])("J18: %s is not", async (value) => {
    expect((await rename("eve", { "if-match": value })).status).toBe(412);
  });

  it("J18: is asked of reads too, before If-None-Match", async () => {
    expect((await scim.get(path, { "if-match": '"0"', "if-none-match": '"1"' })).status).toBe(412);
    expect((await scim.get(path, { "if-match": '"1"' })).status).toBe(200);
    expect((await scim.get(path, { "if-match": '"1"', "if-none-match": '"1"' })).status).toBe(304);
  });

  it("J18: a star finds nothing where nothing is", async () => {
    expect((await scim.send("DELETE", "/Users/ghost", undefined, { "if-match": "*" })).status).toBe(404);
  });

  it.each(["/Users", "/Schemas", "/ServiceProviderConfig"])(
    "E07: says nothing to %s, which has no version",
    async (list) => {
      const { status, headers } = await scim.get(list, { "if-match": '"0"', "if-none-match": "*" });
      expect([status, headers.get("etag")]).toEqual([200, null]);
    },
  );
});

describe("If-None-Match", () => {
  it.each(['W/"1"', '"1"', '"7", "1"', "*"])("E05: %s is answered 304 without a body", async (value) => {
    const { status, text, headers } = await scim.get(path, { "if-none-match": value });
    expect([status, text, headers.get("etag")]).toEqual([304, "", 'W/"1"']);
  });

  it("J18: a write under the version that is excluded is refused, and changes nothing", async () => {
    for (const value of ["*", '"1"', '"7", W/"1"']) {
      expect((await rename("eve", { "if-none-match": value })).status).toBe(412);
      expect((await scim.send("DELETE", path, undefined, { "if-none-match": value })).status).toBe(412);
    }
    expect((await scim.get(path)).body.userName).toBe("ada");
    expect((await rename("eve", { "if-none-match": '"7"' })).status).toBe(200);
  });

  it("E05: HEAD is answered as GET", async () => {
    const { status, text } = await scim.send("HEAD", path, undefined, { "if-none-match": '"1"' });
    expect([status, text]).toEqual([304, ""]);
  });

  it("E05: another version is sent", async () => {
    expect(await scim.get(path, { "if-none-match": '"0"' })).toMatchObject({ status: 200, body: { userName: "ada" } });
  });
});
