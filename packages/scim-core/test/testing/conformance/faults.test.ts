import { expect, it } from "vitest";
import { type ConformanceRunOptions, runScimConformance } from "../../../src/testing/index.ts";
import { FAULTS } from "./faults.ts";
import { inMemory } from "./in-memory.ts";

/** The requirements whose cases fail, and why. */
async function failuresOf(options: ConformanceRunOptions): Promise<ReadonlyMap<string, string>> {
  const failures = new Map<string, string>();
  for await (const result of runScimConformance(options)) {
    if (result.outcome === "failed") failures.set(result.id, result.reason);
  }
  return failures;
}

it.each(FAULTS)("notices a service that $name", async ({ caught: [section, ...ids], wrap }) => {
  const { fetch, ...service } = inMemory();
  const failures = await failuresOf({ ...service, fetch: wrap(fetch), only: [section] });
  expect([...failures.keys()]).toEqual(expect.arrayContaining(ids));
  expect([...failures.values()].join("\n")).not.toContain(service.token);
});

it("notices a service that shows one tenant's people to another", async () => {
  const failures = await failuresOf({ ...inMemory({ shared: true }), only: ["isolation"] });
  expect([...failures.keys()]).toContain("J02");
});

it("a case that cannot clear up after itself has not passed", async () => {
  const { fetch, ...service } = inMemory();
  const keeping = async (request: Request): Promise<Response> =>
    request.method === "DELETE" ? new Response(null, { status: 500 }) : fetch(request);
  const failures = await failuresOf({ ...service, fetch: keeping, only: ["values"] });
  expect([...failures.values()].join("\n")).toContain("could not be deleted: DELETE /Users/");
});

it("clears up after a case that failed", async () => {
  const { fetch, ...service } = inMemory();
  const misleading = async (request: Request): Promise<Response> => {
    const response = await fetch(request);
    if (request.method === "POST") response.headers.delete("location");
    return response;
  };
  expect((await failuresOf({ ...service, fetch: misleading, only: ["representation"] })).keys()).toContain("A01");
  const headers = { authorization: `Bearer ${service.token}` };
  const left = await (await fetch(new Request(`${service.baseUrl}/Users?count=0`, { headers }))).json();
  expect(left).toMatchObject({ totalResults: 0 });
});
