import { type ScimError, selectAttributes } from "@muster/scim-core";
import { describe, expect, it } from "vitest";
import { createScimBackend } from "../../src/directory/scim-backend.ts";
import { memoryStore } from "../../src/storage/memory/index.ts";
import { countingStore } from "../counting-store.ts";
import { membersOf, openWorld, patchOf, refusedWith, replaceOf, TEAM, type World } from "../harness.ts";

const MIRA = { userName: "mira@acme.test", externalId: "ext-1", name: "Mira", team: true } as const;
const request = { requestId: "request-1" };

describe("writes", () => {
  it("J40: creation echoes what was sent, and reading gives the same", async () => {
    const world = await openWorld();
    const created = await world.create(MIRA);
    expect(created).toMatchObject({
      attributes: {
        userName: MIRA.userName,
        externalId: "ext-1",
        displayName: "Mira",
        [TEAM]: { isTeamAccount: true },
      },
      created: "2026-03-01T12:00:00.000Z",
      lastModified: "2026-03-01T12:00:00.000Z",
      version: "1",
    });
    expect(await world.get(created.id)).toEqual(created);
  });

  it("A18: PUT clears what it leaves out, and keeps what is read-only", async () => {
    const world = await openWorld();
    const { id } = await world.create({ ...MIRA, title: "Writer" });
    const group = await world.createGroup("G", id);
    const replaced = await world.replace(id, { userName: MIRA.userName });
    expect(replaced.attributes).toEqual({
      userName: MIRA.userName,
      groups: [{ value: group.id, display: "G", type: "direct" }],
    });
  });

  it("D27, I34: the same again changes no version, event or audit entry", async () => {
    const world = await openWorld();
    const created = await world.create(MIRA);
    const [audit, events] = [await world.audit(), await world.events()];
    world.time.now = new Date("2027-01-01T00:00:00.000Z");
    await world.patch(created.id, replaceOf("displayName", "Mira"), replaceOf(`${TEAM}:isTeamAccount`, "True"));
    await world.replace(created.id, MIRA);
    expect(await world.get(created.id)).toEqual(created);
    expect(await world.audit()).toEqual(audit);
    expect(await world.events()).toEqual(events);
    expect((await world.syncEvents()).slice(0, 2).map(({ outcome }) => outcome)).toEqual(["unchanged", "unchanged"]);
  });

  it("D24, I35: a patch that fails half-way leaves nothing behind", async () => {
    const world = await openWorld();
    const created = await world.create(MIRA);
    await refusedWith(
      "mutability",
      world.patch(created.id, replaceOf("title", "x"), { op: "remove", path: "userName" }),
    );
    expect(await world.get(created.id)).toEqual(created);
  });

  it("R62, I39: every change of state has its audit entry, with the connection as actor", async () => {
    const world = await openWorld();
    const { id } = await world.create({ ...MIRA, team: false });
    await world.patch(id, replaceOf(`${TEAM}:isTeamAccount`, true));
    await world.patch(id, replaceOf("active", false));
    const group = await world.createGroup("G");
    await world.patchGroup(group.id, membersOf("add", id));
    await world.remove(id);
    const audit = (await world.audit()).toReversed();
    expect(audit.map(({ action }) => action)).toEqual([
      "account.created",
      "account.kind_changed",
      "account.deactivated",
      "group.created",
      "group.members_changed",
      "directory_user.deleted",
    ]);
    for (const { actor, requestId } of audit) {
      expect(actor).toEqual({ type: "connection", id: "connection-acme" });
      expect(requestId).toBe("request-1");
    }
    expect(audit[1]).toMatchObject({
      before: { kind: "reader", role: null },
      after: { kind: "user", role: "Contributor" },
    });
  });

  it("R5, I36: are refused once SCIM is off, and are nobody's failure", async () => {
    const world = await openWorld();
    const { id } = await world.create(MIRA);
    await world.configure({ scimEnabled: false });
    await refusedWith("unauthorized", world.create({ userName: "x@acme.test" }));
    await refusedWith("unauthorized", world.remove(id));
    expect(await world.failures()).toEqual([]);
    expect(await world.account(MIRA.userName)).toMatchObject({ lockedFields: [], status: "active" });
  });

  it("answers 501 for a resource type that nobody provisions", async () => {
    const world = await openWorld();
    const type = { ...world.context.userType, name: "Device" };
    await refusedWith("notImplemented", world.backend.create(type, { userName: "x" }, request));
  });
});

