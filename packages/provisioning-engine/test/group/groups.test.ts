import { describe, expect, it } from "vitest";
import { membersOf, openWorld, refusedWith, replaceOf, TEAM, type World } from "../harness.ts";

async function people(world: World, count: number, team = false): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let number = 0; number < count; number++) {
    const { id } = await world.create({ userName: `${team ? "u" : "r"}${number}@acme.test`, team });
    ids.push(id);
  }
  return ids;
}

async function memberIds(world: World, groupId: string): Promise<readonly unknown[]> {
  const { members = [] } = (await world.getGroup(groupId)).attributes;
  return (members as readonly { readonly value: string }[]).map(({ value }) => value);
}

describe("a pushed group", () => {
  it("R7, R34, R36: may come empty, with some members, or before them", async () => {
    const world = await openWorld();
    const [a = "", b = ""] = await people(world, 2);
    const empty = await world.createGroup("Empty");
    const some = await world.createGroup("Some", a);
    await world.patchGroup(empty.id, membersOf("add", a, b));
    expect(await memberIds(world, empty.id)).toEqual([a, b]);
    expect(await memberIds(world, some.id)).toEqual([a]);
    expect((await world.get(a)).attributes.groups).toEqual([
      { value: empty.id, display: "Empty", type: "direct" },
      { value: some.id, display: "Some", type: "direct" },
    ]);
  });

  it("R39, R42, I19: keeps its faces' ids through a rename", async () => {
    const world = await openWorld();
    const { id } = await world.createGroup("Writers");
    const [before] = await world.groups();
    await world.patchGroup(id, replaceOf("displayName", "Authors"));
    const [after] = await world.groups();
    expect(before).toMatchObject({ id: `${id}.reader`, name: "Writers", origin: "scim", lockedFields: ["name"] });
    expect(after).toEqual({ ...before, name: "Authors" });
    expect((await world.events()).at(-1)).toMatchObject({
      type: "group.updated",
      groupId: `${id}.user`,
      data: { group: { id: `${id}.user`, name: "Authors" } },
    });
  });

  it("J41: has a name of its own among pushed groups, without case", async () => {
    const world = await openWorld();
    await world.createGroup("Writers");
    const error = await refusedWith("uniqueness", world.createGroup("WRITERS"));
    expect(error.message).toContain('displayName "WRITERS"');
    const other = await world.createGroup("Others");
    await refusedWith("uniqueness", world.patchGroup(other.id, replaceOf("displayName", "writers")));
    expect(await world.openCauses()).toEqual(["duplicate", "duplicate"]);
    await world.patchGroup(other.id, replaceOf("displayName", "Nobody's"));
    expect((await world.failures()).filter(({ subject }) => subject.key === "others")[0]?.resolvedAt).toEqual(
      expect.any(String),
    );
  });

  it("I20, R40: has nothing to do with a local group of its name, neither at creation nor at deletion", async () => {
    const world = await openWorld();
    const local = {
      tenantId: "acme",
      id: "local",
      name: "Writers",
      kind: "reader",
      role: null,
      contentAccess: null,
    } as const;
    await world.tx(({ localGroups }) => localGroups.insert({ ...local, createdAt: "2026-01-01", version: 1 }));
    const { id } = await world.createGroup("Writers");
    expect((await world.groups()).map(({ origin }) => origin)).toEqual(["local", "scim"]);
    await world.backend.delete(world.context.groupType, id, undefined, { requestId: "r" });
    expect((await world.groups()).map((group) => group.id)).toEqual(["local"]);
    await refusedWith("notFound", world.getGroup(id));
  });

  it("R40: takes the memberships of its faces along, whatever their source", async () => {
    const world = await openWorld();
    const [a = ""] = await people(world, 1);
    const { id } = await world.createGroup("Writers", a);
    const account = await world.account("r0@acme.test");
    const membership = { tenantId: "acme", groupId: `${id}.reader`, accountId: account.id, source: "local" } as const;
    await world.tx(({ localGroups }) => localGroups.addMember(membership));
    expect((await world.account("r0@acme.test")).groups).toMatchObject([
      { name: "Writers", sources: ["scim", "local"] },
    ]);
    await world.backend.delete(world.context.groupType, id, undefined, { requestId: "r" });
    expect((await world.account("r0@acme.test")).groups).toEqual([]);
    expect(await world.tx(({ localGroups }) => localGroups.membersOf("acme", `${id}.reader`))).toEqual([]);
    expect((await world.get(a)).attributes.groups).toBeUndefined();
  });

  it("R5, R32: pushed again after a deletion is a new group", async () => {
    const world = await openWorld();
    const first = await world.createGroup("Writers");
    await world.backend.delete(world.context.groupType, first.id, undefined, { requestId: "r" });
    const second = await world.createGroup("Writers");
    expect(second.id).not.toBe(first.id);
  });

  it("J11: takes no groups as members", async () => {
    const world = await openWorld();
    const { id } = await world.createGroup("Inner");
    const members = [{ value: id, type: "Group" }];
    const attributes = { displayName: "Outer", members };
    const { groupType } = world.context;
    await refusedWith("invalidValue", world.backend.create(groupType, attributes, { requestId: "r" }));
    await refusedWith("invalidValue", world.backend.replace(groupType, id, attributes, undefined, { requestId: "r" }));
  });
});

