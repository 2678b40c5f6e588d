import { describe, expect, it } from "vitest";
import { openWorld, refusedWith, replaceOf, TEAM } from "../harness.ts";

const MIRA = { userName: "mira@acme.test", externalId: "ext-1", name: "Mira Okafor", team: true } as const;

describe("a pushed person", () => {
  it("R1, R11, R26: becomes an active user with the default role", async () => {
    const world = await openWorld();
    await world.create({ ...MIRA, email: "Mira@acme.test" });
    expect(await world.account(MIRA.userName)).toMatchObject({
      kind: "user",
      role: "Contributor",
      status: "active",
      name: "Mira Okafor",
      email: "Mira@acme.test",
      suspended: false,
      lockedFields: ["name", "userName", "email", "kind", "status"],
      managedBy: { connectionId: "connection-acme", tenant: "acme", name: "acme" },
    });
    expect(await world.news()).toEqual(["account.created"]);
  });

  it("R12, R13, R59: becomes a reader without a role when the directory says false or nothing", async () => {
    const world = await openWorld();
    await world.create({ userName: "no@acme.test", team: false });
    await world.create({ userName: "silent@acme.test" });
    for (const { kind, role } of await world.accounts()) expect({ kind, role }).toEqual({ kind: "reader", role: null });
  });

  it("R53: that is created inactive cannot sign in and holds no seat", async () => {
    const world = await openWorld({ seatLimits: { user: 0 } });
    await world.create({ ...MIRA, active: false });
    expect((await world.account(MIRA.userName)).status).toBe("inactive");
    expect((await world.tx((tx) => tx.seats.count("acme"))).user).toEqual({ held: 0, waiting: 0 });
  });

  it("R61: follows a change of name, user name and e-mail, told as one event", async () => {
    const world = await openWorld();
    const { id } = await world.create({ ...MIRA, email: "mira@acme.test" });
    await world.news();
    await world.patch(
      id,
      replaceOf("displayName", "Mira Berg"),
      replaceOf("userName", "mira.berg@acme.test"),
      replaceOf('emails[type eq "work"].value', "mira.berg@acme.test"),
    );
    expect(await world.account("mira.berg@acme.test")).toMatchObject({
      name: "Mira Berg",
      email: "mira.berg@acme.test",
    });
    expect(await world.news()).toEqual(["account.updated"]);
    const paths = (await world.events()).at(-1)?.data;
    expect(paths).toEqual({
      changes: [
        { path: "userName", from: "mira@acme.test", to: "mira.berg@acme.test" },
        { path: "email", from: "mira@acme.test", to: "mira.berg@acme.test" },
        { path: "name", from: "Mira Okafor", to: "Mira Berg" },
      ],
    });
  });

  it("J12: is found under the new user name only", async () => {
    const world = await openWorld();
    const { id } = await world.create(MIRA);
    await world.patch(id, replaceOf("userName", "berg@acme.test"));
    expect((await world.search("User", `userName eq "${MIRA.userName}"`)).totalResults).toBe(0);
    expect((await world.search("User", 'userName eq "BERG@acme.test"')).totalResults).toBe(1);
  });

  it("tells of an attribute that only the directory shows", async () => {
    const world = await openWorld();
    const { id } = await world.create(MIRA);
    await world.patch(id, replaceOf("title", "Lead Writer"));
    expect((await world.events()).at(-1)).toMatchObject({
      type: "account.updated",
      data: { changes: [{ path: "title", from: null, to: "Lead Writer" }] },
    });
  });
});

