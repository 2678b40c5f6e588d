import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../src/testing/json.ts";
import {
  BASE_URL,
  ENTERPRISE_URN,
  ERROR_URN,
  GROUP_URN,
  LIST_URN,
  listed,
  openScim,
  TEAM_URN,
  USER_URN,
} from "../harness.ts";

const scim = openScim();

describe("/Schemas", () => {
  it("G01, G07: lists every schema, extensions of the host too, and counts them", async () => {
    const { status, body } = await scim.get("/Schemas");
    expect(status).toBe(200);
    expect(listed({ ...(await scim.get("/Schemas")) }, "id").toSorted()).toEqual(
      [USER_URN, ENTERPRISE_URN, TEAM_URN, GROUP_URN].toSorted(),
    );
    expect(body).toMatchObject({ schemas: [LIST_URN], totalResults: 4, itemsPerPage: 4, startIndex: 1 });
  });

  it.each([TEAM_URN, TEAM_URN.toUpperCase(), encodeURIComponent(TEAM_URN)])(
    "G02: has each by its URN: %s",
    async (urn) => {
      const { status, body } = await scim.get(`/Schemas/${urn}`);
      expect(status).toBe(200);
      expect(body).toMatchObject({
        id: TEAM_URN,
        attributes: [{ name: "isTeamAccount", type: "boolean" }, { name: "badge" }],
        meta: { resourceType: "Schema", location: `${BASE_URL}/Schemas/${TEAM_URN}` },
      });
    },
  );

  it("G03: 404 for another", async () => {
    expect(await scim.get("/Schemas/urn:nobody")).toMatchObject({ status: 404, body: { schemas: [ERROR_URN] } });
  });

  it("G06: tells every characteristic of every attribute", async () => {
    const { body } = await scim.get(`/Schemas/${USER_URN}`);
    const attributes = (Array.isArray(body.attributes) ? body.attributes : []) as readonly JsonObject[];
    const names = ["type", "multiValued", "description", "required", "mutability", "returned"];
    for (const attribute of attributes) for (const name of names) expect(attribute).toHaveProperty(name);
    expect(attributes.find(({ name }) => name === "userName")).toMatchObject({
      caseExact: false,
      uniqueness: "server",
      required: true,
    });
  });
});

describe("/ResourceTypes", () => {
  it("G07: lists the types", async () => {
    const answer = await scim.get("/ResourceTypes");
    expect(listed(answer, "name")).toEqual(["User", "Group"]);
    expect(answer.body).toMatchObject({ totalResults: 2, itemsPerPage: 2 });
  });

  it("has each by its name", async () => {
    expect((await scim.get("/ResourceTypes/User")).body).toMatchObject({
      name: "User",
      endpoint: "/Users",
      schema: USER_URN,
      schemaExtensions: [{ schema: ENTERPRISE_URN }, { schema: TEAM_URN }],
      meta: { location: `${BASE_URL}/ResourceTypes/User` },
    });
    expect((await scim.get("/ResourceTypes/constructor")).status).toBe(404);
  });
});

describe("/ServiceProviderConfig", () => {
  it("G08: is complete, and true", async () => {
    const limits = { maxResults: 77, bulkOperations: 20 };
    const { status, body } = await openScim({ limits }).get("/ServiceProviderConfig");
    expect(status).toBe(200);
    expect(body).toMatchObject({
      schemas: ["urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"],
      patch: { supported: true },
      bulk: { supported: true, maxOperations: 20, maxPayloadSize: 1024 * 1024 },
      filter: { supported: true, maxResults: 77 },
      changePassword: { supported: false },
      sort: { supported: true },
      etag: { supported: true },
      authenticationSchemes: [{ type: "oauthbearertoken" }],
    });
  });

  it("F05: tells the payload size that is accepted in fact, when no request may be as large as a bulk request", async () => {
    const { body } = await openScim({ limits: { bodyBytes: 5000 } }).get("/ServiceProviderConfig");
    expect(body.bulk).toEqual({ supported: true, maxOperations: 1000, maxPayloadSize: 5000 });
  });

  it("G04: ignores a filter, which some clients add to every address", async () => {
    expect((await scim.get("/ServiceProviderConfig?filter=x&y=1")).status).toBe(200);
  });
});

describe("discovery", () => {
  it.each(["/Schemas?filter=id%20pr", "/ResourceTypes?filter=", "/Schemas/x?filter=y"])(
    "G04: %s is 403",
    async (path) => {
      expect(await scim.get(path)).toMatchObject({ status: 403, body: { schemas: [ERROR_URN], status: "403" } });
    },
  );

  it.each(["/Schemas", "/ResourceTypes/User", "/ServiceProviderConfig"])("G05: %s cannot be written", async (path) => {
    for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
      const { status, headers, body } = await scim.send(method, path, {});
      expect([status, headers.get("allow"), body.status]).toEqual([405, "GET", "405"]);
    }
  });
});

describe("what is not offered", () => {
  it("H01: /Me says so to every method", async () => {
    for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE"]) {
      const { status, body } = await scim.send(method, "/Me", method === "GET" ? undefined : {});
      expect([status, body.schemas, body.status]).toEqual([501, [ERROR_URN], "501"]);
    }
  });

  it.each(["/Nothing", "/Me/x", "/Schemas/a/b", "/constructor", "/__proto__", "/%zz", "/Users/%00", "/Users/%E0%A4%A"])(
    "%s is 404",
    async (path) => {
      expect(await scim.get(path)).toMatchObject({ status: 404, body: { schemas: [ERROR_URN], status: "404" } });
    },
  );

  it("no backend is asked for an id that no store can be asked for", async () => {
    const { backend, get } = openScim();
    expect((await get("/Users/%00")).status).toBe(404);
    expect(backend.calls).toEqual({});
  });

  it.each(["OPTIONS", "PROPFIND", "constructor"])("the method %s is 405", async (method) => {
    expect((await scim.send(method, "/Users")).status).toBe(405);
  });
});
