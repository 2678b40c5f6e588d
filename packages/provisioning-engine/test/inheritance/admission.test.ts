import { describe, expect, it } from "vitest";
import { backfillChild, projectChange } from "../../src/inheritance/admission.ts";
import { BACKFILL } from "../../src/sync/consumer.ts";
import { membersOf, openWorld, replaceOf, TEAM, type World } from "../harness.ts";

const DOCS = "acme-docs";
const user = (name: string) => ({ userName: `${name}@acme.test`, team: true, name });

async function statuses(world: World, tenant = DOCS): Promise<Record<string, string>> {
  return Object.fromEntries((await world.accounts(tenant)).map(({ name, status }) => [name, status]));
}

describe("a child", () => {
  it("R102, I24, I25: shows people and groups of its parent under the same ids, with local state of its own", async () => {
    const world = await openWorld();
    await world.addChild(DOCS);
    const { id } = await world.create(user("mira"));
    await world.createGroup("Writers", id);
    const parent = await world.account("mira@acme.test");
    await world.overlay(parent.id, { role: "Owner", contentAccess: "parent", suspended: true });
    expect(await world.account("mira@acme.test", DOCS)).toEqual(parent);
    await world.overlay(parent.id, { role: "Viewer", contentRole: "Drafter" }, DOCS);
    expect(await world.account("mira@acme.test", DOCS)).toEqual({
      ...parent,
      role: "Viewer",
      roleSource: "local",
      contentRole: "Drafter",
      contentRoleSource: "local",
    });
    expect(await world.groups(DOCS)).toEqual(await world.groups());
  });

  it("does not show hand-made or break-glass accounts of its parent, nor its local memberships", async () => {
    const world = await openWorld();
    await world.addChild(DOCS);
    const { id } = await world.create(user("mira"));
    const group = await world.createGroup("Writers");
    const account = await world.account("mira@acme.test");
    const membership = { groupId: `${group.id}.user`, accountId: account.id, source: "local" } as const;
    await world.tx(({ localGroups }) => localGroups.addMember({ ...membership, tenantId: "acme" }));
    await world.handMade({ userName: "hand" });
    await world.handMade({ userName: "glass", breakGlass: true });
    expect((await world.accounts(DOCS)).map(({ userName }) => userName)).toEqual(["mira@acme.test"]);
    expect((await world.account("mira@acme.test", DOCS)).groups).toEqual([]);
    expect(id).toBeDefined();
  });

  it("R105: a deactivation is true in every child at once", async () => {
    const world = await openWorld();
    await world.addChild(DOCS, { user: 5 });
    await world.addChild("acme-help");
    const { id } = await world.create(user("mira"));
    await world.project();
    await world.patch(id, replaceOf("active", false));
    for (const tenant of [DOCS, "acme-help"]) expect(await statuses(world, tenant)).toEqual({ mira: "inactive" });
  });

  it("I32: lists nobody as waiting who was renamed and left in one write", async () => {
    const world = await openWorld();
    await world.addChild(DOCS, { user: 0 });
    const { id } = await world.create(user("mira"));
    await world.project();
    expect(await world.openCauses(DOCS)).toEqual(["seat_limit"]);
    await world.patch(id, replaceOf("userName", "mira.berg@acme.test"), replaceOf("active", false));
    await world.project();
    expect(await world.openCauses(DOCS)).toEqual([]);
  });

  it("has its own events, once each, and hears nothing of local choices at its parent", async () => {
    const world = await openWorld();
    await world.addChild(DOCS);
    const { id } = await world.create(user("mira"));
    await world.patch(id, replaceOf("displayName", "Mira Berg"));
    await world.patch(id, replaceOf("active", false));
    const group = await world.createGroup("Writers");
    await world.patchGroup(group.id, membersOf("add", id));
    const parent = await world.account("mira@acme.test");
    await world.act(async (unit) => {
      const data = { changes: [{ path: "role", from: null, to: "Owner" }] };
      await unit.emit({ tenantId: "acme", type: "account.updated", accountId: parent.id, data });
      await unit.emit({ tenantId: "acme", type: "account.signed_in", accountId: parent.id });
      const face = { id: `${group.id}.user`, name: "Writers" };
      await unit.emit({ tenantId: "acme", type: "group.members_added", groupId: face.id, data: { group: face } });
      await unit.emit({ tenantId: "acme", type: "group.created", groupId: "local", data: {} });
    });
    const hand = await world.handMade({ userName: "hand" });
    await world.act((unit) => unit.emit({ tenantId: "acme", type: "account.created", accountId: hand.id }));
    await world.project();
    await world.project();
    expect(await world.news(DOCS)).toEqual([
      "account.created",
      "account.updated",
      "account.deactivated",
      "group.created",
      "group.members_added",
    ]);
    expect((await world.events(DOCS))[1]).toMatchObject({
      tenantId: DOCS,
      accountId: parent.id,
      actor: { type: "job", id: "inheritance" },
      data: { changes: [{ path: "name", from: "mira", to: "Mira Berg" }] },
    });
  });

  it("a change that is local in part arrives without that part", async () => {
    const world = await openWorld();
    await world.addChild(DOCS);
    await world.create(user("mira"));
    const { id } = await world.account("mira@acme.test");
    const changes = ["name", "suspended"].map((path) => ({ path, from: 1, to: 2 }));
    await world.act((unit) =>
      unit.emit({ tenantId: "acme", type: "account.updated", accountId: id, data: { changes } }),
    );
    await world.project();
    expect((await world.events(DOCS)).at(-1)?.data).toEqual({ changes: [{ path: "name", from: 1, to: 2 }] });
  });

  it("sees somebody appear who was made by hand at the parent and is linked now", async () => {
    const world = await openWorld({ settings: { verifiedDomains: ["acme.test"] } });
    await world.addChild(DOCS);
    await world.project();
    await world.handMade({ userName: "hand", email: "hand@acme.test" });
    await world.create({ userName: "hand@acme.test", email: "hand@acme.test" });
    await world.project();
    expect(await world.news(DOCS)).toEqual(["account.created"]);
  });

  it("without a limit follows its parent's seats", async () => {
    const world = await openWorld({ seatLimits: { user: 1 } });
    await world.addChild(DOCS);
    await world.create(user("a"));
    await world.create(user("b"));
    await world.project();
    expect(await statuses(world)).toEqual({ a: "active", b: "pending" });
    await world.limit({ user: 2 });
    await world.project();
    expect(await statuses(world)).toEqual({ a: "active", b: "active" });
    expect(await world.news(DOCS)).toEqual(["account.created", "account.created", "account.admitted"]);
    expect(await world.failures(DOCS)).toEqual([]);
  });

  it("R40: forgets what it added to a group that is deleted at the parent", async () => {
    const world = await openWorld();
    await world.addChild(DOCS);
    await world.create(user("mira"));
    const { id: accountId } = await world.account("mira@acme.test");
    const group = await world.createGroup("Writers");
    const membership = { tenantId: DOCS, groupId: `${group.id}.user`, accountId, source: "local" } as const;
    await world.tx(({ localGroups }) => localGroups.addMember(membership));
    expect((await world.account("mira@acme.test", DOCS)).groups).toHaveLength(1);
    await world.backend.delete(world.context.groupType, group.id, undefined, { requestId: "r" });
    expect((await world.account("mira@acme.test", DOCS)).groups).toEqual([]);
    await world.project();
    expect(await world.tx(({ localGroups }) => localGroups.membersOf(DOCS, membership.groupId))).toEqual([]);
  });
});