describe("a person who leaves and comes back", () => {
  it("R51, R52, R55, R58: active false keeps role, access and memberships, and reads back as false", async () => {
    const world = await openWorld();
    const { id } = await world.create(MIRA);
    await world.createGroup("Writers", id);
    const { id: accountId } = await world.account(MIRA.userName);
    await world.overlay(accountId, { role: "Editor", contentRole: "Drafter", contentAccess: { space: 1 } });
    const before = await world.account(MIRA.userName);
    await world.news();

    await world.patch(id, replaceOf("active", "False"));
    const inactive = await world.account(MIRA.userName);
    expect(inactive).toEqual({ ...before, status: "inactive" });
    expect((await world.get(id)).attributes.active).toBe(false);
    expect(await world.news()).toEqual(["account.deactivated"]);

    await world.patch(id, replaceOf("active", true));
    expect(await world.account(MIRA.userName)).toEqual(before);
    expect(await world.news()).toEqual(["account.reactivated"]);
  });

  it("R53, R56: silence about active neither lets anybody in nor shuts them out", async () => {
    const world = await openWorld();
    const { id } = await world.create({ ...MIRA, active: true });
    for (const active of [false, true]) {
      await world.patch(id, { op: "replace", path: "active", value: active });
      const status = active ? "active" : "inactive";
      const silent = [
        { shown: active, write: () => world.replace(id, { ...MIRA, title: `silent ${status}` }) },
        { shown: undefined, write: () => world.patch(id, { op: "remove", path: "active" }) },
        { shown: undefined, write: () => world.patch(id, { op: "replace", value: { active: null, title: "null" } }) },
        { shown: undefined, write: () => world.replace(id, { ...MIRA, title: `again ${status}` }) },
      ];
      for (const { shown, write } of silent) {
        await write();
        expect((await world.account(MIRA.userName)).status).toBe(status);
        expect((await world.get(id)).attributes.active).toBe(shown);
      }
    }
  });

  it("R58, I6: DELETE answers 404 from then on, frees the user name and keeps the profile", async () => {
    const world = await openWorld();
    const { id } = await world.create(MIRA);
    await world.remove(id);
    await refusedWith("notFound", world.get(id));
    await refusedWith("notFound", world.remove(id));
    await refusedWith("notFound", world.patch(id, replaceOf("title", "x")));
    expect((await world.search("User")).totalResults).toBe(0);
    expect(await world.account(MIRA.userName)).toMatchObject({ status: "inactive", role: "Contributor" });
  });

  it("R57, I3, I4: a POST after DELETE re-links the retained profile under a new SCIM id", async () => {
    const world = await openWorld();
    const { id } = await world.create(MIRA);
    const account = await world.account(MIRA.userName);
    await world.overlay(account.id, { role: "Editor", contentAccess: ["all"] });
    const before = await world.account(MIRA.userName);
    await world.remove(id);
    await world.news();

    const again = await world.create(MIRA);
    expect(again.id).not.toBe(id);
    expect(await world.account(MIRA.userName)).toEqual(before);
    expect(await world.news()).toEqual(["account.relinked"]);
    expect(await world.accounts()).toHaveLength(1);
  });

  it("R57: is recognised by externalId under another user name, and by user name under another externalId", async () => {
    const world = await openWorld();
    const first = await world.create(MIRA);
    const { id } = await world.account(MIRA.userName);
    await world.remove(first.id);
    const second = await world.create({ ...MIRA, userName: "new@acme.test" });
    expect((await world.account("new@acme.test")).id).toBe(id);
    await world.remove(second.id);
    await world.create({ ...MIRA, userName: "NEW@acme.test", externalId: "ext-2" });
    expect((await world.accounts()).map((account) => account.id)).toEqual([id]);
  });

  it("I12: comes back as what they were when the directory does not say", async () => {
    const world = await openWorld();
    const { id } = await world.create(MIRA);
    await world.remove(id);
    await world.create({ userName: MIRA.userName, externalId: MIRA.externalId });
    expect((await world.account(MIRA.userName)).kind).toBe("user");
  });

  it("J35: after DELETE no group lists the person, and one that comes back is in none until it is sent again", async () => {
    const world = await openWorld();
    const { id } = await world.create(MIRA);
    const group = await world.createGroup("Writers", id);
    await world.news();
    await world.remove(id);
    expect((await world.getGroup(group.id)).attributes.members).toBeUndefined();
    expect(await world.news()).toEqual(["account.deactivated", "group.members_removed"]);
    await world.create(MIRA);
    expect((await world.account(MIRA.userName)).groups).toEqual([]);
  });

  it("lets somebody else take the user name of a deleted person, whose profile gives way", async () => {
    const world = await openWorld();
    const left = await world.create(MIRA);
    const { id } = await world.account(MIRA.userName);
    const other = await world.create({ userName: "other@acme.test", externalId: "ext-9" });
    await world.remove(left.id);
    await world.patch(other.id, replaceOf("userName", MIRA.userName));
    const holder = await world.account(MIRA.userName);
    expect(holder.id).not.toBe(id);
    const renamed = (await world.accounts()).find((account) => account.id === id);
    expect(renamed).toMatchObject({ userName: `${MIRA.userName}#${id}`, status: "inactive" });
    // By its externalId the retained profile is found all the same.
    await world.create({ ...MIRA, userName: "mira2@acme.test" });
    expect((await world.account("mira2@acme.test")).id).toBe(id);
  });

  it("I39: what changes of the resource alone is audited too", async () => {
    const world = await openWorld();
    const { id } = await world.create({ ...MIRA, email: "mira@acme.test" });
    await world.news();
    await world.patch(id, { op: "add", path: "emails", value: [{ value: "m@home.test", type: "home" }] });
    const [entry] = await world.audit();
    expect(entry).toMatchObject({ action: "directory_user.updated", subject: { type: "directory_user", id } });
    expect(entry?.after).toEqual({ emails: (await world.get(id)).attributes.emails });
    expect(await world.news()).toEqual([]);
  });

  it("J04: deletion and re-creation lift no suspension", async () => {
    const world = await openWorld();
    const { id } = await world.create(MIRA);
    const account = await world.account(MIRA.userName);
    await world.overlay(account.id, { suspended: true });
    await world.remove(id);
    await world.create(MIRA);
    expect(await world.account(MIRA.userName)).toMatchObject({ status: "active", suspended: true });
  });

  it("makes the account again when an admin deleted it while SCIM was off", async () => {
    const world = await openWorld();
    const { id } = await world.create(MIRA);
    const account = await world.account(MIRA.userName);
    await world.tx((tx) => tx.accounts.delete("acme", account.id));
    await world.patch(id, replaceOf("title", "Writer"));
    expect(await world.account(MIRA.userName)).toMatchObject({ kind: "user", status: "active" });
  });
});

