import { describe, expect, it } from "vitest";
import { memoryStore, type Store } from "../../src/index.ts";
import { accountOf, connect, type Directory, eventually, startWorld, type World } from "./harness.ts";

const refused = (code: string) => expect.objectContaining({ code });

interface Family extends World {
  readonly store: Store;
  readonly directory: Directory;
  /** Faces of the pushed group "Docs", in which Ada, a user, and Rea, a reader, are. */
  readonly faces: { readonly user: string; readonly reader: string };
  readonly ada: string;
  readonly rea: string;
}

async function startFamily(): Promise<Family> {
  const store = memoryStore();
  const world = startWorld({ store });
  await world.admin.tenants.create({ id: "acme" });
  await world.admin.tenants.create({ id: "acme-docs", parent: "acme" });
  const directory = await connect(world, "acme");
  const members = [
    await directory.push({ userName: "ada", team: true }),
    await directory.push({ userName: "rea", team: false }),
  ];
  await directory.pushGroup("Docs", members);
  const { items } = await world.admin.groups.list("acme");
  const face = (kind: string) => items.find((group) => group.kind === kind)?.id ?? "";
  const [ada, rea] = [await accountOf(world, "acme", "ada"), await accountOf(world, "acme", "rea")];
  return {
    ...world,
    store,
    directory,
    faces: { user: face("user"), reader: face("reader") },
    ada: ada.id,
    rea: rea.id,
  };
}

describe("admin.groups made locally", () => {
  it("is made, changed and deleted by its tenant, and by no other", async () => {
    const { admin } = await startFamily();
    const made = await admin.groups.create("acme", { name: "Writers", kind: "user", role: "Editor" });
    expect(made).toMatchObject({ origin: "local", role: "Editor", memberCount: 0, lockedFields: [], managedBy: null });
    for (const tenant of ["acme-docs"]) {
      await expect(admin.groups.update(tenant, made.id, { name: "x" })).rejects.toThrow(refused("not_found"));
      await expect(admin.groups.delete(tenant, made.id)).rejects.toThrow(refused("not_found"));
    }
    expect(await admin.groups.update("acme", made.id, { name: "Authors", role: null })).toMatchObject({
      id: made.id,
      name: "Authors",
      role: null,
    });
    await admin.groups.delete("acme", made.id);
    await expect(admin.groups.delete("acme", made.id)).rejects.toThrow(refused("not_found"));
  });

  it("has a name of its own among local groups of its kind; a pushed one of the same name stands beside it (I20)", async () => {
    const { admin } = await startFamily();
    const { id } = await admin.groups.create("acme", { name: "Docs", kind: "user" });
    await expect(admin.groups.create("acme", { name: "docs", kind: "user" })).rejects.toThrow(
      refused("already_exists"),
    );
    await admin.groups.create("acme", { name: "Docs", kind: "reader" });
    const other = await admin.groups.create("acme", { name: "Other", kind: "user" });
    await expect(admin.groups.update("acme", other.id, { name: "DOCS" })).rejects.toThrow(refused("already_exists"));
    expect((await admin.groups.list("acme")).items.filter(({ name }) => name === "Docs")).toHaveLength(4);
    await admin.groups.delete("acme", id);
    expect((await admin.groups.list("acme")).items.filter(({ name }) => name === "Docs")).toHaveLength(3);
  });
});

describe("admin.groups that the directory pushed", () => {
  it("R42, R44: is neither renamed nor deleted, at the parent nor at the child", async () => {
    const { admin, faces } = await startFamily();
    for (const tenant of ["acme", "acme-docs"]) {
      for (const id of [faces.user, faces.reader]) {
        await expect(admin.groups.update(tenant, id, { name: "x" })).rejects.toThrow(refused("managed_by_idp"));
        await expect(admin.groups.delete(tenant, id)).rejects.toThrow(refused("managed_by_idp"));
      }
    }
    expect((await admin.groups.list("acme")).items.map(({ name }) => name)).toEqual(["Docs", "Docs"]);
  });

  it("R47, I19: role and content access are each tenant's own, and survive a rename by the directory", async () => {
    const { admin, faces, directory } = await startFamily();
    const local = { role: "Editor", contentAccess: { folders: [1] } };
    expect(await admin.groups.update("acme-docs", faces.user, local)).toMatchObject({ ...local, name: "Docs" });
    const { body } = await directory.request("GET", "/Groups");
    await directory.patch(`/Groups/${body.Resources[0].id}`, { op: "replace", path: "displayName", value: "Dox" });
    const find = async (tenant: string, id: string) =>
      (await admin.groups.list(tenant)).items.find((group) => group.id === id);
    expect(await find("acme-docs", faces.user)).toMatchObject({ ...local, name: "Dox" });
    for (const [tenant, id] of [
      ["acme", faces.user],
      ["acme-docs", faces.reader],
    ] as const) {
      expect(await find(tenant, id)).toMatchObject({ role: null, contentAccess: null });
    }
  });

  it("R48: while SCIM is off the parent renames and deletes it; the child is told whose it is", async () => {
    const { admin, faces, ada, store } = await startFamily();
    await admin.connections.update("acme", { scimEnabled: false });
    await expect(admin.groups.update("acme-docs", faces.user, { name: "x" })).rejects.toThrow(
      refused("inherited_read_only"),
    );
    await expect(admin.groups.delete("acme-docs", faces.user)).rejects.toThrow(refused("inherited_read_only"));
    await admin.groups.update("acme", faces.user, { name: "Dox" });
    for (const tenant of ["acme", "acme-docs"]) await admin.groups.addMember(tenant, faces.user, ada);
    expect((await admin.groups.list("acme-docs")).items.map(({ name }) => name)).toEqual(["Dox", "Dox"]);
    await admin.groups.delete("acme", faces.reader);
    expect((await admin.groups.list("acme")).items).toEqual([]);
    const memberships = await store.transaction({ tenantId: null }, async ({ localGroups }) => [
      ...(await localGroups.membershipsOf("acme", [ada])),
      ...(await localGroups.membershipsOf("acme-docs", [ada])),
    ]);
    expect(memberships).toEqual([]);
  });
});

