import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openWorld, refusedWith, replaceOf, TEAM, type World } from "../harness.ts";

const user = (name: string) => ({ userName: `${name}@acme.test`, team: true });

async function statuses(world: World, tenant?: string): Promise<Record<string, string>> {
  return Object.fromEntries(
    (await world.accounts(tenant)).map(({ userName, status }) => [userName.split("@")[0], status]),
  );
}

describe("a full tenant with a waiting list", () => {
  it("R65: accepts a person as pending, with one open failure that says what to do", async () => {
    const world = await openWorld({ seatLimits: { user: 1 } });
    await world.create(user("a"));
    const b = await world.create(user("b"));
    expect(await statuses(world)).toEqual({ a: "active", b: "pending" });
    const [failure] = await world.failures();
    expect(failure).toMatchObject({
      cause: "seat_limit",
      operation: "create",
      subject: { type: "User", key: "b@acme.test", label: "b@acme.test", id: b.id },
      message: "b@acme.test waits for a user seat. The limit of user seats (1) is reached: raise it, or free a seat.",
      resolvedAt: null,
      retry: null,
    });
    expect(await world.news()).toEqual(["account.created", "account.created", "sync.failed"]);
  });

  it("admits in order when seats free, whatever frees them, and closes the failures", async () => {
    const world = await openWorld({ seatLimits: { user: 1 } });
    const a = await world.create(user("a"));
    world.time.now = new Date("2026-03-01T12:00:01.000Z");
    await world.create(user("b"));
    world.time.now = new Date("2026-03-01T12:00:02.000Z");
    const c = await world.create(user("c"));
    await world.news();

    await world.patch(a.id, replaceOf("active", false));
    expect(await statuses(world)).toEqual({ a: "inactive", b: "active", c: "pending" });
    expect(await world.news()).toEqual(["account.deactivated", "account.admitted"]);
    await world.limit({ user: 2 });
    expect(await statuses(world)).toEqual({ a: "inactive", b: "active", c: "active" });
    expect(await world.openCauses()).toEqual([]);
    expect((await world.failures()).map(({ resolvedAt }) => typeof resolvedAt)).toEqual(["string", "string"]);
    expect((await world.audit())[0]).toMatchObject({ action: "account.admitted", after: { status: "active" } });

    await world.patch(a.id, replaceOf("active", true));
    expect((await statuses(world)).a).toBe("pending");
    await world.remove(c.id);
    expect(await statuses(world)).toEqual({ a: "active", b: "active", c: "inactive" });
  });

  it("keeps the failure of somebody who waits through other changes, under the new name", async () => {
    const world = await openWorld({ seatLimits: { user: 0 } });
    const { id } = await world.create(user("a"));
    await world.patch(id, replaceOf("title", "x"));
    expect(await world.openCauses()).toEqual(["seat_limit"]);
    await world.patch(id, replaceOf("userName", "b@acme.test"));
    const open = (await world.failures()).filter(({ resolvedAt }) => resolvedAt === null);
    expect(open.map(({ subject, cause }) => [subject.key, cause])).toEqual([["b@acme.test", "seat_limit"]]);
    await world.patch(id, replaceOf("active", false));
    expect(await world.openCauses()).toEqual([]);
  });

  it("R23: a change of kind gives the old seat to whoever waits for it", async () => {
    const world = await openWorld({ seatLimits: { user: 1, reader: 1 } });
    const a = await world.create({ userName: "a@acme.test" });
    await world.create({ userName: "b@acme.test" });
    await world.patch(a.id, replaceOf(`${TEAM}:isTeamAccount`, true));
    expect(await statuses(world)).toEqual({ a: "active", b: "active" });
  });

  it("lowering a limit takes nobody's seat", async () => {
    const world = await openWorld();
    await world.create(user("a"));
    await world.create(user("b"));
    await world.limit({ user: 1 });
    expect(await statuses(world)).toEqual({ a: "active", b: "active" });
  });
});