describe("a change of kind", () => {
  it("R20, R23, R30: keeps the account, moves the seat and gives the default role once", async () => {
    const world = await openWorld();
    const { id } = await world.create({ ...MIRA, team: false });
    const { id: accountId } = await world.account(MIRA.userName);
    await world.news();
    await world.patch(id, replaceOf(`${TEAM}:isTeamAccount`, "True"));
    expect(await world.account(MIRA.userName)).toMatchObject({ id: accountId, kind: "user", role: "Contributor" });
    expect(await world.news()).toEqual(["account.kind_changed"]);
    expect((await world.events()).at(-1)?.data).toEqual({
      changes: [
        { path: "kind", from: "reader", to: "user" },
        { path: "role", from: null, to: "Contributor" },
      ],
    });
    const { user, reader } = await world.tx((tx) => tx.seats.count("acme"));
    expect([user.held, reader.held]).toEqual([1, 0]);

    await world.configure({ defaultRole: "Viewer" });
    await world.patch(id, replaceOf(`${TEAM}:isTeamAccount`, false));
    expect(await world.account(MIRA.userName)).toMatchObject({ kind: "reader", role: null });
    await world.patch(id, replaceOf(`${TEAM}:isTeamAccount`, true));
    expect(await world.account(MIRA.userName)).toMatchObject({ kind: "user", role: "Contributor" });
  });

  it("R21, I12: an attribute that is removed keeps the kind, and a warning is logged", async () => {
    const world = await openWorld();
    const { id } = await world.create(MIRA);
    await world.patch(id, { op: "remove", path: `${TEAM}:isTeamAccount` });
    expect((await world.account(MIRA.userName)).kind).toBe("user");
    expect(world.warnings).toHaveLength(1);
    await world.patch(id, replaceOf("title", "x"));
    expect(world.warnings).toHaveLength(1);
  });

  it("R21: onNullKind reader is the opt-out, for PATCH and PUT, and only when something was said before", async () => {
    const world = await openWorld({ settings: { onNullKind: "reader" } });
    const { id } = await world.create(MIRA);
    await world.replace(id, { userName: MIRA.userName });
    expect((await world.account(MIRA.userName)).kind).toBe("reader");
    await world.patch(id, replaceOf(`${TEAM}:isTeamAccount`, true));
    await world.patch(id, { op: "remove", path: `${TEAM}:isTeamAccount` });
    expect((await world.account(MIRA.userName)).kind).toBe("reader");
  });

  it("R29, I40: swaps the default groups and loses none on the way back", async () => {
    const world = await openWorld();
    const createdAt = "2026-01-01T00:00:00.000Z";
    const group = { tenantId: "acme", role: null, contentAccess: null, createdAt, version: 1 };
    await world.tx(async ({ localGroups }) => {
      await localGroups.insert({ ...group, id: "writers", name: "Writers", kind: "user" });
      await localGroups.insert({ ...group, id: "public", name: "Public", kind: "reader" });
    });
    await world.configure({ defaultUserGroups: ["writers", "gone"], defaultReaderGroups: ["public"] });
    const { id } = await world.create(MIRA);
    const names = async () =>
      (await world.account(MIRA.userName)).groups.map(({ name, sources }) => [name, ...sources]);
    expect(await names()).toEqual([["Writers", "default"]]);
    await world.patch(id, replaceOf(`${TEAM}:isTeamAccount`, false));
    expect(await names()).toEqual([["Public", "default"]]);
    await world.patch(id, replaceOf(`${TEAM}:isTeamAccount`, true));
    expect(await names()).toEqual([["Writers", "default"]]);
    // A membership that an admin ended is not given a second time.
    const { id: accountId } = await world.account(MIRA.userName);
    const membership = { tenantId: "acme", groupId: "writers", accountId, source: "default" } as const;
    await world.tx(({ localGroups }) => localGroups.removeMember(membership));
    await world.patch(id, replaceOf(`${TEAM}:isTeamAccount`, false));
    await world.patch(id, replaceOf(`${TEAM}:isTeamAccount`, true));
    expect(await names()).toEqual([]);
  });

  it("no machine makes an owner", async () => {
    const world = await openWorld({ settings: { defaultRole: "Owner" } });
    await world.create(MIRA);
    expect((await world.account(MIRA.userName)).role).toBe("Contributor");
  });
});