describe("If-Match", () => {
  it.each([["replace"], ["patch"], ["delete"]] as const)(
    "E02, E03, E04: %s under a stale version is refused",
    async (verb) => {
      const world = await openWorld();
      const { id, version } = await world.create(MIRA);
      await world.patch(id, replaceOf("title", "x"));
      const { backend } = world;
      const { userType } = world.context;
      const write = (precondition: { ifMatch: readonly string[] | "*" }) => {
        if (verb === "delete") return backend.delete(userType, id, precondition, request);
        if (verb === "patch")
          return backend.patch(
            userType,
            id,
            patchOf(userType, replaceOf("title", "y")),
            precondition,
            undefined,
            request,
          );
        return backend.replace(userType, id, { userName: MIRA.userName }, precondition, request);
      };
      await refusedWith("preconditionFailed", write({ ifMatch: [version] }));
      expect((await world.get(id)).attributes.title).toBe("x");
      await write({ ifMatch: ["7", "2"] });
    },
  );

  it("J18: a star accepts any existing resource and no other", async () => {
    const world = await openWorld();
    const { id } = await world.create(MIRA);
    await world.replace(id, { ...MIRA, title: "y" }, { ifMatch: "*" });
    await refusedWith("notFound", world.replace("ghost", MIRA, { ifMatch: "*" }));
  });

  it("groups have versions too", async () => {
    const world = await openWorld();
    const { id } = await world.createGroup("G");
    const { groupType } = world.context;
    await refusedWith("preconditionFailed", world.backend.delete(groupType, id, { ifMatch: ["9"] }, request));
    await world.backend.delete(groupType, id, { ifMatch: ["1"] }, request);
  });
});

