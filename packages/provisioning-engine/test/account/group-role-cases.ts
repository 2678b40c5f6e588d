/** The role that groups give, on any store. */
import { expect, it } from "vitest";
import type { Store } from "../../src/index.ts";
import { accountOf } from "../admin/harness.ts";
import { ACME, type Scene, start, titled } from "../role-rule/scene.ts";

const ANA = "ana@acme.test";

interface Member {
  readonly scene: Scene;
  /** The SCIM ids of a user and of the group that they are in, and the group's face. */
  readonly id: string;
  readonly group: string;
  readonly face: string;
}

async function withMember(store: Store): Promise<Member> {
  const scene = await start({ store });
  const id = await scene.directory.push({ userName: ANA, team: true });
  const group = await scene.directory.pushGroup("Editors", [id]);
  return { scene, id, group, face: `${group}.user` };
}

const removal = (id: string) => ({ op: "remove", path: `members[value eq "${id}"]` });

/** A user who owns the tenant by a pushed group, and nobody else does. */
async function withOwner(store: Store): Promise<Member> {
  const member = await withMember(store);
  await member.scene.admin.connections.update(ACME, { allowOwnerRole: true });
  await member.scene.admin.groups.update(ACME, member.face, { role: "Owner" });
  return member;
}

async function roleOf({ scene }: Member, tenant = ACME): Promise<readonly unknown[]> {
  const { role, roleSource } = await accountOf(scene, tenant, ANA);
  return [role, roleSource];
}