describe("a child with a limit", () => {
  it("R115, I29: keeps people waiting, lists them itself, and never fails the parent", async () => {
    const world = await openWorld();
    await world.addChild(DOCS, { user: 1 });
    await world.project();
    await world.create(user("a"));
    await world.create(user("b"));
    await world.project();
    expect(await statuses(world)).toEqual({ a: "active", b: "pending" });
    expect(await statuses(world, "acme")).toEqual({ a: "active", b: "active" });
    expect(await world.failures()).toEqual([]);
    expect(await world.failures(DOCS)).toMatchObject([
      { cause: "seat_limit", operation: "inherit", subject: { key: "b@acme.test" }, resolvedAt: null },
    ]);
    expect(await world.news(DOCS)).toEqual(["account.created", "account.created", "sync.failed"]);
  });

  it("admits in order when a seat frees at the parent, or the limit grows", async () => {
    const world = await openWorld();
    await world.addChild(DOCS, { user: 1 });
    const a = await world.create(user("a"));
    await world.create(user("b"));
    await world.create(user("c"));
    await world.project();
    await world.news(DOCS);
    await world.patch(a.id, replaceOf("active", false));
    await world.project();
    expect(await statuses(world)).toEqual({ a: "inactive", b: "active", c: "pending" });
    expect(await world.news(DOCS)).toEqual(["account.deactivated", "account.admitted"]);
    await world.limit({ user: 2 }, DOCS);
    expect(await statuses(world)).toEqual({ a: "inactive", b: "active", c: "active" });
    expect(await world.openCauses(DOCS)).toEqual([]);
  });

  it("seats nobody who is not admitted at the parent yet", async () => {
    const world = await openWorld({ seatLimits: { user: 1 } });
    await world.addChild(DOCS, { user: 5 });
    await world.create(user("a"));
    await world.create(user("b"));
    await world.project();
    expect(await statuses(world)).toEqual({ a: "active", b: "pending" });
    expect((await world.tx((tx) => tx.seats.count(DOCS))).user).toEqual({ held: 1, waiting: 0 });
    await world.limit({ user: 2 });
    await world.project();
    expect(await statuses(world)).toEqual({ a: "active", b: "active" });
    expect(await world.news(DOCS)).toEqual(["account.created", "account.created", "account.admitted"]);
  });

  it("tells of an admission at the parent only when it is one here", async () => {
    const world = await openWorld({ seatLimits: { user: 0 } });
    await world.addChild(DOCS, { user: 0 });
    await world.project();
    await world.create(user("a"));
    await world.limit({ user: 1 });
    await world.project();
    expect(await world.news(DOCS)).toEqual(["account.created", "sync.failed"]);
    await world.limit({ user: 1 }, DOCS);
    expect(await world.news(DOCS)).toEqual(["account.admitted"]);
  });

  it("moves the seat with the kind, and the failure with the name", async () => {
    const world = await openWorld();
    await world.addChild(DOCS, { user: 0, reader: 1 });
    const { id } = await world.create({ ...user("a"), team: false });
    await world.project();
    expect(await statuses(world)).toEqual({ a: "active" });
    await world.patch(id, replaceOf(`${TEAM}:isTeamAccount`, true));
    await world.project();
    expect(await statuses(world)).toEqual({ a: "pending" });
    await world.patch(id, replaceOf("userName", "z@acme.test"));
    await world.project();
    const open = (await world.failures(DOCS)).filter(({ resolvedAt }) => resolvedAt === null);
    expect(open.map(({ subject }) => subject.key)).toEqual(["z@acme.test"]);
    const { user: users, reader } = await world.tx((tx) => tx.seats.count(DOCS));
    expect([users, reader]).toEqual([
      { held: 0, waiting: 1 },
      { held: 0, waiting: 0 },
    ]);
  });

  it("R110, I30: linked later, is filled in order of id; twice is once", async () => {
    const world = await openWorld();
    for (const name of ["a", "b", "c"]) await world.create(user(name));
    await world.create({ ...user("off"), active: false });
    await world.addChild(DOCS, { user: 2 });
    await world.project();
    expect(await statuses(world)).toEqual({ a: "active", b: "active", c: "pending", off: "inactive" });
    expect((await world.news(DOCS)).filter((type) => type === "account.created")).toHaveLength(4);
    const [seats, failures] = [await seatsOf(world), await world.failures(DOCS)];
    await world.act((unit, child) => backfillChild(unit, child, BACKFILL, 100), DOCS);
    expect([await seatsOf(world), await world.failures(DOCS)]).toEqual([seats, failures]);
  });

  it("hears once of each person, whichever came first within one millisecond", async () => {
    const world = await openWorld();
    await world.create(user("before"));
    await world.addChild(DOCS);
    await world.create(user("after"));
    await world.project();
    expect(await world.news(DOCS)).toEqual(["account.created", "account.created"]);
  });

  it("R109: is filled page by page", async () => {
    const world = await openWorld();
    for (const name of ["a", "b", "c"]) await world.create(user(name));
    await world.addChild(DOCS, { user: 9 });
    const pages: unknown[] = [];
    for (let position: string | undefined = BACKFILL; position !== undefined; pages.push(position)) {
      const from: string = position;
      position = await world.act((unit, child) => backfillChild(unit, child, from, 2), DOCS);
    }
    expect(pages).toEqual([(await world.account("b@acme.test")).id, undefined]);
    expect((await world.events(DOCS)).map(({ type }) => type)).toEqual(
      Array.from({ length: 3 }, () => "account.created"),
    );
  });

  it("I28: repeating a change that had its effect leaves the seats as they are", async () => {
    const world = await openWorld();
    await world.addChild(DOCS, { user: 1 });
    await world.create(user("a"));
    await world.create(user("b"));
    await world.project();
    const before = [await seatsOf(world), await world.failures(DOCS)];
    for (const change of await world.events())
      await world.act((unit, child) => projectChange(unit, child, change), DOCS);
    expect([await seatsOf(world), await world.failures(DOCS)]).toEqual(before);
  });
});