describe("queries", () => {
  async function crowd(): Promise<World> {
    const world = await openWorld();
    for (let number = 0; number < 12; number++) {
      const userName = `p${String(number).padStart(2, "0")}@acme.test`;
      const email = number % 2 === 0 ? { email: `Shared@acme.test` } : {};
      await world.create({ userName, title: number < 3 ? "Boss" : "Writer", active: number !== 5, ...email });
    }
    return world;
  }
  const names = (result: { readonly resources: readonly { readonly attributes: object }[] }) =>
    result.resources.map(({ attributes }) => String((attributes as { userName: string }).userName).slice(0, 3));

  it("R58: list everybody who is not deleted, the inactive too, in pages that are disjoint", async () => {
    const world = await crowd();
    const pages = [];
    for (const startIndex of [1, 6, 11]) pages.push(await world.search("User", undefined, { startIndex, count: 5 }));
    expect(pages.map(({ totalResults }) => totalResults)).toEqual([12, 12, 12]);
    expect(new Set(pages.flatMap(names)).size).toBe(12);
    expect(names(pages[2] as never)).toEqual(["p10", "p11"]);
  });

  it("C02, C07: give the total alone for count 0, and an empty page past the end", async () => {
    const world = await crowd();
    const pushed = 'emails.value eq "shared@acme.test"';
    for (const filter of [undefined, pushed, 'title eq "writer"']) {
      const total = filter === undefined ? 12 : filter === pushed ? 6 : 9;
      expect(await world.search("User", filter, { count: 0 })).toEqual({ totalResults: total, resources: [] });
      expect(await world.search("User", filter, { startIndex: 99 })).toEqual({ totalResults: total, resources: [] });
    }
  });

  it("B01, B04, B24: answer equalities and combinations of them", async () => {
    const world = await crowd();
    expect(names(await world.search("User", 'userName eq "P03@ACME.TEST"'))).toEqual(["p03"]);
    expect(
      names(await world.search("User", 'emails[type eq "work"].value eq "shared@acme.test" and title eq "boss"')),
    ).toEqual(["p00", "p02"]);
    expect(names(await world.search("User", 'emails[type eq "home"].value eq "shared@acme.test"'))).toEqual([]);
    expect(names(await world.search("User", 'userName eq "p03@acme.test" and active eq false'))).toEqual([]);
    expect(names(await world.search("User", 'userName eq "p03@acme.test" or userName eq "p05@acme.test"'))).toEqual([
      "p03",
      "p05",
    ]);
    expect(names(await world.search("User", 'userName eq "p03@acme.test" and userName eq "p05@acme.test"'))).toEqual(
      [],
    );
    expect(names(await world.search("User", 'not (title eq "Writer")'))).toEqual(["p00", "p01", "p02"]);
    expect(names(await world.search("User", "active eq false"))).toEqual(["p05"]);
  });

  it("look at what no store indexes: displayName of users, groups of users, members of groups", async () => {
    const world = await openWorld();
    const { id } = await world.create(MIRA);
    const other = await world.create({ userName: "other@acme.test", name: "Other" });
    const group = await world.createGroup("Writers", id);
    await world.createGroup("Others", other.id);
    expect(names(await world.search("User", 'displayName eq "mira"'))).toEqual(["mir"]);
    expect(names(await world.search("User", `groups.value eq "${group.id}"`))).toEqual(["mir"]);
    const found = await world.search("Group", `id eq "${group.id}" and members[value eq "${id}"]`);
    expect(found.resources.map((resource) => resource.id)).toEqual([group.id]);
    expect((await world.search("Group", `id eq "${group.id}" and members eq "${other.id}"`)).totalResults).toBe(0);
    expect((await world.search("Group", 'displayName eq "WRITERS"')).totalResults).toBe(1);
  });

  it("C09, C10: sort over all pages", async () => {
    const world = await crowd();
    const sort = { by: "userName", descending: true } as const;
    const page = await world.search("User", undefined, { sort, startIndex: 2, count: 3 });
    expect([page.totalResults, names(page)]).toEqual([12, ["p10", "p09", "p08"]]);
    const filtered = await world.search("User", 'title eq "Boss"', { sort });
    expect(names(filtered)).toEqual(["p02", "p01", "p00"]);
  });

  it("go through more candidates than one look at the store gives", async () => {
    const world = await openWorld();
    for (let number = 0; number < 1001; number++) {
      await world.create({ userName: `p${number}@acme.test`, title: number % 500 === 0 ? "Boss" : "Writer" });
    }
    const found = await world.search("User", 'title eq "Boss"', { count: 2 });
    expect([found.totalResults, names(found)]).toEqual([3, ["p0@", "p50"]]);
  });

  it("J02, I36: find and touch nothing of another connection", async () => {
    const world = await openWorld();
    const { id } = await world.create(MIRA);
    await world.addChild("acme-docs");
    const elsewhere = { tenantId: "acme", connectionId: "connection-acme-docs", credentialId: "x" };
    const other = createScimBackend(world.context, elsewhere);
    const { userType } = world.context;
    const selection = selectAttributes({}, userType);
    await refusedWith("notFound", other.get(userType, id, selection, request));
    expect(
      (await other.query(userType, { startIndex: 1, count: 9, scannedResources: 9, selection }, request)).totalResults,
    ).toBe(0);
  });
});

