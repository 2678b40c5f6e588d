import { describe, expect, it } from "vitest";
import type { Authorization } from "../../src/index.ts";
import { connect, EVERYTHING, startWorld } from "../admin/harness.ts";

function holder(part: Partial<Authorization>): Authorization {
  return { actor: "paul", tenants: ["acme"], can: "all", ...part };
}

async function startTenants() {
  const world = startWorld();
  for (const id of ["acme", "globex"]) await world.admin.tenants.create({ id });
  return world;
}

describe("who may use the management API", () => {
  it("nobody without a credential, on any path and with any method", async () => {
    const { api } = await startTenants();
    for (const path of ["/tenants", "/tenants/acme", "/openapi.json", "/nowhere", ""]) {
      for (const method of ["GET", "POST", "DELETE"]) {
        const { status, body, headers } = await api(method, path, method === "POST" ? {} : undefined, null);
        expect([status, body.error.code, headers.get("www-authenticate")]).toEqual([401, "unauthorized", "Bearer"]);
      }
    }
  });

  it("a refused body is not read", async () => {
    const { send } = await startTenants();
    const pulls: true[] = [];
    const body = new ReadableStream({ pull: () => void pulls.push(true) }, { highWaterMark: 0 });
    const init = { method: "POST", body, duplex: "half", headers: { "content-type": "application/json" } };
    expect((await send("/admin/v1/tenants", init as RequestInit)).status).toBe(401);
    expect(pulls).toEqual([]);
  });

  it("nobody at all, when the host gives no authorize", async () => {
    const { send } = startWorld({ admin: undefined });
    const { status, body } = await send("/admin/v1/tenants");
    expect([status, body.error.code]).toEqual([404, "not_found"]);
    expect(body.error.hint).toContain("admin.authorize");
  });

  it("another tenant is as one that is not there", async () => {
    const { api } = await startTenants();
    for (const [method, below, sent] of [
      ["GET", "", undefined],
      ["PATCH", "", { name: "x" }],
      ["GET", "/accounts", undefined],
      ["POST", "/connection/tokens", {}],
      ["PATCH", "/connection", { groupSync: true }],
    ] as const) {
      const [other, none] = [
        await api(method, `/tenants/globex${below}`, sent, holder({})),
        await api(method, `/tenants/nobody${below}`, sent, holder({})),
      ];
      const shape = ({ status, body: { error } }: typeof other, id: string) => [
        status,
        error.code,
        error.message.replace(id, "…"),
        error.hint,
      ];
      expect(shape(other, "globex")).toEqual(shape(none, "nobody"));
      expect(other.status).toBe(404);
    }
  });

  it.each([
    ["GET", "/tenants/acme", undefined, "read"],
    ["GET", "/tenants/acme/audit", undefined, "read"],
    ["POST", "/tenants/acme/accounts", { userName: "x", kind: "user" }, "operate"],
    ["PATCH", "/tenants/acme", { name: "x" }, "configure"],
    ["PATCH", "/tenants/acme/connection", { groupSync: true }, "configure"],
    ["POST", "/tenants/acme/connection/tokens", {}, "tokens"],
  ] as const)("%s %s needs its right, and says which", async (method, path, sent, right) => {
    const { api } = await startTenants();
    const others = (["read", "operate", "configure", "tokens"] as const).filter((other) => other !== right);
    const { status, body } = await api(method, path, sent, holder({ can: others }));
    expect([status, body.error.code, body.error.message]).toEqual([
      403,
      "forbidden",
      expect.stringContaining(`"${right}"`),
    ]);
    expect((await api(method, path, sent, holder({ can: [right] }))).status).toBeLessThan(300);
  });

  it("R118: a link and its end need the right in both projects", async () => {
    const { api, admin } = await startTenants();
    const make = { id: "acme-docs", parent: "globex" };
    const docs = holder({ tenants: ["acme-docs"] });
    expect((await api("POST", "/tenants", make, docs)).body.error.message).toContain("globex");
    expect((await api("POST", "/tenants", make, holder({ tenants: ["globex"] }))).status).toBe(404);
    const both = holder({ tenants: ["acme-docs", "globex"] });
    expect((await api("POST", "/tenants", make, both)).status).toBe(201);
    const unlink = (who: Authorization) => api("PATCH", "/tenants/acme-docs", { parent: null }, who);
    expect((await unlink(docs)).status).toBe(404);
    expect(await admin.tenants.get("acme-docs")).toMatchObject({ parent: "globex" });
    expect((await api("PATCH", "/tenants/acme-docs", { name: "Docs" }, docs)).status).toBe(200);
    expect((await unlink(both)).body).toMatchObject({ parent: null });
  });

  it("the audit log names who it was, and the request", async () => {
    const { api, admin } = await startTenants();
    await api("PATCH", "/tenants/acme", { name: "x" }, holder({}));
    expect((await admin.audit.list("acme")).items[0]).toMatchObject({ actor: { type: "person", id: "paul" } });
  });

  it("lists only the tenants of the credential, in pages", async () => {
    const { api, admin } = await startTenants();
    await admin.tenants.create({ id: "zeta" });
    const ids = async (path: string, who: Authorization) =>
      (await api("GET", path, undefined, who)).body.items.map(({ id }: { id: string }) => id);
    expect(await ids("/tenants", EVERYTHING)).toEqual(["acme", "globex", "zeta"]);
    const some = holder({ tenants: ["zeta", "nobody", "acme", "acme"] });
    expect(await ids("/tenants", some)).toEqual(["acme", "zeta"]);
    const { body } = await api("GET", "/tenants?limit=1", undefined, some);
    expect(body.items).toMatchObject([{ id: "acme" }]);
    expect(await ids(`/tenants?limit=5&cursor=${body.nextCursor}`, some)).toEqual(["zeta"]);
  });

  it.each(["sync-events", "sync-failures", "audit", "sign-ins", "events", "accounts"])(
    "C5: %s refuses a cursor that it never gave",
    async (listing) => {
      const { api } = await startTenants();
      const { nextCursor } = (await api("GET", "/tenants?limit=1")).body;
      for (const cursor of ["x", "acme", "audit:1", nextCursor]) {
        const { status, body } = await api("GET", `/tenants/acme/${listing}?cursor=${cursor}`);
        expect([status, body.error?.code]).toEqual([400, "invalid_request"]);
      }
    },
  );

  it("C5: the list of tenants refuses a cursor of another listing, for every credential", async () => {
    const { api } = await startTenants();
    await api("PATCH", "/tenants/acme", { name: "x" });
    const { nextCursor } = (await api("GET", "/tenants/acme/audit?limit=1")).body;
    for (const who of [EVERYTHING, holder({})]) {
      for (const cursor of ["acme", nextCursor]) {
        expect((await api("GET", `/tenants?cursor=${cursor}`, undefined, who)).status).toBe(400);
      }
    }
  });
});