describe("members", () => {
  it("J08, D42, D52: add, remove, replace, clear and PUT are exact", async () => {
    const world = await openWorld();
    const [a = "", b = "", c = ""] = await people(world, 3);
    const { id } = await world.createGroup("G", a, b);
    await world.patchGroup(id, { op: "Remove", path: "members", value: [{ value: a }] });
    expect(await memberIds(world, id)).toEqual([b]);
    await world.patchGroup(id, { op: "replace", path: "members", value: { value: c } });
    expect(await memberIds(world, id)).toEqual([c]);
    await world.patchGroup(id, membersOf("add", a), { op: "remove", path: `members[value eq "${c}"]` });
    expect(await memberIds(world, id)).toEqual([a]);
    await world.patchGroup(id, membersOf("replace"));
    expect(await memberIds(world, id)).toEqual([]);
    const members = [{ value: b }, { value: c }, { value: b }];
    const put = { displayName: "G2", members };
    await world.backend.replace(world.context.groupType, id, put, undefined, { requestId: "r" });
    expect(await memberIds(world, id)).toEqual([b, c]);
    expect((await world.getGroup(id)).attributes.displayName).toBe("G2");
  });

  it("D27, I34: adding who is there and removing who is not writes nothing", async () => {
    const world = await openWorld();
    const [a = "", b = ""] = await people(world, 2);
    const group = await world.createGroup("G", a);
    await world.news();
    const audited = (await world.audit()).length;
    world.time.now = new Date("2027-01-01T00:00:00.000Z");
    await world.patchGroup(group.id, membersOf("add", a), membersOf("remove", b), replaceOf("displayName", "G"));
    const after = await world.getGroup(group.id);
    expect([after.version, after.lastModified]).toEqual([group.version, group.lastModified]);
    expect(await world.news()).toEqual([]);
    expect(await world.audit()).toHaveLength(audited);
    expect((await world.syncEvents())[0]).toMatchObject({ operation: "patch", outcome: "unchanged" });
  });

  it("I34: who comes and leaves again in one request did neither, however often it is repeated", async () => {
    const world = await openWorld();
    const [a = "", b = ""] = await people(world, 2);
    const { id } = await world.createGroup("Writers", a);
    const before = [await world.getGroup(id), await world.audit(), await world.events()];
    await world.patchGroup(id, membersOf("add", b), membersOf("remove", b, a), membersOf("add", a));
    expect([await world.getGroup(id), await world.audit(), await world.events()]).toEqual(before);
  });

  it("a change of members is a new version of the group, and one of the attributes too, together one", async () => {
    const world = await openWorld();
    const [a = "", b = ""] = await people(world, 2);
    const { id } = await world.createGroup("G");
    expect((await world.patchGroup(id, membersOf("add", a))).version).toBe("2");
    expect((await world.patchGroup(id, membersOf("add", b), replaceOf("displayName", "H"))).version).toBe("3");
  });

  it("events tell the members of each face, in the words of accounts", async () => {
    const world = await openWorld();
    const [reader = ""] = await people(world, 1);
    const [user = ""] = await people(world, 1, true);
    const { id } = await world.createGroup("G");
    await world.news();
    await world.patchGroup(id, membersOf("add", reader, user));
    const added = (await world.events()).slice(-2);
    const accounts = [await world.account("r0@acme.test"), await world.account("u0@acme.test")];
    expect(added.map(({ type, groupId, data }) => ({ type, groupId, data }))).toEqual(
      (["reader", "user"] as const).map((kind, index) => ({
        type: "group.members_added",
        groupId: `${id}.${kind}`,
        data: { group: { id: `${id}.${kind}`, name: "G" }, accountIds: [accounts[index]?.id] },
      })),
    );
    await world.patchGroup(id, membersOf("remove", user));
    expect((await world.events()).at(-1)).toMatchObject({ type: "group.members_removed", groupId: `${id}.user` });
  });

  it("R37: an unknown one is skipped and listed; the rest is kept, and a complete push closes it", async () => {
    const world = await openWorld();
    const [a = ""] = await people(world, 1);
    const { id } = await world.createGroup("G", a, "ghost");
    expect(await memberIds(world, id)).toEqual([a]);
    const [failure] = await world.failures();
    expect(failure).toMatchObject({
      cause: "unknown_member",
      subject: { type: "Group", key: "g", id },
      message:
        'The group "G" names a member that does not exist here: "ghost". ' +
        "Assign the people to the application as well as the group.",
    });
    await world.patchGroup(id, replaceOf("externalId", "1"));
    expect(await world.openCauses()).toEqual(["unknown_member"]);
    await world.patchGroup(id, membersOf("add", a));
    expect(await world.openCauses()).toEqual([]);
  });

  it("under a new name of the group nothing stays open under the old one", async () => {
    const world = await openWorld();
    const { id } = await world.createGroup("G", "ghost");
    await world.patchGroup(id, replaceOf("displayName", "H"));
    expect(await world.openCauses()).toEqual([]);
  });

  it("J10: in strict mode an unknown one refuses the request, and nothing is saved", async () => {
    const world = await openWorld({ settings: { onUnknownMember: "strict" } });
    const [a = ""] = await people(world, 1);
    await refusedWith("invalidValue", world.createGroup("G", a, "ghost"));
    expect((await world.search("Group")).totalResults).toBe(0);
    expect(await world.openCauses()).toEqual(["unknown_member"]);
    await world.createGroup("G", a);
    expect(await world.openCauses()).toEqual([]);
  });

  it("the text about unknown ones is bounded, whatever was sent", async () => {
    const world = await openWorld();
    const ids = Array.from({ length: 2000 }, (_, index) => `${"x".repeat(1000)}${index}`);
    await world.createGroup("G", ...ids);
    const [failure] = await world.failures();
    expect(failure?.message).toContain("names 2000 members that do not exist here");
    expect(failure?.message).toContain("and 1995 more");
    expect(failure?.message.length).toBeLessThan(800);
  });

  it("I2, J02: another tenant's user is unknown", async () => {
    const world = await openWorld();
    const foreign = {
      connectionId: "elsewhere",
      id: "foreign",
      accountId: "x",
      userName: "f",
      externalId: null,
    } as const;
    const rest = {
      emails: [],
      active: true,
      attributes: {},
      createdAt: "1",
      modifiedAt: "1",
      deletedAt: null,
      version: 1,
    };
    await world.tx(({ users }) => users.insert({ ...foreign, ...rest }));
    const { id } = await world.createGroup("G", "foreign");
    expect(await memberIds(world, id)).toEqual([]);
  });
});