export function groupRoleCases(newStore: () => Store | Promise<Store>): void {
  it("R28: a user has the role of a user group as long as group, role and membership last", async () => {
    const member = await withMember(await newStore());
    const { scene, id, group, face } = member;
    expect(await roleOf(member)).toEqual(["Contributor", "default"]);
    await scene.admin.groups.update(ACME, face, { role: "Editor" });
    expect(await roleOf(member)).toEqual(["Editor", "group"]);
    expect((await scene.person(ANA)).lockedFields).not.toContain("role");
    await scene.directory.patch(`/Groups/${group}`, removal(id));
    expect(await roleOf(member)).toEqual(["Contributor", "default"]);
    await scene.directory.patch(`/Groups/${group}`, { op: "add", path: "members", value: [{ value: id }] });
    expect(await roleOf(member)).toEqual(["Editor", "group"]);
    await scene.directory.request("DELETE", `/Groups/${group}`);
    expect(await roleOf(member)).toEqual(["Contributor", "default"]);
  });

  it("R28: of several groups the highest role counts, by the order of the host, and one by hand as one pushed", async () => {
    const member = await withMember(await newStore());
    const { scene, face } = member;
    const own = await scene.admin.groups.create(ACME, { name: "Own", kind: "user", role: "Admin" });
    await scene.admin.groups.update(ACME, face, { role: "Unranked" });
    const { id } = await scene.person(ANA);
    await scene.admin.groups.addMember(ACME, own.id, id);
    expect(await roleOf(member)).toEqual(["Admin", "group"]);
    await scene.admin.groups.update(ACME, own.id, { role: null });
    expect(await roleOf(member)).toEqual(["Unranked", "group"]);
  });

  it("R28, R30, I40: a role by rule comes first, then the choice made here, then groups", async () => {
    const member = await withMember(await newStore());
    const { scene, id, face } = member;
    await scene.admin.groups.update(ACME, face, { role: "Admin" });
    const account = await scene.person(ANA);
    await scene.admin.accounts.update(ACME, account.id, { role: "Chosen" });
    expect(await roleOf(member)).toEqual(["Chosen", "local"]);
    await scene.rule(titled("Writer", { role: "Ruled" }));
    await scene.directory.patch(`/Users/${id}`, { op: "replace", path: "title", value: "Writer" });
    expect(await roleOf(member)).toEqual(["Ruled", "rule"]);
    await scene.rule();
    await scene.admin.accounts.update(ACME, account.id, { role: null });
    expect(await roleOf(member)).toEqual(["Admin", "group"]);
  });

  it("R22, R28: a reader has none, and whoever becomes a user is told with the role of their groups", async () => {
    const member = await withMember(await newStore());
    const { scene, id, face } = member;
    await scene.admin.groups.update(ACME, face, { role: "Admin" });
    const path = "urn:ietf:params:scim:schemas:extension:document360:2.0:User:isTeamAccount";
    await scene.directory.patch(`/Users/${id}`, { op: "replace", path, value: false });
    expect(await roleOf(member)).toEqual([null, null]);
    await scene.directory.patch(`/Users/${id}`, { op: "replace", path, value: true });
    expect(await roleOf(member)).toEqual(["Admin", "group"]);
    const { items } = await scene.admin.events.list(ACME);
    const changes = items.flatMap((event) => ("account" in event && "changes" in event ? event.changes : []));
    expect(changes.filter(({ path }) => path === "role")).toEqual([
      { path: "role", from: "Admin", to: null },
      { path: "role", from: null, to: "Admin" },
    ]);
  });

  it("R28, R111: what a parent lays over a group is not the child's, and the other way round", async () => {
    const member = await withMember(await newStore());
    const { scene, face } = member;
    await scene.admin.tenants.create({ id: "docs", parent: ACME });
    await scene.admin.groups.update("docs", face, { role: "Editor" });
    expect(await roleOf(member)).toEqual(["Contributor", "default"]);
    expect(await roleOf(member, "docs")).toEqual(["Editor", "group"]);
  });

  it("R28: an explanation names the groups' role, also of a group that a rule would give", async () => {
    const member = await withMember(await newStore());
    const { scene, id } = member;
    const own = await scene.admin.groups.create(ACME, { name: "Own", kind: "user", role: "Editor" });
    await scene.directory.patch(`/Users/${id}`, { op: "replace", path: "title", value: "Writer" });
    const rules = [titled("Writer", { groups: [own.id] })];
    const account = await scene.person(ANA);
    const { before, after } = await scene.admin.explain(ACME, { accountId: account.id, rules });
    expect([before?.roleSource, after?.roleSource, after?.role]).toEqual(["default", "group", "Editor"]);
    const { people } = await scene.admin.explain(ACME, { all: true, rules });
    expect(people.map((one) => [one.before?.role, one.after?.role])).toEqual([["Contributor", "Editor"]]);
    expect(await roleOf(member)).toEqual(["Contributor", "default"]);
  });

  it("I1, R28: a group makes owners where the connection allows it, and by the very name alone", async () => {
    const member = await withMember(await newStore());
    const { scene, face } = member;
    await scene.admin.groups.update(ACME, face, { role: "Owner" });
    expect(await roleOf(member)).toEqual(["Contributor", "default"]);
    await scene.admin.connections.update(ACME, { allowOwnerRole: true });
    expect(await roleOf(member)).toEqual(["Owner", "group"]);
    const otto = { userName: "otto", kind: "user", role: "Owner" } as const;
    await scene.admin.accounts.create(ACME, otto);
    await scene.admin.groups.update(ACME, face, { role: " owner" });
    expect(await roleOf(member)).toEqual(["Contributor", "default"]);
  });

  it.each([
    ["deactivates", (m: Member) => m.scene.directory.request("DELETE", `/Users/${m.id}`)],
    ["takes out of the group", (m: Member) => m.scene.directory.patch(`/Groups/${m.group}`, removal(m.id))],
    ["deletes the group of", (m: Member) => m.scene.directory.request("DELETE", `/Groups/${m.group}`)],
  ])("I1: no directory %s the last owner by a group", async (_case, write) => {
    const member = await withOwner(await newStore());
    expect((await write(member)).status).toBe(403);
    expect(await roleOf(member)).toEqual(["Owner", "group"]);
    const { items } = await member.scene.admin.syncFailures.list(ACME);
    expect(items.map(({ cause }) => cause)).toEqual(["last_owner"]);
    const other = await member.scene.admin.accounts.create(ACME, { userName: "otto", kind: "user", role: "Owner" });
    expect(other.role).toBe("Owner");
    expect((await write(member)).status).toBeLessThan(300);
  });

  it.each([
    ["the role of the group", (m: Member) => m.scene.admin.groups.update(ACME, m.face, { role: null })],
    ["what the connection allows", (m: Member) => m.scene.admin.connections.update(ACME, { allowOwnerRole: false })],
    ["which face members have", (m: Member) => m.scene.admin.connections.update(ACME, { groupProjection: "reader" })],
  ])("I1: nor does an admin by changing %s", async (_case, write) => {
    const member = await withOwner(await newStore());
    await expect(write(member)).rejects.toMatchObject({ code: "last_owner" });
    expect(await roleOf(member)).toEqual(["Owner", "group"]);
  });

  it("I1: an owner by a group lets another one go", async () => {
    const member = await withOwner(await newStore());
    const { admin } = member.scene;
    const other = await admin.accounts.create(ACME, { userName: "otto", kind: "user", role: "Owner" });
    expect(await admin.accounts.update(ACME, other.id, { suspended: true })).toMatchObject({ suspended: true });
  });
}