describe("races", () => {
  it("I02: parallel additions to one group all survive", async () => {
    const world = await openWorld();
    const ids: string[] = [];
    for (let number = 0; number < 8; number++) ids.push((await world.create({ userName: `p${number}@acme.test` })).id);
    const { id } = await world.createGroup("G");
    await Promise.all(ids.map((member) => world.patchGroup(id, membersOf("add", member))));
    const group = await world.getGroup(id);
    expect(group.attributes.members).toHaveLength(8);
    expect(group.version).toBe("9");
  });

  it("A10: of parallel creations of one user name exactly one wins, and the rest are told why", async () => {
    const world = await openWorld();
    const tries = Array.from({ length: 10 }, (_, index) => world.create({ ...MIRA, externalId: String(index) }));
    const results = await Promise.allSettled(tries);
    const lost = results.flatMap((result) => (result.status === "rejected" ? [result.reason as ScimError] : []));
    expect(lost.map(({ code }) => code)).toEqual(Array.from({ length: 9 }, () => "uniqueness"));
    expect(await world.accounts()).toHaveLength(1);
    expect(await world.failures()).toMatchObject([{ cause: "duplicate", attempts: 9 }]);
  });

  it("J17: a write that lost a race is run again from the start, once", async () => {
    const base = memoryStore();
    const lost = { count: 0 };
    const world = await openWorld({ store: losingStore(base, lost) });
    const { id } = await world.create(MIRA);
    lost.count = 1;
    await world.patch(id, replaceOf("title", "x"));
    expect((await world.get(id)).attributes.title).toBe("x");
    lost.count = 2;
    await refusedWith("conflict", world.patch(id, replaceOf("title", "y")));
    expect((await world.get(id)).attributes.title).toBe("x");
    expect(await world.openCauses()).toEqual(["conflict"]);
  });
});

describe("cost", () => {
  it("D51: one member more costs the same in a group of two and of a thousand", async () => {
    const { store, calls } = countingStore(memoryStore());
    const world = await openWorld({ store });
    const ids: string[] = [];
    for (let number = 0; number < 1003; number++)
      ids.push((await world.create({ userName: `p${number}@acme.test` })).id);
    const small = await world.createGroup("Small", ...ids.slice(0, 2));
    const large = await world.createGroup("Large", ...ids.slice(0, 1000));
    const costs: number[] = [];
    for (const { id } of [small, large]) {
      calls.length = 0;
      await world.patchGroup(id, membersOf("add", ids[1001] ?? ""), membersOf("remove", ids[0] ?? ""));
      costs.push(calls.length);
      expect(calls.filter((call) => call === "members.page")).toHaveLength(1);
      expect(calls).not.toContain("members.effective");
      expect(calls).not.toContain("accounts.find");
    }
    expect(costs[0]).toBe(costs[1]);
  });

  it("J08: a patched group tells its members while they are few, and none of them beyond", async () => {
    const world = await openWorld();
    const ids: string[] = [];
    for (let number = 0; number < 101; number++)
      ids.push((await world.create({ userName: `p${number}@acme.test` })).id);
    const { id } = await world.createGroup("Writers", ...ids.slice(0, 99));
    const few = await world.patchGroup(id, membersOf("add", ids[99] ?? ""));
    expect(few).not.toHaveProperty("brief");
    expect(few.attributes.members).toHaveLength(100);
    const many = await world.patchGroup(id, membersOf("add", ids[100] ?? ""));
    expect(many).toMatchObject({ brief: true, attributes: { displayName: "Writers" } });
    expect(many.attributes).not.toHaveProperty("members");
  });

  it("a new person costs a dozen calls of the store at most", async () => {
    const { store, calls } = countingStore(memoryStore());
    const world = await openWorld({ store });
    calls.length = 0;
    await world.create({ ...MIRA, email: "mira@acme.test" });
    expect(calls.length).toBeLessThanOrEqual(12);
  });

  it("groups are listed without their members when nobody asks for them", async () => {
    const { store, calls } = countingStore(memoryStore());
    const world = await openWorld({ store });
    const { id } = await world.create(MIRA);
    await world.createGroup("G", id);
    calls.length = 0;
    const selection = selectAttributes({ excludedAttributes: "members" }, world.context.groupType);
    const { resources } = await world.search("Group", 'displayName eq "g"', { selection });
    expect(resources[0]?.attributes).toEqual({ displayName: "G" });
    expect(calls).toEqual(["groups.count", "groups.find"]);
  });
});

/** Pretends that somebody else was faster, as often as told. */
function losingStore(base: ReturnType<typeof memoryStore>, lost: { count: number }): ReturnType<typeof memoryStore> {
  return {
    ...base,
    transaction: (scope, work) =>
      base.transaction(scope, (tx) =>
        work({
          ...tx,
          users: {
            ...tx.users,
            update: async (user) => (lost.count-- > 0 ? { ok: false, conflict: "version" } : tx.users.update(user)),
          },
        }),
      ),
  };
}
