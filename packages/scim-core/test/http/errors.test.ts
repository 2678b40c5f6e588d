import { describe, expect, it } from "vitest";
import type { ScimBackend } from "../../src/backend.ts";
import { ScimError, type ScimErrorCode } from "../../src/errors.ts";
import { ERROR_URN, openScim, type Scim, USER_URN } from "../harness.ts";
import { memoryBackend } from "../memory-backend.ts";

/** A connection whose backend fails to read. */
function failing(error: unknown): Scim {
  const get: ScimBackend["get"] = async () => Promise.reject(error);
  return openScim({ domain: { backend: { ...memoryBackend(), get } } });
}

describe("a SCIM error", () => {
  it.each<[ScimErrorCode, number]>([
    ["notFound", 404],
    ["forbidden", 403],
    ["conflict", 409],
    ["preconditionFailed", 412],
    ["payloadTooLarge", 413],
    ["tooManyRequests", 429],
  ])("A03, J43: %s has a text for its status, and no scimType that RFC 7644 lacks", async (code, status) => {
    const { status: answered, body } = await failing(new ScimError(code, "A sentence.")).get("/Users/1");
    expect(answered).toBe(status);
    expect(body).toEqual({ schemas: [ERROR_URN], status: String(status), detail: "A sentence." });
  });

  it("J43: has the scimType that RFC 7644 has for it, and keeps hint and cause to itself", async () => {
    const error = new ScimError("uniqueness", "The userName is taken.", { hint: "row 17", cause: new Error("SQL") });
    const { body } = await failing(error).get("/Users/1");
    expect(body).toEqual({
      schemas: [ERROR_URN],
      status: "409",
      scimType: "uniqueness",
      detail: "The userName is taken.",
    });
  });

  it("is no fault of ours and reported to nobody", async () => {
    const scim = failing(new ScimError("notFound", "Nobody."));
    await scim.get("/Users/1");
    expect(scim.errors).toEqual([]);
  });

  it.each<ScimErrorCode>(["unavailable", "tooManyRequests"])("%s says in seconds when to come back", async (code) => {
    expect((await failing(new ScimError(code, "Later.")).get("/Users/1")).headers.get("retry-after")).toMatch(/^\d+$/);
  });
});

describe("anything else", () => {
  const secret = new Error("connect ECONNREFUSED postgres://admin:hunter2@10.0.0.1");

  it.each([secret, "text", undefined, null, { status: 200, detail: "hunter2" }])(
    "J43: is 500, and its text stays inside: %#",
    async (thrown) => {
      const scim = failing(thrown);
      const { status, body, text } = await scim.get("/Users/1", { "x-request-id": "r-42" });
      expect(status).toBe(500);
      expect(body).toEqual({ schemas: [ERROR_URN], status: "500", detail: expect.stringContaining("r-42") });
      expect(text).not.toMatch(/hunter2|ECONN|errors\.test/);
      expect(scim.errors).toEqual([thrown]);
    },
  );

  it("reports an outage that the backend knows about, too", async () => {
    const error = new ScimError("unavailable", "The store is away.");
    const scim = failing(error);
    expect((await scim.get("/Users/1")).status).toBe(503);
    expect(scim.errors).toEqual([error]);
  });

  it("is answered although the log fails as well", async () => {
    const get: ScimBackend["get"] = async () => Promise.reject(secret);
    const onError = (): never => {
      throw new Error("disk full");
    };
    const scim = openScim({ domain: { backend: { ...memoryBackend(), get } }, onError });
    expect((await scim.get("/Users/1")).status).toBe(500);
  });
});

describe("the request id", () => {
  it.each(["r-1", "0af7651916cd43dd8448eb211c80319c", "Root=1-67891233:abc/def"])("is the client's: %s", async (id) => {
    const scim = openScim();
    for (const path of ["/Users", "/Users/nobody"]) {
      expect((await scim.get(path, { "x-request-id": id })).headers.get("x-request-id")).toBe(id);
    }
  });

  it.each(["", "two words", "x".repeat(129), '"quoted"', "<script>"])("is a new one instead of %j", async (id) => {
    const scim = openScim({ newRequestId: () => "made-here" });
    expect((await scim.get("/Users", { "x-request-id": id })).headers.get("x-request-id")).toBe("made-here");
  });

  it("reaches the backend, with a user agent of bounded length", async () => {
    const contexts: unknown[] = [];
    const backend = memoryBackend();
    const query: ScimBackend["query"] = (type, asked, context) => {
      contexts.push(context);
      return backend.query(type, asked, context);
    };
    const scim = openScim({ domain: { backend: { ...backend, query } } });
    await scim.get("/Users", { "x-request-id": "r-1", "user-agent": "x".repeat(5000) });
    await scim.get("/Users", { "x-request-id": "r-2" });
    expect(contexts).toEqual([{ requestId: "r-1", userAgent: "x".repeat(256) }, { requestId: "r-2" }]);
  });
});

describe("a connection's switch", () => {
  it.each([
    [false, 400],
    [true, 200],
  ])(
    "D13: replaceCreatesMissing %s: replace on an unmatched filter is answered %d",
    async (replaceCreatesMissing, status) => {
      const scim = openScim({ domain: { replaceCreatesMissing } });
      const path = `/Users/${await scim.createUser("ada")}`;
      const operation = { op: "replace", path: 'emails[type eq "work"].value', value: "ada@example.test" };
      expect((await scim.patch(path, operation)).status).toBe(status);
    },
  );
});

describe("limits", () => {
  it("A31: 413 for a body beyond the limit", async () => {
    const given = { schemas: [USER_URN], userName: "ada", title: "x".repeat(2000) };
    const { status, body } = await openScim({ limits: { bodyBytes: 1000 } }).send("POST", "/Users", given);
    expect([status, body.schemas, body.status]).toEqual([413, [ERROR_URN], "413"]);
  });

  it("J16: 413 for more operations than one PATCH may have", async () => {
    const scim = openScim({ limits: { patchOperations: 3 } });
    const path = `/Users/${await scim.createUser("ada")}`;
    const operation = { op: "add", path: "title", value: "x" };
    expect((await scim.patch(path, operation, operation, operation)).status).toBe(200);
    expect(await scim.patch(path, operation, operation, operation, operation)).toMatchObject({
      status: 413,
      body: { status: "413" },
    });
  });

  it("B28: 400 for a body nested beyond all reason", async () => {
    const { status, body } = await openScim().send("POST", "/Users", "[".repeat(100_000));
    expect([status, body.scimType]).toEqual([400, "invalidSyntax"]);
  });
});
