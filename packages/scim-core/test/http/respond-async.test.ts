import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { AsyncCompletion, AsyncRequests } from "../../src/http/index.ts";
import { BASE_URL, ERROR_URN, openScim, PATCH_OP_URN, type Scim, USER_URN } from "../harness.ts";

const ASYNC = { prefer: "respond-async" };
/** A text, as far as this package is concerned. */
const TOKEN_OF_EVENT = "e30.e30.c2ln";
const MIRA = { schemas: [USER_URN], userName: "mira" };

interface Queue extends AsyncRequests {
  readonly completions: AsyncCompletion[];
  readonly bytes: number[];
  /** Does what waits. */
  drain(): Promise<void>;
}

/** Takes so many requests, and does nothing before it is told to. */
function manualQueue(room = 10): Queue {
  const waiting: (() => Promise<void>)[] = [];
  const completions: AsyncCompletion[] = [];
  const bytes: number[] = [];
  return {
    completions,
    bytes,
    enqueue: (size, work) => {
      if (waiting.length >= room) return undefined;
      bytes.push(size);
      return new Promise((resolve) => waiting.push(() => work().then(resolve)));
    },
    complete: async (completion) => void completions.push(completion),
    find: async (txn) => (txn === "known" ? TOKEN_OF_EVENT : undefined),
    drain: async () => {
      for (const work of waiting.splice(0)) await work();
    },
  };
}

function open(queue: AsyncRequests = manualQueue()): Scim {
  return openScim({ domain: { asyncRequests: queue, securityEventUris: ["urn:example:event"] } });
}

