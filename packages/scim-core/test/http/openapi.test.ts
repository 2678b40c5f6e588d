import { describe, expect, it } from "vitest";
import type { Route } from "../../src/http/exchange.ts";
import { createScimHandler } from "../../src/http/index.ts";
import { endpointsOf } from "../../src/http/router.ts";
import {
  defineAttribute,
  defineResourceType,
  extension,
  type ResourceType,
  text,
  userResourceType,
} from "../../src/index.ts";
import { scimOpenApi } from "../../src/openapi.ts";
import { isJsonObject, type Json, type JsonObject } from "../../src/testing/json.ts";
import {
  BASE_URL,
  ENTERPRISE_URN,
  GROUP_URN,
  openScim,
  PATCH_OP_URN,
  RESOURCE_TYPES,
  type Scim,
  SEARCH_URN,
  TEAM_URN,
  USER_URN,
} from "../harness.ts";
import { problemsOf, resolve } from "../json-schema.ts";

const BULK_URN = "urn:ietf:params:scim:api:messages:2.0:BulkRequest";

async function describedBy(scim: Scim): Promise<JsonObject> {
  const { status, headers, body } = await scim.get("/openapi.json");
  expect([status, headers.get("content-type")]).toEqual([200, "application/json"]);
  return body;
}

function at(document: Json | undefined, ...names: readonly string[]): Json | undefined {
  return names.reduce<Json | undefined>((object, name) => (isJsonObject(object) ? object[name] : undefined), document);
}

function component(document: JsonObject, name: string): JsonObject {
  return resolve(`#/components/schemas/${name}`, document);
}

/** `GET /Users/{}` for all that the router offers. */
function offered(types: readonly ResourceType[]): readonly string[] {
  const operations = (path: string, route: Route | undefined): readonly string[] =>
    Object.keys(route ?? {}).map((method) => `${method} ${path}`);
  return [...endpointsOf(types)].flatMap(([name, { collection, search, member }]) => [
    ...operations(`/${name}`, collection),
    ...operations(`/${name}/.search`, search),
    ...operations(`/${name}/{}`, member?.("x")),
  ]);
}

function described(document: JsonObject): readonly string[] {
  return Object.entries(document.paths as JsonObject).flatMap(([path, item]) =>
    Object.keys(item as JsonObject).map((method) => `${method.toUpperCase()} ${path.replace(/\{\w+\}/, "{}")}`),
  );
}