describe("what the management API answers", () => {
  it("contract 5: the life of a tenant over HTTP, with the statuses that are promised", async () => {
    const { api } = startWorld();
    const status = async (...args: Parameters<typeof api>) => (await api(...args)).status;
    expect(await status("POST", "/tenants", { id: "acme" })).toBe(201);
    expect(await status("POST", "/tenants", { id: "acme" })).toBe(409);
    const { body: account } = await api("POST", "/tenants/acme/accounts", { userName: "olga", kind: "user" });
    const { body: group } = await api("POST", "/tenants/acme/groups", { name: "Writers", kind: "user" });
    const member = `/tenants/acme/groups/${group.id}/members/${account.id}`;
    expect([await status("PUT", member), await status("PUT", member)]).toEqual([204, 204]);
    expect((await api("GET", `/tenants/acme/accounts/${account.id}`)).body.groups).toMatchObject([{ id: group.id }]);
    expect([await status("DELETE", member), await status("DELETE", member)]).toEqual([204, 204]);
    expect(await status("PATCH", "/tenants/acme/connection", { scimEnabled: true })).toBe(409);
    expect(await status("PATCH", "/tenants/acme/connection", { scimEnabled: true, consent: true })).toBe(200);
    const { body: token } = await api("POST", "/tenants/acme/connection/tokens");
    expect(Object.keys(token).toSorted()).toEqual(["createdAt", "expiresAt", "id", "label", "lastUsedAt", "token"]);
    expect((await api("GET", "/tenants/acme/connection/tokens")).body.items[0]).not.toHaveProperty("token");
    expect(await status("DELETE", `/tenants/acme/connection/tokens/${token.id}`)).toBe(204);
    expect(await status("DELETE", `/tenants/acme/accounts/${account.id}`)).toBe(204);
    expect(await status("GET", `/tenants/acme/accounts/${account.id}`)).toBe(404);
  });

  it("contract 5: an error has code, message, hint and the request's id, which is the client's own if it is harmless", async () => {
    const { send, api } = await startTenants();
    const { body, headers } = await api("PATCH", "/tenants/acme/connection", { scimEnabled: true });
    expect(body).toEqual({
      error: {
        code: "consent_required",
        message: expect.any(String),
        hint: expect.stringContaining("consent: true"),
        requestId: headers.get("x-request-id"),
      },
    });
    const ask = async (id: string) =>
      (await send("/admin/v1/tenants", { headers: { "x-request-id": id } })).headers.get("x-request-id");
    expect(await ask("trace-1")).toBe("trace-1");
    for (const id of ["a b", "<b>", "a".repeat(129)]) expect(await ask(id)).not.toBe(id);
  });

  it("names every mistake of a body, and what was meant", async () => {
    const { api } = await startTenants();
    const { status, body } = await api("PATCH", "/tenants/acme/connection", { gruopSync: true, jit: "allow" });
    expect([status, body.error.code]).toEqual([400, "invalid_request"]);
    expect(body.error.message).toMatch(/jit: .*gruopSync: .*Did you mean "groupSync"\?/);
  });

  it("reads queries strictly", async () => {
    const { api } = await startTenants();
    for (const query of ["limit=0", "limit=x", "limit=1&limit=2", "kind=admin", "statsu=active", "cursor="]) {
      expect((await api("GET", `/tenants/acme/accounts?${query}`)).status).toBe(400);
    }
    expect((await api("GET", "/tenants/acme/accounts?limit=9999&kind=user&status=active&q=%25")).status).toBe(200);
    expect((await api("GET", "/tenants/acme/sync-failures?open=true")).status).toBe(200);
    expect((await api("GET", "/tenants/acme/sync-failures?open=maybe")).status).toBe(400);
  });

  it("tells a wrong method from a wrong address", async () => {
    const { api } = await startTenants();
    const { status, headers } = await api("PUT", "/tenants/acme", {});
    expect([status, headers.get("allow")]).toEqual([405, "GET, PATCH"]);
    for (const path of ["", "/", "/tenant", "/tenants/acme/", "/tenants/acme/role-rules/first", "/tenants/%zz"]) {
      expect((await api("GET", path)).status).toBe(404);
    }
  });

  it("hostile ids are ids", async () => {
    const { api } = await startTenants();
    for (const id of ["__proto__", "constructor", "..%2f..", "%00", "'--", "a".repeat(3000)]) {
      expect((await api("GET", `/tenants/${id}`)).status).toBe(404);
      expect((await api("GET", `/tenants/acme/accounts/${id}`)).status).toBe(404);
      expect((await api("PUT", `/tenants/acme/groups/${id}/members/${id}`)).status).toBe(404);
    }
  });

  it("is never kept by a cache", async () => {
    const { api } = await startTenants();
    for (const path of ["/tenants", "/nowhere"]) {
      const { headers } = await api("GET", path);
      expect([headers.get("cache-control"), headers.get("x-content-type-options")]).toEqual(["no-store", "nosniff"]);
    }
  });

  it("a fault of ours is 500 without details, which the log has", async () => {
    const logged: unknown[] = [];
    const world = startWorld({
      admin: {
        authorize: () => {
          throw new Error("password=hunter2");
        },
      },
      logger: { debug: () => {}, info: () => {}, warn: () => {}, error: (facts) => void logged.push(facts) },
    });
    const { status, body } = await world.send("/admin/v1/tenants");
    expect([status, body.error.code]).toEqual([500, "internal"]);
    expect(JSON.stringify(body)).not.toContain("hunter2");
    expect(logged).toMatchObject([{ requestId: body.error.requestId, error: "password=hunter2" }]);
  });

  it("40 requests of two tenants at once never mix", async () => {
    const world = await startTenants();
    for (const id of ["acme", "globex"]) await (await connect(world, id)).push({ userName: `someone@${id}` });
    const names = await Promise.all(
      Array.from({ length: 40 }, async (_, index) => {
        const id = index % 2 === 0 ? "acme" : "globex";
        const { body } = await world.api("GET", `/tenants/${id}/accounts`, undefined, holder({ tenants: [id] }));
        return body.items.map(({ userName }: { userName: string }) => userName === `someone@${id}`).join();
      }),
    );
    expect(new Set(names)).toEqual(new Set(["true"]));
  });
});
