import { describe, expect, it } from "vitest";
import { listAccounts } from "../../src/account/account-list.ts";
import { readAccount } from "../../src/account/account-view.ts";
import type { AccountFilter } from "../../src/admin/admin.ts";
import { effectiveConnection } from "../../src/connection/effective-connection.ts";
import { openWorld, type World } from "../harness.ts";

const DOCS = "acme-docs";

function list(world: World, filter: AccountFilter, tenant = "acme") {
  return world.tx(async (tx) =>
    listAccounts({ tx, context: world.context }, await effectiveConnection(tx, tenant), filter),
  );
}

async function walk(world: World, filter: AccountFilter, tenant?: string): Promise<readonly string[]> {
  const names: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await list(world, { ...filter, cursor }, tenant);
    expect(page.items.length).toBeLessThanOrEqual(filter.limit ?? 50);
    names.push(...page.items.map(({ userName }) => userName.split("@")[0] ?? ""));
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return names;
}

async function crowd(): Promise<World> {
  const world = await openWorld({ seatLimits: { user: 2 } });
  await world.addChild(DOCS);
  await world.create({ userName: "a@acme.test", team: true, name: "Anna" });
  await world.handMade({ userName: "own1", tenantId: DOCS, name: "Own" });
  await world.create({ userName: "b@acme.test", team: true, name: "Bert" });
  await world.create({ userName: "c@acme.test", team: true, name: "Cora" });
  await world.create({ userName: "d@acme.test", name: "Dora", email: "dora@elsewhere.test" });
  await world.handMade({ userName: "own2", tenantId: DOCS, name: "Own too", kind: "reader" });
  await world.create({ userName: "e@acme.test", active: false, name: "Emil" });
  return world;
}

describe("listAccounts", () => {
  it("pages in order of id, a child's own people among those of its parent", async () => {
    const world = await crowd();
    for (const limit of [1, 2, 3, 5, 7, 100]) {
      expect(await walk(world, { limit })).toEqual(["a", "b", "c", "d", "e"]);
      expect(await walk(world, { limit }, DOCS)).toEqual(["a", "own1", "b", "c", "d", "own2", "e"]);
    }
  });

  it("filters by kind, by status and by text, and by all of them", async () => {
    const world = await crowd();
    for (const limit of [1, 50]) {
      expect(await walk(world, { limit, kind: "reader" })).toEqual(["d", "e"]);
      expect(await walk(world, { limit, kind: "reader" }, DOCS)).toEqual(["d", "own2", "e"]);
      expect(await walk(world, { limit, status: "active" })).toEqual(["a", "b", "d"]);
      expect(await walk(world, { limit, status: "pending" })).toEqual(["c"]);
      expect(await walk(world, { limit, status: "pending" }, DOCS)).toEqual(["c"]);
      expect(await walk(world, { limit, status: "inactive" })).toEqual(["e"]);
      expect(await walk(world, { limit, q: "ELSEWHERE" })).toEqual(["d"]);
      expect(await walk(world, { limit, q: "o" }, DOCS)).toEqual(["own1", "c", "d", "own2"]);
      expect(await walk(world, { limit, kind: "user", status: "active", q: "b" })).toEqual(["b"]);
    }
  });

  it("bounds the page, whatever is asked for", async () => {
    const world = await openWorld();
    for (let number = 0; number < 60; number++) await world.create({ userName: `p${number}@acme.test` });
    expect((await list(world, {})).items).toHaveLength(50);
    expect((await list(world, { limit: 1_000_000 })).items).toHaveLength(60);
    expect(await list(world, { limit: 60 })).not.toHaveProperty("nextCursor");
  });

  it("an empty tenant has an empty page", async () => {
    expect(await list(await openWorld(), {})).toEqual({ items: [] });
  });
});

describe("readAccount", () => {
  it("knows nobody of another tenant", async () => {
    const world = await crowd();
    const own = await world.account("own1", DOCS);
    const read = (id: string, tenant: string) =>
      world.tx(async (tx) => readAccount({ tx, context: world.context }, await effectiveConnection(tx, tenant), id));
    expect(await read(own.id, "acme")).toBeNull();
    expect(await read(own.id, DOCS)).toEqual(own);
    expect(await read("__proto__", DOCS)).toBeNull();
    const hand = await world.handMade({ userName: "hand" });
    expect(await read(hand.id, DOCS)).toBeNull();
    expect(await read(hand.id, "acme")).toMatchObject({ managedBy: null, lockedFields: [] });
  });
});