describe("GET /openapi.json", () => {
  it("describes every route but /Me, which is not offered, and nothing else", async () => {
    const routes = offered(RESOURCE_TYPES).filter((route) => !route.endsWith(" /Me"));
    expect(described(await describedBy(openScim())).toSorted()).toEqual(routes.toSorted());
    expect(routes).toHaveLength(2 * 7 + 9);
  });

  it("J28: describes Prefer and 202 at every write of a resource, where it is offered, and nowhere else", async () => {
    const deferrable = async (scim: Scim) => {
      const { paths } = await describedBy(scim);
      return Object.entries(paths as JsonObject).flatMap(([path, item]) =>
        Object.entries(item as JsonObject).flatMap(([method, operation]) => {
          const prefers = JSON.stringify(at(operation, "parameters")).includes('"Prefer"');
          expect(at(operation, "responses", "202") !== undefined).toBe(prefers);
          return prefers ? [`${method} ${path}`] : [];
        }),
      );
    };
    const asyncRequests = { enqueue: () => undefined, complete: async () => {}, find: async () => undefined };
    const writes = ["post /X", "put /X/{id}", "patch /X/{id}", "delete /X/{id}"];
    const expected = ["/Users", "/Groups"].flatMap((path) => writes.map((write) => write.replace("/X", path)));
    expect(await deferrable(openScim({ domain: { asyncRequests } }))).toEqual(expected);
    expect(await deferrable(openScim())).toEqual([]);
  });

  it("names its server, its credential, and parameters for every brace", async () => {
    const document = await describedBy(openScim());
    expect(document).toMatchObject({
      openapi: "3.1.0",
      servers: [{ url: BASE_URL }],
      security: [{ bearer: [] }],
      components: { securitySchemes: { bearer: { type: "http", scheme: "bearer" } } },
    });
    for (const [path, item] of Object.entries(document.paths as JsonObject)) {
      const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      for (const operation of Object.values(item as JsonObject)) {
        const parameters = at(operation, "parameters") as readonly JsonObject[];
        expect(
          parameters.filter((parameter) => parameter.in === "path").map(({ name }) => name),
          path,
        ).toEqual(names);
      }
    }
  });

  it("has references that lead somewhere, and each operation's id once", async () => {
    const document = await describedBy(openScim());
    const text = JSON.stringify(document);
    const references = [...text.matchAll(/"\$ref":"([^"]+)"/g)].map(([, reference = ""]) => reference);
    expect(references.length).toBeGreaterThan(20);
    for (const reference of references) expect(resolve(reference, document)).toBeDefined();
    const ids = [...text.matchAll(/"operationId":"([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(expect.arrayContaining(["listUsers", "createUser", "patchGroup", "searchGroups", "bulk"]));
  });

  it("G01: has the host's own extensions and types", async () => {
    const type = defineResourceType({
      name: "Car",
      description: "A car.",
      endpoint: "/Cars",
      schema: {
        id: "urn:example:Car",
        name: "Car",
        description: "A car.",
        attributes: [
          defineAttribute({ name: "plate", type: "string", description: "The plate.", required: true }),
          defineAttribute({ name: "seats", type: "integer", description: "Its seats.", mutability: "readOnly" }),
        ],
      },
      extensions: [],
    });
    const owner = userResourceType([
      extension("urn:example:owner", { licence: text({ required: true }) }, { required: true }),
    ]);
    const document = await describedBy(openScim({ resourceTypes: [owner, type] }));
    expect(described(document)).toContain("PATCH /Cars/{}");
    expect(component(document, "Car_Request")).toMatchObject({
      properties: { plate: { type: "string", description: "The plate." } },
      required: ["schemas", "plate"],
    });
    expect(at(component(document, "Car_Request"), "properties", "seats")).toBeUndefined();
    expect(at(component(document, "Car"), "properties", "seats")).toMatchObject({ type: "integer" });
    expect(component(document, "User_Request")).toMatchObject({
      properties: { "urn:example:owner": { properties: { licence: { type: "string" } }, required: ["licence"] } },
      required: ["schemas", "userName", "urn:example:owner"],
    });
  });

  it("A21, A17: tells secrets to be sent and never answered, and read-only attributes the other way", async () => {
    const document = await describedBy(openScim());
    const [sent, answered] = ["User_Request", "User"].map((name) => at(component(document, name), "properties"));
    expect(sent).toMatchObject({ password: { type: "string" } });
    expect(answered).not.toHaveProperty("password");
    for (const name of ["id", "meta", "groups"]) {
      expect(sent).not.toHaveProperty(name);
      expect(answered).toHaveProperty(name);
    }
  });

  it("F04, F05, J16: tells the limits", async () => {
    const document = await describedBy(
      openScim({ limits: { bulkOperations: 7, patchOperations: 5, bulkBytes: 4096 } }),
    );
    expect(component(document, "Scim_BulkRequest")).toMatchObject({
      description: expect.stringContaining("4096"),
      properties: { Operations: { maxItems: 7 } },
    });
    expect(component(document, "Scim_PatchRequest")).toMatchObject({ properties: { Operations: { maxItems: 5 } } });
  });

  it("needs a token, and is read-only", async () => {
    expect((await openScim().get("/openapi.json", { authorization: "" })).status).toBe(401);
    expect((await openScim().send("POST", "/openapi.json", {})).status).toBe(405);
    expect((await openScim().get("/openapi.json/x")).status).toBe(404);
  });

  it.each(["/openapi.json", "/Bulk", "/Me", "/Schemas", "/Users"])("no resource type can take %s", (endpoint) => {
    const type = { ...userResourceType([]), name: "Other", endpoint };
    expect(() =>
      createScimHandler({ resourceTypes: [userResourceType([]), type], authenticate: async () => undefined }),
    ).toThrow(TypeError);
  });
});

describe("its bodies", () => {
  const user = {
    schemas: [USER_URN, ENTERPRISE_URN, TEAM_URN],
    userName: "ada",
    active: true,
    name: { givenName: "Ada" },
    emails: [{ value: "ada@example.test", type: "work", primary: true }],
    x509Certificates: [{ value: "AAAA" }],
    password: "secret",
    [ENTERPRISE_URN]: { department: "Docs", manager: { value: "m-1" } },
    [TEAM_URN]: { isTeamAccount: true, badge: "7" },
  };
  const patch = { schemas: [PATCH_OP_URN], Operations: [{ op: "add", path: "title", value: "T" }] };
  const bulk = {
    schemas: [BULK_URN],
    failOnErrors: 2,
    Operations: [
      { method: "POST", path: "/Users", bulkId: "b", data: { schemas: [USER_URN], userName: "bob" } },
      { method: "DELETE", path: "/Users/nobody", version: 'W/"1"' },
    ],
  };

  /** Sends a request, and has both bodies checked against the document. */
  async function expectDescribed(scim: Scim, method: string, path: string, body?: JsonObject): Promise<JsonObject> {
    const document = await describedBy(scim);
    const [, first, second] = (path.split("?", 1)[0] ?? "").split("/");
    const template = Object.keys(document.paths as JsonObject).find((candidate) => {
      const [, a, b] = candidate.split("/");
      return a === first && (b === second || (second !== ".search" && second !== undefined && b?.startsWith("{")));
    });
    const operation = at(document.paths, template ?? "", method.toLowerCase());
    const media = ["content", "application/scim+json", "schema"];
    if (body !== undefined)
      expect(problemsOf(body, at(operation, "requestBody", ...media) as JsonObject, document)).toEqual([]);
    const { status, headers, body: answered } = await scim.send(method, path, body);
    const response = at(operation, "responses", String(status)) ?? at(operation, "responses", "default");
    const schema = at(response, ...media);
    if (isJsonObject(schema)) expect(problemsOf(answered, schema, document), `${method} ${path}`).toEqual([]);
    else expect(answered).toEqual({});
    for (const name of Object.keys((at(response, "headers") ?? {}) as JsonObject)) expect(headers.has(name)).toBe(true);
    return answered;
  }

  it("are what is sent and answered", async () => {
    const scim = openScim();
    const { id } = await expectDescribed(scim, "POST", "/Users", user);
    const group = { schemas: [GROUP_URN], displayName: "team", members: [{ value: String(id) }] };
    const { id: groupId } = await expectDescribed(scim, "POST", "/Groups", group);
    for (const path of [`/Users/${id}`, `/Groups/${groupId}`, `/Users/${id}?attributes=name`, "/Users/nobody"]) {
      await expectDescribed(scim, "GET", path);
    }
    await expectDescribed(scim, "PUT", `/Users/${id}`, user);
    await expectDescribed(scim, "PATCH", `/Users/${id}`, patch);
    await expectDescribed(scim, "PATCH", `/Groups/${groupId}`, {
      schemas: [PATCH_OP_URN],
      Operations: [{ op: "remove", path: "members" }],
    });
    for (const path of ["/Users?count=1", "/Groups", "/Users?count=0", "/Users?filter=wrong"]) {
      await expectDescribed(scim, "GET", path);
    }
    for (const path of ["/Users/.search", "/Groups/.search", "/.search"]) {
      await expectDescribed(scim, "POST", path, { schemas: [SEARCH_URN], count: 5, attributes: ["id"] });
    }
    await expectDescribed(scim, "POST", "/Bulk", bulk);
    await expectDescribed(scim, "DELETE", `/Users/${id}`);
    for (const path of [
      "/ServiceProviderConfig",
      "/Schemas",
      "/ResourceTypes",
      `/Schemas/${TEAM_URN}`,
      "/ResourceTypes/User",
    ]) {
      await expectDescribed(scim, "GET", path);
    }
  });

  it("are not just anything", () => {
    const limits = { maxResults: 1, bulkOperations: 1, bulkBytes: 1, patchOperations: 1 };
    const document = JSON.parse(
      JSON.stringify(scimOpenApi({ resourceTypes: RESOURCE_TYPES, limits, serverUrl: BASE_URL })),
    );
    const request = component(document, "User_Request");
    expect(problemsOf({ ...user, active: "yes", colour: 1 }, request, document)).toHaveLength(2);
    expect(problemsOf({ schemas: [GROUP_URN], emails: ["x"] }, request, document)).toHaveLength(3);
    expect(problemsOf(bulk, component(document, "Scim_BulkRequest"), document)).toEqual(["$.Operations: too long"]);
  });
});