describe("local memberships", () => {
  it("R38, I16: stand beside those of the directory, which removes only its own", async () => {
    const { admin, faces, ada, directory } = await startFamily();
    await admin.groups.addMember("acme", faces.user, ada);
    const sources = async () => (await accountOf({ admin }, "acme", "ada")).groups[0]?.sources;
    expect(await sources()).toEqual(["scim", "local"]);
    const { body } = await directory.request("GET", "/Groups");
    await directory.patch(`/Groups/${body.Resources[0].id}`, { op: "remove", path: "members" });
    expect(await sources()).toEqual(["local"]);
    await admin.groups.removeMember("acme", faces.user, ada);
    expect(await sources()).toBeUndefined();
  });

  it("I17: only the directory ends what only the directory said", async () => {
    const { admin, faces, ada } = await startFamily();
    await expect(admin.groups.removeMember("acme", faces.user, ada)).rejects.toThrow(refused("managed_by_idp"));
    await admin.groups.addMember("acme", faces.user, ada);
    await admin.groups.removeMember("acme", faces.user, ada);
    await expect(admin.groups.removeMember("acme", faces.user, ada)).rejects.toThrow(refused("managed_by_idp"));
  });

  it("I25: a child's memberships are the child's", async () => {
    const { admin, ada } = await startFamily();
    const { id } = await admin.groups.create("acme-docs", { name: "Writers", kind: "user" });
    await admin.groups.addMember("acme-docs", id, ada);
    expect((await admin.accounts.get("acme-docs", ada)).groups.map((group) => group.name)).toContain("Writers");
    expect((await admin.accounts.get("acme", ada)).groups.map((group) => group.name)).not.toContain("Writers");
    await expect(admin.groups.addMember("acme", id, ada)).rejects.toThrow(refused("not_found"));
  });

  it("R29: the kinds of group and account agree", async () => {
    const { admin, faces, rea, ada } = await startFamily();
    const { id } = await admin.groups.create("acme", { name: "Writers", kind: "user" });
    for (const group of [id, faces.user]) {
      await expect(admin.groups.addMember("acme", group, rea)).rejects.toThrow(refused("invalid_request"));
    }
    await expect(admin.groups.addMember("acme", faces.reader, ada)).rejects.toThrow(refused("invalid_request"));
  });

  it("a membership by default is taken away by hand", async () => {
    const { admin, directory } = await startFamily();
    const { id } = await admin.groups.create("acme", { name: "Writers", kind: "user" });
    await admin.connections.update("acme", { defaultUserGroups: [id] });
    await directory.push({ userName: "bob", team: true });
    const bob = await accountOf({ admin }, "acme", "bob");
    expect(bob.groups).toMatchObject([{ id, sources: ["default"] }]);
    await admin.groups.removeMember("acme", id, bob.id);
    expect((await admin.accounts.get("acme", bob.id)).groups).toEqual([]);
  });

  it("I34: twice is once, in the audit log and in events too", async () => {
    const { admin, ada, provisioning } = await startFamily();
    const heard: unknown[] = [];
    for (const name of ["group.members_added", "group.members_removed"] as const) {
      provisioning.on(
        name,
        ({ group, accountIds, type }) => void (group.name === "Writers" && heard.push([type, accountIds])),
      );
    }
    const { id } = await admin.groups.create("acme", { name: "Writers", kind: "user" });
    for (const _ of [1, 2]) await admin.groups.addMember("acme", id, ada);
    for (const _ of [1, 2]) await admin.groups.removeMember("acme", id, ada);
    await eventually(async () =>
      expect(heard).toEqual([
        ["group.members_added", [ada]],
        ["group.members_removed", [ada]],
      ]),
    );
    const actions = (await admin.audit.list("acme")).items.map(({ action }) => action);
    expect(actions.filter((action) => action.startsWith("group.member_"))).toEqual([
      "group.member_removed",
      "group.member_added",
    ]);
  });

  it("knows neither groups nor people of nobody", async () => {
    const { admin, faces, ada } = await startFamily();
    for (const group of ["nowhere", "__proto__", "x.user", ".reader"]) {
      await expect(admin.groups.addMember("acme", group, ada)).rejects.toThrow(refused("not_found"));
    }
    await expect(admin.groups.addMember("acme", faces.user, "nobody")).rejects.toThrow(refused("not_found"));
  });
});
