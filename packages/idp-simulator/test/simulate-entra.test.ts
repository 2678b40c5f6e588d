import { describe, expect, it } from "vitest";
import { simulateEntra } from "../src/index.ts";
import { listOf, scriptedService } from "./scripted-service.ts";

describe("simulateEntra", () => {
  it("probes, matches and creates people, then groups with their members", async () => {
    let made = 0;
    const service = scriptedService({ "GET /Users": listOf(), "GET /Groups": listOf() });
    const lines: string[] = [];
    const cycle = await simulateEntra({
      baseUrl: "http://sp.example",
      token: "t",
      users: 3,
      groups: 2,
      fetch: (request) => {
        if (request.method === "POST") return Promise.resolve(Response.json({ id: `id-${made++}` }, { status: 201 }));
        if (request.method === "PATCH") return Promise.resolve(new Response(null, { status: 204 }));
        return service.fetch(request);
      },
      onRequest: ({ method, path }) => lines.push(`${method} ${path.split("?")[0]}`),
    });
    expect(cycle.people.map(({ id, userName }) => `${id} ${userName.split("@")[0]}`)).toEqual([
      "id-0 mira.okafor",
      "id-1 tomas.lind",
      "id-2 priya.nair",
    ]);
    expect(cycle.groups.map(({ members }) => members)).toEqual([["id-0", "id-2"], ["id-1"]]);
    const person = ["GET /Users", "POST /Users"];
    const group = ["GET /Groups", "POST /Groups"];
    expect(lines).toEqual([
      ...["GET /Users", ...person, ...person, ...person],
      ...[...group, "PATCH /Groups/id-3", ...group, "PATCH /Groups/id-4"],
    ]);
  });
});