describe("group sync off", () => {
  it("R32: what is pushed is stored, read back, and drives nothing", async () => {
    const world = await openWorld({ settings: { groupSync: false } });
    const [a = ""] = await people(world, 1);
    const { id } = await world.createGroup("G", a);
    expect(await memberIds(world, id)).toEqual([a]);
    expect((await world.account("r0@acme.test")).groups).toEqual([]);
    expect((await world.groups())[0]).toMatchObject({ name: "G", memberCount: 0 });
    expect(await world.news()).not.toContain("group.members_added");
  });

  it("I18: switching it off changes nobody's membership, also when the directory goes on", async () => {
    const world = await openWorld();
    const [a = ""] = await people(world, 1);
    const { id } = await world.createGroup("G", a);
    await world.configure({ groupSync: false });
    const before = await world.account("r0@acme.test");
    expect(before.groups).toHaveLength(1);
    await world.patchGroup(id, membersOf("remove", a));
    expect(await memberIds(world, id)).toEqual([]);
    expect(await world.account("r0@acme.test")).toEqual(before);
  });
});

describe("local memberships", () => {
  it("R33, R38, I16: a sync removes only what it added", async () => {
    const world = await openWorld();
    const [a = ""] = await people(world, 1);
    const { id } = await world.createGroup("G", a);
    const account = await world.account("r0@acme.test");
    const membership = { tenantId: "acme", groupId: `${id}.reader`, accountId: account.id, source: "local" } as const;
    await world.tx(({ localGroups }) => localGroups.addMember(membership));
    await world.patchGroup(id, membersOf("remove", a));
    expect((await world.account("r0@acme.test")).groups).toEqual([
      { id: `${id}.reader`, name: "G", kind: "reader", sources: ["local"] },
    ]);
    expect((await world.groups())[0]?.memberCount).toBe(1);
  });
});

