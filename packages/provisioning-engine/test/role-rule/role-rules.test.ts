import { describe, expect, it } from "vitest";
import { type NewRoleRule, type NewRoleRules, ProvisioningError } from "../../src/index.ts";
import { accountOf, eventually } from "../admin/harness.ts";
import { ACME, type Scene, start, titled } from "./scene.ts";

const replaceOf = (path: string, value: unknown) => ({ op: "replace", path, value });

describe("rules of a connection", () => {
  it("R15, R25: decide kind and role of each person by an attribute, at creation and later", async () => {
    const scene = await start();
    await scene.rule(titled("Writer", { kind: "user", role: "Editor", contentRole: "Draft writer" }));
    const mira = await scene.create("mira@acme.test", { title: "writer" });
    await scene.create("noor@acme.test", { title: "Driver" });
    expect(await scene.person("mira@acme.test")).toMatchObject({
      kind: "user",
      role: "Editor",
      roleSource: "rule",
      contentRole: "Draft writer",
      contentRoleSource: "rule",
    });
    expect(await scene.person("noor@acme.test")).toMatchObject({ kind: "reader", role: null, roleSource: null });

    await scene.directory.patch(`/Users/${mira}`, replaceOf("title", "Driver"));
    const later = { kind: "user", role: "Contributor", roleSource: "default", contentRole: null };
    expect(await scene.person("mira@acme.test")).toMatchObject(later);
  });

  it("R15: decide by an expression, as Entra would compute it", async () => {
    const scene = await start();
    const expression = 'Switch([title], "False", "Writer", "True", "Editor", "True")';
    await scene.rule({ when: { expression }, then: { kind: "user" } });
    await scene.create("mira@acme.test", { title: "Writer" });
    await scene.create("noor@acme.test", { title: "writer" });
    await scene.create("omar@acme.test");
    expect((await scene.person("mira@acme.test")).kind).toBe("user");
    expect((await scene.person("noor@acme.test")).kind).toBe("reader");
    expect((await scene.person("omar@acme.test")).kind).toBe("reader");
  });

  it("R14, I12: the directory's own word about the kind comes first, whatever the rules say", async () => {
    const scene = await start();
    await scene.rule(titled("Writer", { kind: "user", role: "Editor" }));
    const team = "urn:ietf:params:scim:schemas:extension:document360:2.0:User";
    await scene.create("mira@acme.test", { title: "Writer", [team]: { isTeamAccount: "False" } });
    expect((await scene.person("mira@acme.test")).kind).toBe("reader");
  });

  it("R22, R20: a rule that stops to match never demotes; the id stays", async () => {
    const scene = await start();
    await scene.rule(titled("Writer", { kind: "user" }));
    const id = await scene.create("mira@acme.test", { title: "Writer" });
    const before = await scene.person("mira@acme.test");
    await scene.directory.patch(`/Users/${id}`, { op: "remove", path: "title" });
    expect(await scene.person("mira@acme.test")).toMatchObject({ id: before.id, kind: "user" });
    expect((await scene.admin.accounts.list(ACME)).items).toHaveLength(1);
  });

  it("R26: the first match decides each slot; with `highest` the highest role of all matches", async () => {
    const scene = await start();
    const rules = [
      titled("Writer", { kind: "user", role: "Contributor" }, { priority: 20 }),
      titled("Writer", { contentRole: "Editor", role: "Admin" }, { priority: 30 }),
      titled("Writer", { contentRole: "Draft writer" }, { priority: 10 }),
    ];
    await scene.create("mira@acme.test", { title: "Writer" });
    await scene.set({ rules });
    expect(await scene.person("mira@acme.test")).toMatchObject({ role: "Contributor", contentRole: "Draft writer" });
    await scene.set({ rules, strategy: "highest" });
    expect(await scene.person("mira@acme.test")).toMatchObject({ role: "Admin", contentRole: "Editor" });
  });

  it("R46, I21: a decided role is locked where the directory is in charge, and the tenant's again without rules", async () => {
    const scene = await start();
    await scene.create("mira@acme.test", { title: "Writer" });
    await scene.rule(titled("Writer", { kind: "user", role: "Editor" }));
    const { id, lockedFields } = await scene.person("mira@acme.test");
    expect(lockedFields).toContain("role");
    expect(lockedFields).not.toContain("contentRole");
    await expect(scene.admin.accounts.update(ACME, id, { role: "Admin" })).rejects.toMatchObject({
      code: "managed_by_idp",
    });
    await scene.admin.accounts.update(ACME, id, { contentRole: "Editor" });
    await scene.rule();
    await scene.admin.accounts.update(ACME, id, { role: "Admin" });
    expect(await scene.person("mira@acme.test")).toMatchObject({ role: "Admin", roleSource: "local" });
    await scene.rule(titled("Writer", { role: "Editor" }));
    expect(await scene.person("mira@acme.test")).toMatchObject({ role: "Editor", roleSource: "rule" });
  });

  it("R30, I40: defaults are given once for each kind, whatever rules come and go", async () => {
    const scene = await start();
    await scene.create("mira@acme.test", { title: "Writer" });
    await scene.rule(titled("Writer", { kind: "user" }));
    expect((await scene.person("mira@acme.test")).role).toBe("Contributor");
    await scene.admin.connections.update(ACME, { defaultRole: "Guest" });
    await scene.rule(titled("Writer", { kind: "reader" }));
    await scene.rule(titled("Writer", { kind: "user" }));
    expect((await scene.person("mira@acme.test")).role).toBe("Contributor");
  });

  it("R27, R28: leave default groups alone, which have the default role unless they have one of their own", async () => {
    const scene = await start();
    const plain = await scene.admin.groups.create(ACME, { name: "Everybody", kind: "user" });
    const own = await scene.admin.groups.create(ACME, { name: "Writers", kind: "user", role: "Editor" });
    const readers = await scene.admin.groups.create(ACME, { name: "Readers", kind: "reader" });
    const rolesOf = async () => (await scene.admin.groups.list(ACME)).items.map(({ name, role }) => [name, role]);
    const unset = [
      ["Everybody", null],
      ["Writers", "Editor"],
      ["Readers", null],
    ];
    expect(await rolesOf()).toEqual(unset);
    const defaults = { defaultUserGroups: [plain.id, own.id], defaultReaderGroups: [readers.id] };
    await scene.admin.connections.update(ACME, { ...defaults, defaultRole: "Guest" });
    expect(await rolesOf()).toEqual([["Everybody", "Guest"], ...unset.slice(1)]);
    await scene.rule(titled("Writer", { kind: "user" }));
    await scene.create("mira@acme.test", { title: "Writer" });
    const { role, groups } = await scene.person("mira@acme.test");
    expect([role, groups.map(({ name }) => name)]).toEqual(["Editor", ["Everybody", "Writers"]]);
    await scene.admin.connections.update(ACME, { defaultUserGroups: [] });
    expect(await rolesOf()).toEqual(unset);
  });

  it("R27: give groups, which end with the rule that gave them and with nothing else", async () => {
    const scene = await start();
    const group = await scene.admin.groups.create(ACME, { name: "Writers", kind: "user", role: "Editor" });
    await scene.admin.connections.update(ACME, { defaultUserGroups: [group.id] });
    const told: string[] = [];
    scene.provisioning.on("group.members_added", ({ group: { name } }) => void told.push(`+${name}`));
    scene.provisioning.on("group.members_removed", ({ group: { name } }) => void told.push(`-${name}`));
    const other = await scene.admin.groups.create(ACME, { name: "Others", kind: "user" });
    await scene.create("mira@acme.test", { title: "Writer" });
    await scene.rule(titled("Writer", { kind: "user", groups: [group.id, other.id] }));
    const groupsOf = async () =>
      (await scene.person("mira@acme.test")).groups.map(({ name, sources }) => `${name}: ${sources.join()}`);
    expect(await groupsOf()).toEqual(["Writers: default,rule", "Others: rule"]);
    const { id } = await scene.person("mira@acme.test");
    await expect(scene.admin.groups.removeMember(ACME, other.id, id)).rejects.toMatchObject({ code: "managed_by_idp" });
    await scene.rule();
    expect(await groupsOf()).toEqual(["Writers: default"]);
    await eventually(async () => expect(told).toEqual(["+Others", "-Others"]));
  });

  it("R35: ask for pushed groups, by name without case, external id or id", async () => {
    const scene = await start();
    const mira = await scene.create("mira@acme.test");
    await scene.rule({ when: { group: { displayName: "WRITERS" } }, then: { kind: "user", role: "Editor" } });
    const group = await scene.directory.pushGroup("Writers", [mira]);
    expect(await scene.person("mira@acme.test")).toMatchObject({ kind: "user", role: "Editor" });
    await scene.directory.patch(`/Groups/${group}`, replaceOf("displayName", "Painters"));
    expect(await scene.person("mira@acme.test")).toMatchObject({ kind: "user", role: "Contributor" });
    await scene.directory.patch(`/Groups/${group}`, replaceOf("displayName", "Writers"));
    expect((await scene.person("mira@acme.test")).role).toBe("Editor");
    await scene.directory.request("DELETE", `/Groups/${group}`);
    expect((await scene.person("mira@acme.test")).role).toBe("Contributor");
  });

  it("R32: with group sync off, a group drives no rule", async () => {
    const scene = await start();
    const mira = await scene.create("mira@acme.test");
    await scene.rule({ when: { group: { displayName: "Writers" } }, then: { kind: "user" } });
    await scene.admin.connections.update(ACME, { groupSync: false });
    await scene.directory.pushGroup("Writers", [mira]);
    expect((await scene.person("mira@acme.test")).kind).toBe("reader");
    await scene.admin.connections.update(ACME, { groupSync: true });
    await eventually(async () => expect((await scene.person("mira@acme.test")).kind).toBe("user"));
  });

  it("J08: many new members are looked at in the background, and all of them", async () => {
    const scene = await start();
    await scene.rule({ when: { group: { displayName: "Writers" } }, then: { kind: "user" } });
    const ids: string[] = [];
    for (let number = 0; number < 230; number += 1) ids.push(await scene.create(`p${number}@acme.test`));
    await scene.directory.pushGroup("Writers", ids);
    await eventually(async () => {
      const { items } = await scene.admin.accounts.list(ACME, { kind: "user", limit: 500 });
      expect(items).toHaveLength(230);
    });
  });

  it("I1: no rule takes the last owner away; the tenant's admin reads why", async () => {
    const scene = await start();
    const team = "urn:ietf:params:scim:schemas:extension:document360:2.0:User";
    await scene.create("olga@acme.test", { title: "Boss", [team]: { isTeamAccount: true } });
    const { id } = await scene.person("olga@acme.test");
    await scene.admin.accounts.update(ACME, id, { role: "Owner" });
    await scene.rule(titled("Boss", { role: "Contributor" }));
    expect(await scene.person("olga@acme.test")).toMatchObject({ role: "Owner", roleSource: "local" });
    const { items } = await scene.admin.syncFailures.list(ACME, { open: true });
    expect(items).toMatchObject([{ cause: "last_owner", subject: { label: "olga@acme.test" } }]);
  });

  it("I1: no rule makes an owner unless that is allowed, in whatever spelling", async () => {
    const scene = await start();
    await scene.create("olga@acme.test", { title: "Boss", userType: "OWNER" });
    const rules = { rules: [titled("Boss", { kind: "user", role: "owner" })] } as const;
    await expect(scene.admin.roleRules.replace(ACME, rules)).rejects.toMatchObject({ code: "invalid_request" });
    await scene.set({ rules: [titled("Boss", { kind: "user" })], roleAttribute: "userType" });
    expect((await scene.person("olga@acme.test")).role).toBe("Contributor");
    await scene.admin.connections.update(ACME, { allowOwnerRole: true });
    await eventually(async () =>
      expect(await scene.person("olga@acme.test")).toMatchObject({ role: "Owner", roleSource: "idp" }),
    );
    await scene.admin.connections.update(ACME, { allowOwnerRole: false });
    await eventually(async () => expect((await scene.admin.roleRules.get(ACME)).reviewing).toBe(false));
    expect((await scene.person("olga@acme.test")).role).toBe("Owner");
    expect((await scene.admin.syncFailures.list(ACME, { open: true })).items).toMatchObject([{ cause: "last_owner" }]);
  });

  it("R23, I13: a flip by a rule moves the seat; without a seat the person stays what they are", async () => {
    const scene = await start();
    await scene.admin.tenants.update(ACME, { seatLimits: { user: 1 } });
    await scene.admin.connections.update(ACME, { onSeatLimit: "reject" });
    await scene.create("mira@acme.test", { title: "Writer" });
    await scene.create("noor@acme.test", { title: "Writer" });
    await scene.rule(titled("Writer", { kind: "user" }));
    expect((await scene.person("mira@acme.test")).kind).toBe("user");
    expect((await scene.person("noor@acme.test")).kind).toBe("reader");
    const { seats } = await scene.admin.tenants.get(ACME);
    expect([seats.user.used, seats.reader.used]).toEqual([1, 1]);
    const { items } = await scene.admin.syncFailures.list(ACME, { open: true });
    expect(items).toMatchObject([{ cause: "seat_limit", subject: { label: "noor@acme.test" } }]);
  });

  it("R102, R105, I25: count at children too, where a local role stays", async () => {
    const scene = await start();
    await scene.admin.tenants.create({ id: "acme-docs", parent: ACME });
    await scene.create("mira@acme.test", { title: "Writer" });
    const { id } = await scene.person("mira@acme.test");
    await scene.rule(titled("Writer", { kind: "user", role: "Editor" }));
    const there = () => accountOf(scene, "acme-docs", "mira@acme.test");
    expect(await there()).toMatchObject({ kind: "user", role: "Editor", roleSource: "rule" });
    await scene.admin.accounts.update("acme-docs", id, { role: "Owner" });
    const told: unknown[] = [];
    scene.provisioning.on("account.updated", ({ tenant, changes }) => {
      if (tenant === "acme-docs") told.push(...changes);
    });
    await scene.rule(titled("Writer", { role: "Admin", contentRole: "Editor" }));
    expect(await there()).toMatchObject({ role: "Owner", roleSource: "local", contentRole: "Editor" });
    await eventually(async () => expect(told).toContainEqual({ path: "contentRole", from: null, to: "Editor" }));
    expect(told).not.toContainEqual(expect.objectContaining({ path: "role", to: "Admin" }));
    expect(await scene.admin.roleRules.get("acme-docs")).toMatchObject({ owner: ACME, readOnly: true });
    await expect(scene.admin.roleRules.replace("acme-docs", { rules: [] })).rejects.toMatchObject({
      code: "inherited_read_only",
    });
    await scene.admin.tenants.update("acme-docs", { parent: null });
    expect(await there()).toMatchObject({ role: "Owner", contentRole: "Editor", contentRoleSource: "local" });
  });

  it("I23: content access is never written by a rule", async () => {
    const scene = await start();
    await scene.create("mira@acme.test", { title: "Writer" });
    const { id } = await scene.person("mira@acme.test");
    await scene.admin.accounts.update(ACME, id, { contentAccess: { categories: ["a"] } });
    await scene.rule(titled("Writer", { kind: "user", role: "Editor" }));
    await scene.rule();
    expect((await scene.person("mira@acme.test")).contentAccess).toEqual({ categories: ["a"] });
  });

  it("I34, I39: are audited with before and after; the same again changes nothing", async () => {
    const scene = await start();
    const rules = [titled("Writer", { kind: "user" }, { id: "writers" })];
    const first = await scene.admin.as({ type: "person", id: "olga" }).roleRules.replace(ACME, { rules });
    const again = await scene.admin.roleRules.replace(ACME, { rules, version: 1 });
    expect([first.version, again.version]).toEqual([1, 1]);
    const { items } = await scene.admin.audit.list(ACME);
    const entries = items.filter(({ action }) => action === "role_rules.replaced");
    expect(entries).toMatchObject([
      { actor: { id: "olga" }, before: { rules: [], version: 0 }, after: { rules: [{ id: "writers" }], version: 1 } },
    ]);
    const stale = scene.admin.roleRules.replace(ACME, { rules: [], version: 0 });
    await expect(stale).rejects.toMatchObject({ code: "conflict", facts: { version: 1 } });
  });
});

