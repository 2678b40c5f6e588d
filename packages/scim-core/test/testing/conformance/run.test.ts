import { describe, expect, it } from "vitest";
import { USER_URN } from "../../../src/index.ts";
import {
  CONFORMANCE_SECTIONS,
  type ConformanceResult,
  type ConformanceRunOptions,
  runScimConformance,
} from "../../../src/testing/index.ts";
import { changedBody, type Fetch, inMemory, jsonAnswer } from "./in-memory.ts";

async function resultsOf(options: ConformanceRunOptions): Promise<readonly ConformanceResult[]> {
  const results: ConformanceResult[] = [];
  for await (const result of runScimConformance(options)) results.push(result);
  return results;
}

const failed = (results: readonly ConformanceResult[]) => results.filter(({ outcome }) => outcome === "failed");
const reasonsOf = (results: readonly ConformanceResult[]) =>
  new Set(results.map((result) => (result.outcome === "skipped" ? result.reason : result.outcome)));

/** A service that says something else about itself. */
function advertising(change: (config: Record<string, unknown>) => object): Fetch {
  const { fetch } = inMemory();
  return changedBody(fetch, (request) => request.url.endsWith("/ServiceProviderConfig"), change);
}

describe("a right service", () => {
  it("passes, and keeps what it had, and nothing else", async () => {
    const { fetch, ...service } = inMemory();
    const send = (method: string, path: string, body?: object) =>
      fetch(
        new Request(service.baseUrl + path, {
          method,
          headers: { authorization: `Bearer ${service.token}`, "content-type": "application/json" },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        }),
      );
    const created = await send("POST", "/Users", { schemas: [USER_URN], userName: "bystander", title: "Editor" });
    const bystander = await created.text();

    const results = await resultsOf({ ...service, fetch });
    expect(failed(results)).toEqual([]);
    expect(results.filter(({ outcome }) => outcome === "passed").length).toBeGreaterThan(300);

    const { totalResults, Resources } = (await (await send("GET", "/Users")).json()) as Record<string, unknown>;
    expect([totalResults, JSON.stringify((Resources as unknown[])[0])]).toEqual([1, bystander]);
    expect(await (await send("GET", "/Groups")).json()).toMatchObject({ totalResults: 0 });
  });

  it("has every requirement in the words of its clause, each case under a name of its own", async () => {
    const results = await resultsOf({ ...inMemory(), fetch: async () => jsonAnswer(200, { patch: {} }) });
    expect(new Set(results.map(({ section }) => section))).toEqual(new Set(CONFORMANCE_SECTIONS));
    expect(new Set(results.map(({ section, name }) => `${section} ${name}`)).size).toBe(results.length);
    for (const { id, clause, title, name } of results) {
      expect(id).toMatch(/^[A-J]\d\d$/);
      expect(name).toBe(`${clause} ${id}: ${title}`);
    }
  });
});

describe("only", () => {
  it("runs the sections that it names", async () => {
    const results = await resultsOf({ ...inMemory(), only: ["versions", "lists"] });
    expect([...new Set(results.map(({ section }) => section))]).toEqual(["lists", "versions"]);
  });

  it("refuses a section that does not exist, at once", () => {
    expect(() => runScimConformance({ ...inMemory(), only: ["unicorns"] })).toThrow('no section "unicorns"');
  });
});

describe("a case is skipped for what the service says that it lacks, with the reason", () => {
  it.each([
    ["versions", "etag", "ServiceProviderConfig does not advertise etag.supported."],
    ["filters", "filter", "ServiceProviderConfig does not advertise filter.supported."],
    ["patch", "patch", "ServiceProviderConfig does not advertise patch.supported."],
    ["bulk", "bulk", "ServiceProviderConfig does not advertise bulk.supported."],
  ])("%s", async (section, name, reason) => {
    const fetch = advertising((config) => ({ ...config, [name]: { supported: false } }));
    expect(reasonsOf(await resultsOf({ ...inMemory(), fetch, only: [section] }))).toEqual(new Set([reason]));
  });

  it("cursors", async () => {
    const fetch = advertising((config) => ({ ...config, pagination: { cursor: false, index: true } }));
    expect(reasonsOf(await resultsOf({ ...inMemory(), fetch, only: ["cursors"] }))).toEqual(
      new Set(["ServiceProviderConfig does not advertise pagination.cursor."]),
    );
  });

  it("what the host declares", async () => {
    const results = await resultsOf({
      ...inMemory(),
      features: { dialects: false },
      only: ["dialects", "isolation"],
    });
    expect(reasonsOf(results)).toEqual(
      new Set(["The host declares that it takes only what the RFCs describe.", "The host names no second tenant."]),
    );
  });

  it("an attribute that no schema lists", async () => {
    const { fetch, ...service } = inMemory();
    const withoutEmails = changedBody(
      fetch,
      (request) => request.url.endsWith("/Schemas"),
      (body) => JSON.parse(JSON.stringify(body).replaceAll('"name":"emails"', '"name":"mail"')) as object,
    );
    const results = await resultsOf({ ...service, fetch: withoutEmails, only: ["patch"] });
    expect(reasonsOf(results)).toEqual(new Set(["passed", "The schema of User does not list emails."]));
  });
});

it("gives people what the host requires of everybody", async () => {
  const results = await resultsOf(inMemory({ required: ["title", "emails"] }));
  expect(failed(results)).toEqual([]);
  expect(reasonsOf(results)).toContain("The schema of User requires emails.");
});

describe("what is no service", () => {
  it.each([
    ["token_refused", 401, { status: "401" }],
    ["token_refused", 403, {}],
    ["not_scim", 404, {}],
    ["not_scim", 200, { hello: "world" }],
  ])("%s: %i", async (code, status, body) => {
    const results = resultsOf({ ...inMemory(), fetch: async () => jsonAnswer(status, body) });
    await expect(results).rejects.toMatchObject({ name: "ConformanceError", code });
  });

  it("not_scim: a page for people", async () => {
    const fetch = async () => new Response("<html>Sign in</html>", { headers: { "content-type": "text/html" } });
    await expect(resultsOf({ ...inMemory(), fetch })).rejects.toMatchObject({ code: "not_scim" });
  });

  it("unreachable, and the message has the cause, never the token", async () => {
    const fetch = async (): Promise<Response> => {
      throw new TypeError("fetch failed", { cause: new Error("connect ECONNREFUSED 127.0.0.1:1") });
    };
    const error: unknown = await resultsOf({ ...inMemory(), fetch }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "unreachable", message: expect.stringContaining("ECONNREFUSED") });
    expect(String(error)).not.toContain(inMemory().token);
  });
});

it("waits when the service asks for it, and asks again", async () => {
  const { fetch, ...service } = inMemory();
  let refusals = 0;
  const busy: Fetch = async (request) => {
    if (refusals > 0 || !request.url.includes("Unicorns")) return fetch(request);
    refusals += 1;
    return new Response(null, { status: 429, headers: { "retry-after": "1" } });
  };
  const results = await resultsOf({ ...service, fetch: busy, only: ["representation"] });
  expect([refusals, failed(results)]).toEqual([1, []]);
});