describe("faces", () => {
  it.each([
    [
      "byMember",
      [
        ["reader", 2],
        ["user", 1],
      ],
      ["reader", "user"],
    ],
    ["reader", [["reader", 3]], ["reader", "reader"]],
    ["user", [["user", 3]], ["user", "user"]],
  ] as const)("R35: under %s", async (groupProjection, faces, kinds) => {
    const world = await openWorld({ settings: { groupProjection } });
    const readers = await people(world, 2);
    const users = await people(world, 1, true);
    const { id } = await world.createGroup("G", ...readers, ...users);
    expect((await world.groups()).map(({ kind, memberCount }) => [kind, memberCount])).toEqual(faces);
    const shown = [await world.account("r0@acme.test"), await world.account("u0@acme.test")];
    expect(shown.map(({ groups }) => groups)).toEqual(
      kinds.map((kind) => [{ id: `${id}.${kind}`, name: "G", kind, sources: ["scim"] }]),
    );
  });

  it("the user face appears with its first user, also by a change of kind", async () => {
    const world = await openWorld();
    const [a = ""] = await people(world, 1);
    await world.createGroup("G", a);
    expect((await world.groups()).map(({ kind }) => kind)).toEqual(["reader"]);
    await world.patch(a, replaceOf(`${TEAM}:isTeamAccount`, true));
    expect((await world.groups()).map(({ kind, memberCount }) => [kind, memberCount])).toEqual([
      ["reader", 0],
      ["user", 1],
    ]);
  });

  it("counts many members by one pass over the accounts", async () => {
    const world = await openWorld();
    const readers = await people(world, 150);
    await world.createGroup("Big", ...readers);
    await world.createGroup("Small", ...readers.slice(0, 3));
    expect((await world.groups()).map(({ memberCount }) => memberCount)).toEqual([150, 3]);
  });
});