describe("Prefer: respond-async", () => {
  it("J28: is answered 202 without a body, with Set-Txn, Preference-Applied and Location; the work is done later", async () => {
    const queue = manualQueue();
    const scim = open(queue);
    const { status, text, headers } = await scim.send("POST", "/Users", MIRA, ASYNC);
    expect([status, text]).toEqual([202, ""]);
    const txn = headers.get("set-txn") ?? "";
    expect(txn).not.toBe("");
    expect(headers.get("preference-applied")).toBe("respond-async");
    expect(headers.get("location")).toBe(`${BASE_URL}/AsyncResponses/${txn}`);
    expect((await scim.get("/Users")).body).toMatchObject({ totalResults: 0 });

    await queue.drain();
    const { body } = await scim.get("/Users");
    const [{ id }] = body.Resources as unknown as readonly [{ readonly id: string }];
    const location = `${BASE_URL}/Users/${id}`;
    expect(queue.completions).toEqual([
      { txn, uri: `/Users/${id}`, operation: { method: "POST", status: "201", location, version: 'W/"1"' } },
    ]);
    expect(queue.bytes).toEqual([JSON.stringify(MIRA).length]);
  });

  it("J28: PUT, PATCH and DELETE alike, each with the status of its answer", async () => {
    const queue = manualQueue();
    const scim = open(queue);
    const id = await scim.createUser("mira");
    const operations = [{ op: "replace", path: "title", value: "Captain" }];
    await scim.send("PUT", `/Users/${id}`, { ...MIRA, title: "Pilot" }, ASYNC);
    await scim.send("PATCH", `/Users/${id}`, { schemas: [PATCH_OP_URN], Operations: operations }, ASYNC);
    await scim.send("DELETE", `/Users/${id}/`, undefined, ASYNC);
    await queue.drain();
    const location = `${BASE_URL}/Users/${id}`;
    expect(queue.completions.map(({ uri, operation }) => [uri, operation])).toEqual([
      [`/Users/${id}`, { method: "PUT", status: "200", location, version: 'W/"2"' }],
      [`/Users/${id}`, { method: "PATCH", status: "200", location, version: 'W/"3"' }],
      [`/Users/${id}`, { method: "DELETE", status: "204", location }],
    ]);
    expect((await scim.get(`/Users/${id}`)).status).toBe(404);
  });

  it("J28: what fails is told with the error that the client would have got, a failed POST without a location", async () => {
    const queue = manualQueue();
    const scim = open(queue);
    await scim.createUser("mira");
    expect((await scim.send("POST", "/Users", MIRA, ASYNC)).status).toBe(202);
    expect((await scim.send("POST", "/Users", "{", ASYNC)).status).toBe(202);
    expect((await scim.send("DELETE", "/Users/nobody", undefined, ASYNC)).status).toBe(202);
    await queue.drain();
    expect(queue.completions.map(({ uri, operation }) => [uri, operation])).toMatchObject([
      ["/Users", { status: "409", response: { schemas: [ERROR_URN], status: "409", scimType: "uniqueness" } }],
      ["/Users", { status: "400", response: { scimType: "invalidSyntax" } }],
      ["/Users/nobody", { status: "404", location: `${BASE_URL}/Users/nobody`, response: { status: "404" } }],
    ]);
    expect(queue.completions[0]?.operation).not.toHaveProperty("location");
  });

  it("J28: what has no room in the queue is answered when it is done, and told nowhere", async () => {
    const queue = manualQueue(0);
    const { status, headers } = await open(queue).send("POST", "/Users", MIRA, ASYNC);
    expect(status).toBe(201);
    expect([headers.get("set-txn"), headers.get("preference-applied")]).toEqual([null, null]);
    expect(queue.completions).toEqual([]);
  });

  it("J28: a preference is ignored where nothing can be put off", async () => {
    expect((await openScim().send("POST", "/Users", MIRA, ASYNC)).status).toBe(201);
    const scim = open();
    expect((await scim.send("GET", "/Users", undefined, ASYNC)).status).toBe(200);
    const search = { schemas: ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"] };
    expect((await scim.send("POST", "/Users/.search", search, ASYNC)).status).toBe(200);
    expect((await scim.send("POST", "/.search", search, ASYNC)).status).toBe(200);
    expect((await scim.send("PUT", "/Me", MIRA, ASYNC)).status).toBe(501);
    expect((await scim.send("POST", "/Users", MIRA, { prefer: "return=minimal" })).status).toBe(201);
  });

  it("J28: strangers and bodies beyond the limit are refused at once", async () => {
    const queue = manualQueue();
    const domain = { asyncRequests: queue };
    const scim = openScim({ domain, limits: { bodyBytes: 10 } });
    expect((await scim.send("POST", "/Users", MIRA, { ...ASYNC, authorization: "Bearer wrong" })).status).toBe(401);
    expect((await scim.send("POST", "/Users", MIRA, ASYNC)).status).toBe(413);
    expect(queue.bytes).toEqual([]);
  });

  it("J28: an end that cannot be recorded is reported, and undoes nothing", async () => {
    const queue = manualQueue();
    const scim = open({ ...queue, complete: () => Promise.reject(new Error("disk full")) });
    await scim.send("POST", "/Users", MIRA, ASYNC);
    await queue.drain();
    expect(scim.errors.map(String)).toEqual(["Error: disk full"]);
    expect((await scim.get("/Users")).body).toMatchObject({ totalResults: 1 });
  });
});

describe("Prefer: respond-async, wait", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const WAITING = { prefer: "respond-async, wait=5" };

  it("J28: is answered as ever when the work is done in time, and nothing is told", async () => {
    const queue = manualQueue();
    const answer = open(queue).send("POST", "/Users", MIRA, WAITING);
    await vi.advanceTimersByTimeAsync(4000);
    await queue.drain();
    expect((await answer).status).toBe(201);
    expect(queue.completions).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("J28: is answered 202 when it is not", async () => {
    const queue = manualQueue();
    const answer = open(queue).send("POST", "/Users", MIRA, WAITING);
    await vi.advanceTimersByTimeAsync(5001);
    expect((await answer).status).toBe(202);
    await queue.drain();
    expect(queue.completions).toMatchObject([{ operation: { status: "201" } }]);
  });

  it("J28: nobody waits longer than half a minute", async () => {
    const answer = open().send("POST", "/Users", MIRA, { prefer: "respond-async, wait=86400" });
    await vi.advanceTimersByTimeAsync(30_001);
    expect((await answer).status).toBe(202);
  });
});

describe("/AsyncResponses", () => {
  it("J28: hands out what became of a request as a token", async () => {
    const { status, headers, text } = await open().get("/AsyncResponses/known");
    expect([status, text]).toEqual([200, TOKEN_OF_EVENT]);
    expect(headers.get("content-type")).toBe("application/secevent+jwt");
    expect(headers.get("cache-control")).toBe("no-store");
  });

  it("J28: 404 for what is not done, never was, or cannot be put off here", async () => {
    expect((await open().get("/AsyncResponses/other")).status).toBe(404);
    expect((await open().get("/AsyncResponses")).status).toBe(404);
    expect((await openScim().get("/AsyncResponses/known")).status).toBe(404);
    expect((await open().send("DELETE", "/AsyncResponses/known")).status).toBe(405);
    expect((await open().get("/AsyncResponses/known", { authorization: "Bearer wrong" })).status).toBe(401);
  });
});

describe("/ServiceProviderConfig securityEvents", () => {
  it("J29: says which events there are, and whether requests can be put off", async () => {
    const uris = ["urn:example:event"];
    const of = async (scim: Scim) => (await scim.get("/ServiceProviderConfig")).body.securityEvents;
    expect(await of(open())).toEqual({ asyncRequest: "request", eventUris: uris });
    expect(await of(openScim({ domain: { securityEventUris: uris } }))).toEqual({
      asyncRequest: "none",
      eventUris: uris,
    });
    expect(await of(openScim())).toBeUndefined();
  });
});