describe("PUT /role-rules", () => {
  const problemsOf = async (scene: Scene, rules: readonly NewRoleRule[], more: Partial<NewRoleRules> = {}) => {
    const error: unknown = await scene.admin.roleRules
      .replace(ACME, { rules, ...more })
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ProvisioningError);
    return (error as ProvisioningError).facts.problems;
  };

  it("R18: names an attribute that is not there, and the one that was probably meant", async () => {
    const scene = await start();
    const when = { attribute: { path: "titel", equals: "Writer" } };
    expect(await problemsOf(scene, [{ when, then: { kind: "user" } }])).toEqual([
      {
        path: "rules.0.when.attribute.path",
        message: 'There is no attribute "titel" of a User. Did you mean "title"?',
      },
    ]);
    const nested = { attribute: { path: "name.famlyName", present: true } };
    expect(await problemsOf(scene, [{ when: nested, then: { kind: "user" } }])).toMatchObject([
      { message: expect.stringContaining('"name.familyName"') },
    ]);
    expect(await problemsOf(scene, [], { roleAttribute: "rolles" })).toMatchObject([
      { path: "roleAttribute", message: expect.stringContaining('"roles"') },
    ]);
  });

  it("I41: names what is wrong with an expression, and where", async () => {
    const scene = await start();
    const problemOf = async (expression: string) =>
      (await problemsOf(scene, [{ when: { expression }, then: { kind: "user" } }])) as readonly object[];
    expect(await problemOf('Swich([title], "True")')).toMatchObject([
      { path: "rules.0.when.expression", position: 0, message: expect.stringContaining("Switch") },
    ]);
    expect(await problemOf("IsPresent([titel])")).toMatchObject([
      { position: 10, message: expect.stringContaining('"title"') },
    ]);
    expect(await problemOf('Switch([title], "True"')).toMatchObject([{ position: expect.any(Number) }]);
    expect(await problemOf("Append([title], Guid())")).toMatchObject([
      { position: 16, message: "Guid cannot be used in a rule." },
    ]);
  });

  it("I41: warns of what Entra would do otherwise, and of the clock", async () => {
    const scene = await start();
    const expression = 'IIF(IsPresent([title]), "True", "False")';
    const { warnings } = await scene.admin.roleRules.replace(ACME, {
      rules: [
        { when: { expression }, then: { kind: "user" } },
        { when: { expression: "IsPresent(Now())" }, then: { kind: "user" } },
      ],
    });
    expect(warnings).toMatchObject([
      { path: "rules.0.when.expression", position: 4 },
      { path: "rules.1.when.expression", position: 10, message: expect.stringContaining("Time passes") },
    ]);
  });

  it("lists everything that is wrong at once", async () => {
    const scene = await start();
    const rules = [
      titled("Writer", { groups: ["nowhere"] }, { id: "a" }),
      titled("Writer", { role: "Owner" }, { id: "a" }),
      { when: { attribute: { path: "active", equals: "perhaps" } }, then: { kind: "user" } } as const,
    ];
    expect(await problemsOf(scene, rules)).toMatchObject([
      { path: "rules.1.then.role" },
      { path: "rules.2.when.attribute.path" },
      { path: "rules.1.id" },
      { path: "rules.0.then.groups" },
    ]);
  });

  it("refuses what is no rule, and takes no unknown field for nothing", async () => {
    const { api } = await start();
    const put = async (rule: object) => (await api("PUT", "/tenants/acme/role-rules", { rules: [rule] })).status;
    const when = { attribute: { path: "title", equals: "Writer" } };
    const then = { kind: "user" };
    expect(await put({ when, then })).toBe(200);
    expect(await put({ when, then: {} })).toBe(400);
    expect(await put({ when: {}, then })).toBe(400);
    expect(await put({ when: { ...when, expression: '"True"' }, then })).toBe(400);
    expect(await put({ when: { attribute: { path: "title" } }, then })).toBe(400);
    expect(await put({ when: { attribute: { path: 'title eq "x" or userName', present: true } }, then })).toBe(400);
    expect(await put({ when, then: { ...then, status: "active" } })).toBe(400);
    expect(await put({ when: { attribute: { path: "groups", present: true } }, then })).toBe(400);
    expect(await put({ when: { attribute: { path: "password", equals: "x" } }, then })).toBe(400);
  });

  it("I38: needs the right to configure, and a credential for the tenant", async () => {
    const { api } = await start();
    const reader = { actor: "rita", tenants: "all", can: ["read", "operate"] } as const;
    expect((await api("PUT", "/tenants/acme/role-rules", { rules: [] }, reader)).status).toBe(403);
    expect((await api("GET", "/tenants/acme/role-rules", undefined, reader)).status).toBe(200);
    const stranger = { actor: "rita", tenants: ["globex"], can: "all" } as const;
    expect((await api("GET", "/tenants/acme/role-rules", undefined, stranger)).status).toBe(404);
  });
});
