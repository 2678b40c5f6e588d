import { describe, expect, it, vi } from "vitest";
import { createScimHandler, type ScimHandlerOptions } from "../../src/http/index.ts";
import { BASE_URL, ERROR_URN, openScim, RESOURCE_TYPES, TOKEN } from "../harness.ts";
import { memoryBackend } from "../memory-backend.ts";

describe("a request without a valid token", () => {
  it.each([
    ["no header", { authorization: "" }],
    ["another scheme", { authorization: "Basic c2VjcmV0LXRva2Vu" }],
    ["no token", { authorization: "Bearer" }],
    ["a wrong token", { authorization: "Bearer revoked" }],
    ["a bare token", { authorization: TOKEN }],
    ["two words", { authorization: `Bearer ${TOKEN} ${TOKEN}` }],
  ])("A06: is answered 401 and told the scheme: %s", async (_name, headers) => {
    const { status, headers: answered, body } = await openScim().get("/Users", headers);
    expect(status).toBe(401);
    expect(answered.get("www-authenticate")).toMatch(/^Bearer .+/);
    expect(body).toEqual({ schemas: [ERROR_URN], status: "401", detail: expect.any(String) });
  });

  it.each([
    ["POST", "/Users", "{ no json"],
    ["POST", "/Users", "x".repeat(11 * 1024 * 1024)],
    ["PUT", "/Nothing", "{}"],
    ["GET", "/Schemas?filter=x", undefined],
    ["GET", "/Me", undefined],
    ["DELETE", "/%zz", undefined],
  ])("A07: learns nothing else, whatever it sends: %s %s", async (method, path, body) => {
    const scim = openScim();
    const { status, text } = await scim.send(method, path, body, {
      authorization: "Bearer a-guess",
      "content-type": "text/xml",
    });
    expect(status).toBe(401);
    expect(text).not.toContain("a-guess");
    expect(scim.backend.calls).toEqual({});
  });

  it("A07: costs nothing: its body is not read", async () => {
    const body = new ReadableStream({ pull: () => expect.unreachable("the body was read") }, { highWaterMark: 0 });
    const handler = createScimHandler({ resourceTypes: RESOURCE_TYPES, authenticate: async () => undefined });
    const init = { method: "POST", body, duplex: "half" as const, headers: { authorization: "Bearer revoked" } };
    expect((await handler(new Request(`${BASE_URL}/Users`, init), "/Users", "")).status).toBe(401);
  });
});

describe("a token", () => {
  it("J42: has a scheme without case", async () => {
    expect((await openScim().get("/Users", { authorization: `bEARER ${TOKEN}` })).status).toBe(200);
  });

  it("is checked for the mount, with the facts of the request", async () => {
    const authenticate = vi.fn<ScimHandlerOptions["authenticate"]>(async () => undefined);
    const handler = createScimHandler({ resourceTypes: RESOURCE_TYPES, authenticate });
    const headers = { authorization: "Bearer a.b-c_d~e+f/g==", "x-request-id": "r-1", "user-agent": "Okta" };
    await handler(new Request(`${BASE_URL}/Users`, { headers }), "/Users", "c-7");
    expect(authenticate).toHaveBeenCalledExactlyOnceWith("a.b-c_d~e+f/g==", "c-7", {
      requestId: "r-1",
      userAgent: "Okta",
    });
  });

  it("is no matter of an outage: what fails while it is checked is 500, never 401", async () => {
    const authenticate = async (): Promise<never> => Promise.reject(new Error("connection refused"));
    const scim = openScim({ authenticate });
    expect((await scim.get("/Users")).status).toBe(500);
    expect(scim.errors).toEqual([new Error("connection refused")]);
  });

  it("A30: opens its own connection only, however many ask at once", async () => {
    const domains = ["a", "b"].map((name) => ({ backend: memoryBackend(), baseUrl: `https://${name}.test` }));
    const handler = createScimHandler({
      resourceTypes: RESOURCE_TYPES,
      authenticate: async (token) => domains[Number(token)],
    });
    const locations = await Promise.all(
      Array.from({ length: 40 }, async (_, index) => {
        const request = new Request("https://any.test/Users", {
          method: "POST",
          headers: { authorization: `Bearer ${index % 2}` },
          body: new TextEncoder().encode(
            JSON.stringify({ schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"], userName: `user${index >> 1}` }),
          ),
        });
        const response = await handler(request, "/Users", "");
        expect(response.status).toBe(201);
        const location = response.headers.get("location");
        expect(await response.json()).toMatchObject({ meta: { location } });
        return location;
      }),
    );
    locations.forEach((location, index) => {
      expect(location).toMatch(index % 2 === 0 ? /^https:\/\/a\.test\/Users\/.+/ : /^https:\/\/b\.test\/Users\/.+/);
    });
  });
});