describe("limits of a child that change", () => {
  it("the first one seats its people in order; without one nobody waits and no rows are left", async () => {
    const world = await openWorld();
    await world.addChild(DOCS);
    for (const name of ["a", "b", "c"]) await world.create(user(name));
    await world.project();
    const own = await world.handMade({ userName: "own", tenantId: DOCS, name: "own" });
    await world.limit({ user: 3 }, DOCS);
    expect(await statuses(world)).toEqual({ own: "active", a: "active", b: "active", c: "pending" });
    await world.limit({ user: null }, DOCS);
    expect(await statuses(world)).toEqual({ own: "active", a: "active", b: "active", c: "active" });
    expect(await world.openCauses(DOCS)).toEqual([]);
    const rows = await seatsOf(world);
    expect(rows.map(({ accountId }) => accountId)).toEqual([own.id]);
  });

  it("a lower one takes nobody's seat", async () => {
    const world = await openWorld();
    await world.addChild(DOCS, { user: 2 });
    for (const name of ["a", "b"]) await world.create(user(name));
    await world.project();
    await world.limit({ user: 1 }, DOCS);
    expect(await statuses(world)).toEqual({ a: "active", b: "active" });
  });
});

async function seatsOf(world: World, tenant = DOCS) {
  const ids = (await world.accounts(tenant)).map(({ id }) => id);
  return world.tx(({ seats }) => seats.getMany(tenant, ids));
}

it.each([
  [true, ["account.deleted"]],
  [false, []],
])("of an account that its parent deletes (managed: %s) a child hears %j", async (managed, heard) => {
  const world = await openWorld();
  await world.addChild(DOCS);
  await world.create(user("mira"));
  await world.project();
  await world.news(DOCS);
  const { id } = await world.account("mira@acme.test");
  await world.act(async (unit) => {
    await unit.tx.accounts.delete("acme", id);
    await unit.emit({ tenantId: "acme", type: "account.deleted", accountId: id, data: { managed } });
  });
  await world.project();
  const deletions = (await world.events(DOCS)).filter(({ type }) => type === "account.deleted");
  expect(deletions.map(({ type }) => type)).toEqual(heard);
});
