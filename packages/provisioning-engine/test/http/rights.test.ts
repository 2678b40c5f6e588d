import { describe, expect, it } from "vitest";
import type { Right } from "../../src/http/authorization.ts";
import { ROUTES } from "../../src/http/routes/index.ts";
import { connect, ENGINE_URL, startWorld, type World } from "../admin/harness.ts";

const RIGHTS: readonly Right[] = ["read", "operate", "configure", "tokens"];

/** What changes something, and the right that it takes. A new operation does not pass before it is entered here. */
const CHANGES: Readonly<Record<string, Right>> = {
  "POST /tenants": "configure",
  "PATCH /tenants/{tenant}": "configure",
  "PATCH /tenants/{tenant}/connection": "configure",
  "POST /tenants/{tenant}/connection/idp/preview": "configure",
  "POST /tenants/{tenant}/connection/archive": "configure",
  "POST /tenants/{tenant}/connection/restore": "configure",
  "PUT /tenants/{tenant}/role-rules": "configure",
  "POST /tenants/{tenant}/webhooks": "configure",
  "PATCH /tenants/{tenant}/webhooks/{webhook}": "configure",
  "DELETE /tenants/{tenant}/webhooks/{webhook}": "configure",
  "POST /tenants/{tenant}/webhooks/{webhook}/rotate-secret": "configure",
  "POST /tenants/{tenant}/connection/tokens": "tokens",
  "DELETE /tenants/{tenant}/connection/tokens/{token}": "tokens",
  "POST /tenants/{tenant}/connection/clients": "tokens",
  "DELETE /tenants/{tenant}/connection/clients/{client}": "tokens",
  "POST /tenants/{tenant}/accounts": "operate",
  "PATCH /tenants/{tenant}/accounts/{account}": "operate",
  "DELETE /tenants/{tenant}/accounts/{account}": "operate",
  "POST /tenants/{tenant}/accounts/{account}/invitation": "operate",
  "POST /tenants/{tenant}/accounts/{account}/link-approval": "operate",
  "POST /tenants/{tenant}/groups": "operate",
  "PATCH /tenants/{tenant}/groups/{group}": "operate",
  "DELETE /tenants/{tenant}/groups/{group}": "operate",
  "PUT /tenants/{tenant}/groups/{group}/members/{account}": "operate",
  "DELETE /tenants/{tenant}/groups/{group}/members/{account}": "operate",
  "POST /tenants/{tenant}/sync-failures/{failure}/retry": "operate",
  "POST /tenants/{tenant}/webhooks/{webhook}/test": "operate",
  "POST /tenants/{tenant}/webhooks/{webhook}/redeliver": "operate",
};

/** Answers a question in the form of a POST. */
const QUESTIONS: readonly string[] = ["POST /tenants/{tenant}/explain"];

const ALL = ROUTES.map(({ method, path, right }) => ({ name: `${method} ${path}`, method, path, right }));

async function start() {
  const world = startWorld();
  await world.admin.tenants.create({ id: "acme" });
  await connect(world, "acme");
  return world;
}

/** The right is asked for before anything is looked up: names that lead nowhere will do. */
const at = (path: string) => path.replace("{tenant}", "acme").replaceAll(/\{\w+\}/g, "any");

async function audited({ admin }: World): Promise<unknown> {
  return [(await admin.audit.list("acme")).items, (await admin.tenants.list()).items.map(({ id }) => id)];
}

describe("the rights of the management API", () => {
  it("I38, R72: what changes something takes a right to change it, and everything else the right to read", () => {
    const asked = Object.fromEntries(
      ALL.filter(({ right }) => right !== "read").map(({ name, right }) => [name, right]),
    );
    expect(asked).toEqual(CHANGES);
    const looks = ALL.filter(({ right }) => right === "read").map(({ name }) => name);
    expect(looks.filter((name) => !name.startsWith("GET "))).toEqual(QUESTIONS);
  });

  it.each(ALL)("I38: $name is refused to whoever has every other right, and does nothing", async (route) => {
    const world = await start();
    const before = await audited(world);
    const can = RIGHTS.filter((right) => right !== route.right);
    const holder = { actor: "rita", tenants: "all", can } as const;
    const { status, body } = await world.api(route.method, at(route.path), bodyOf(route.method), holder);
    expect([status, body.error]).toMatchObject([403, { code: "forbidden" }]);
    expect(body.error.message).toContain(`"${route.right}"`);
    expect(await audited(world)).toEqual(before);
  });

  it.each(ALL.filter(({ path }) => path.includes("{tenant}")))(
    "I38: $name is not there for whoever is good for another tenant only, as for one that does not exist",
    async ({ method, path }) => {
      const world = await start();
      const before = await audited(world);
      const stranger = { actor: "rita", tenants: ["globex"], can: "all" } as const;
      const { status, body } = await world.api(method, at(path), bodyOf(method), stranger);
      expect([status, body.error.code, body.error.message]).toEqual([404, "not_found", 'There is no tenant "acme".']);
      expect(await audited(world)).toEqual(before);
    },
  );

  it.each(ALL)("I38, I36: $name takes a credential of the host, and no SCIM token", async ({ method, path }) => {
    const world = await start();
    const { token } = await world.admin.tokens.create("acme");
    for (const headers of [{}, { authorization: `Bearer ${token}` }] as readonly Record<string, string>[]) {
      const request = new Request(`${ENGINE_URL}/admin/v1${at(path)}`, { method, headers });
      expect((await world.provisioning.fetch(request)).status).toBe(401);
    }
  });
});

function bodyOf(method: string): object | undefined {
  return method === "GET" ? undefined : {};
}