describe("a full tenant that rejects", () => {
  const REJECT = { seatLimits: { user: 1 }, settings: { onSeatLimit: "reject" } } as const;

  it("R70, J07: answers a creation 403 without scimType, saves nothing, and lists it with what was sent", async () => {
    const world = await openWorld(REJECT);
    await world.create(user("a"));
    const error = await refusedWith("forbidden", world.create(user("b")));
    expect([error.status, error.scimType]).toEqual([403, undefined]);
    expect(error.message).toContain("The limit of user seats (1) is reached: raise it");
    expect(await statuses(world)).toEqual({ a: "active" });
    const [failure] = await world.failures();
    expect(failure).toMatchObject({
      cause: "seat_limit",
      message: error.message,
      retry: { resourceType: "User", attributes: { userName: "b@acme.test", [TEAM]: { isTeamAccount: true } } },
    });
  });

  it("J07: refuses reactivation and promotion, and the success of a later try closes the failure", async () => {
    const world = await openWorld(REJECT);
    const a = await world.create({ ...user("a"), active: false });
    const b = await world.create(user("b"));
    await refusedWith("forbidden", world.patch(a.id, replaceOf("active", true)));
    const c = await world.create({ userName: "c@acme.test" });
    await refusedWith("forbidden", world.patch(c.id, replaceOf(`${TEAM}:isTeamAccount`, true)));
    expect((await world.account("c@acme.test")).kind).toBe("reader");
    expect(await world.openCauses()).toEqual(["seat_limit", "seat_limit"]);
    await world.remove(b.id);
    await world.patch(a.id, replaceOf("active", true));
    expect(await statuses(world)).toEqual({ a: "active", b: "inactive", c: "active" });
    expect(await world.openCauses()).toEqual(["seat_limit"]);
  });

  it("J07, I14: of two parallel creations for one seat, one wins", async () => {
    const world = await openWorld(REJECT);
    const results = await Promise.allSettled([world.create(user("a")), world.create(user("b"))]);
    expect(results.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  });
});

describe("I13, I14, I15", () => {
  it("whatever happens, held seats are the active people, and never more than the limit", async () => {
    const names = ["a", "b", "c", "d"];
    const step = fc.record({
      name: fc.constantFrom(...names),
      action: fc.constantFrom("create", "user", "reader", "off", "on", "delete", "limit1", "limit3"),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), fc.boolean(), async (steps, reject) => {
        const settings = { onSeatLimit: reject ? "reject" : "waitlist" } as const;
        const world = await openWorld({ seatLimits: { user: 2, reader: 2 }, settings });
        let highest = 2;
        for (const { name, action } of steps) {
          if (action === "limit3") highest = 3;
          await act(world, name, action);
          await verifySeats(world, highest);
        }
      }),
      { seed: 11, numRuns: 60 },
    );
  });
});

async function act(world: World, name: string, action: string): Promise<void> {
  const userName = `${name}@acme.test`;
  const found = (await world.search("User", `userName eq "${userName}"`)).resources[0];
  const run = async () => {
    if (action === "create") return world.create({ userName, team: name < "c" });
    if (action === "limit1" || action === "limit3") return world.limit({ user: Number(action.at(-1)) });
    if (found === undefined) return undefined;
    if (action === "delete") return world.remove(found.id);
    if (action === "on" || action === "off") return world.patch(found.id, replaceOf("active", action === "on"));
    return world.patch(found.id, replaceOf(`${TEAM}:isTeamAccount`, action === "user"));
  };
  await run().catch((error: { readonly status?: number }) => expect([403, 409]).toContain(error.status));
}

async function verifySeats(world: World, highest: number): Promise<void> {
  const counts = await world.tx((tx) => tx.seats.count("acme"));
  const accounts = await world.accounts();
  for (const kind of ["user", "reader"] as const) {
    const ofKind = accounts.filter((account) => account.kind === kind);
    expect(counts[kind].held).toBe(ofKind.filter(({ status }) => status === "active").length);
    expect(counts[kind].waiting).toBe(ofKind.filter(({ status }) => status === "pending").length);
    expect(counts[kind].held).toBeLessThanOrEqual(highest);
  }
}
