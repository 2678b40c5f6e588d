import { describe, expect, it } from "vitest";
import { createEntraClient, type Exchange, SimulatorError } from "../src/index.ts";
import { listOf, scriptedService } from "./scripted-service.ts";

const token = "a-secret-token";

async function failure(work: Promise<unknown>): Promise<SimulatorError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(SimulatorError);
  return error as SimulatorError;
}

describe("scimTransport", () => {
  it("sends the token, the SCIM media type and the query of the tenant URL", async () => {
    const service = scriptedService({ "GET /scim/Users": listOf(), "POST /scim/Users": { id: "1" } });
    const client = createEntraClient({
      baseUrl: "http://sp.example/scim/?aadOptscim062020",
      token,
      fetch: service.fetch,
    });
    await client.findPerson('o"hara@brightharbor.example');
    await client.addMembers("g", []);
    expect(service.asked.map(({ line }) => line)).toEqual([
      'GET /scim/Users?filter=userName eq "o\\"hara@brightharbor.example"&aadOptscim062020',
    ]);
    expect(service.asked[0]?.headers.get("authorization")).toBe(`Bearer ${token}`);
    expect(service.asked[0]?.headers.get("accept")).toBe("application/scim+json");
  });

  it("reports every exchange, also refusals", async () => {
    const seen: Exchange[] = [];
    const { fetch } = scriptedService({});
    const client = createEntraClient({ baseUrl: "http://sp.example", token, fetch, onRequest: (e) => seen.push(e) });
    await failure(client.readPerson("nobody"));
    expect(seen).toEqual([{ method: "GET", path: "/Users/nobody", status: 404, milliseconds: expect.any(Number) }]);
  });

  it("tells a refusal with the facts of the SCIM error", async () => {
    const body = { status: "409", scimType: "uniqueness", detail: "userName is taken." };
    const { fetch } = scriptedService({ "DELETE /Users/1": Response.json(body, { status: 409 }) });
    const error = await failure(createEntraClient({ baseUrl: "http://sp.example", token, fetch }).deletePerson("1"));
    expect(error).toMatchObject({ code: "refused", status: 409, scimType: "uniqueness", detail: "userName is taken." });
    expect(error.message).not.toContain(token);
  });

  it.each([
    ["an HTML page", new Response("<html>")],
    ["an array", Response.json([])],
    ["an object that is no ListResponse", Response.json({})],
    ["resources without ids", Response.json({ totalResults: 1, Resources: [{}] })],
    ["nothing", new Response(null, { status: 204 })],
  ])("calls %s unreadable", async (_, answer) => {
    const { fetch } = scriptedService({ "GET /Users": answer });
    const error = await failure(createEntraClient({ baseUrl: "http://sp.example", token, fetch }).probe());
    expect(error.code).toBe("unreadable_answer");
  });

  it("keeps the network error as the cause when nothing answers", async () => {
    const cause = new TypeError("fetch failed");
    const fetch = () => Promise.reject(cause);
    const error = await failure(createEntraClient({ baseUrl: "http://sp.example/scim", token, fetch }).probe());
    expect(error).toMatchObject({ code: "unreachable", cause });
    expect(error.message).toContain("http://sp.example");
  });
});