describe("somebody who comes back", () => {
  it("R56: has the same id, role, access and memberships as before", async () => {
    const world = await openWorld({ seatLimits: { user: 1 } });
    const { id } = await world.create(MIRA);
    await world.createGroup("Editors", id);
    const { id: accountId } = await world.account(MIRA.userName);
    await world.overlay(accountId, { role: "Editor", contentRole: "Writer", contentAccess: { all: true } });
    const before = await world.account(MIRA.userName);
    expect(before.groups).toMatchObject([{ name: "Editors" }]);
    await world.patch(id, replaceOf("active", false));
    await world.patch(id, replaceOf("active", true));
    expect(await world.account(MIRA.userName)).toEqual(before);
  });

  it("R60: has given up the seat meanwhile, waits when it is taken, and is admitted by the next one", async () => {
    const world = await openWorld({ seatLimits: { user: 1 } });
    const { id } = await world.create(MIRA);
    const { id: other } = await world.create({ userName: "ada@acme.test", team: true });
    expect((await world.account("ada@acme.test")).status).toBe("pending");
    await world.patch(id, replaceOf("active", false));
    expect((await world.account("ada@acme.test")).status).toBe("active");
    await world.patch(id, replaceOf("active", true));
    expect((await world.account(MIRA.userName)).status).toBe("pending");
    await world.remove(other);
    expect((await world.account(MIRA.userName)).status).toBe("active");
  });
});

describe("a first cycle", () => {
  it("R6, R7: brings everybody, and afterwards only changes tell of anything", async () => {
    const world = await openWorld();
    const people = ["ada", "bob", "cid"].map((name) => ({ userName: `${name}@acme.test`, name }));
    const users = [];
    for (const person of people) users.push(await world.create(person));
    expect(await world.news()).toEqual(["account.created", "account.created", "account.created"]);
    for (const [index, { id }] of users.entries()) await world.replace(id, people[index] ?? { userName: "" });
    expect(await world.news()).toEqual([]);
    await world.patch(users[1]?.id ?? "", replaceOf("displayName", "Robert"));
    expect(await world.news()).toEqual(["account.updated"]);
  });
});
