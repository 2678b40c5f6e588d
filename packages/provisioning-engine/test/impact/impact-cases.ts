/** What is foretold of everybody at a tenant, in cases whose answer is known, on any store. */
import { expect, it, vi } from "vitest";
import type { Admin, Impact, NewRoleRule, Store } from "../../src/index.ts";
import { accountOf, eventually } from "../admin/harness.ts";
import { ACME, type Scene, start, titled } from "../role-rule/scene.ts";

const DOCS = "acme-docs";
const TEAM = "urn:ietf:params:scim:schemas:extension:document360:2.0:User";
const writers: NewRoleRule = titled("Writer", { kind: "user", role: "Editor" }, { id: "writers" });

const names = (people: readonly { readonly userName: string }[]) => people.map(({ userName }) => userName);
const namesIn = ({ people }: Impact) => people.map(({ account, outcome }) => `${account.userName} ${outcome}`);

export function impactCases(newStore: () => Store | Promise<Store>): void {
  const scene = async (): Promise<Scene> => start({ store: await newStore() });

  it("R65, R98: who would wait comes in the order of the queue, each with the sentence of the failure", async () => {
    const { admin, create, time } = await scene();
    for (const userName of ["ana", "ben", "cleo"]) await create(userName, { title: "Writer" });
    await admin.tenants.update(ACME, { seatLimits: { user: 1 } });
    await create("zoe", { [TEAM]: { isTeamAccount: true } });
    await create("yan", { [TEAM]: { isTeamAccount: true } });
    time.now = new Date(time.now.getTime() + 60_000);
    const impact = await admin.explain(ACME, { all: true, rules: [writers] });
    expect(names(impact.waiting.first)).toEqual(["yan", "ana", "ben", "cleo"]);
    expect(impact).toMatchObject({
      changed: 3,
      refused: 0,
      changes: { kind: 3, role: 3, status: 3 },
      failures: { seat_limit: 3 },
      waiting: { total: 4 },
      admitted: { total: 0, first: [] },
      seats: { user: { before: { used: 1, waiting: 1, limit: 1 }, after: { used: 1, waiting: 4, limit: 1 } } },
    });
    expect(impact.people[0]).toMatchObject({
      outcome: "changed",
      account: { userName: "ana" },
      before: { kind: "reader", status: "active" },
      after: { kind: "user", status: "pending" },
      failures: [
        { cause: "seat_limit", subject: "ana", message: expect.stringContaining("ana waits for a user seat") },
      ],
      kindSource: "rule",
      trace: { rules: [{ rule: "writers", decides: ["kind", "role"] }] },
    });
  });

  it("R65, R66: under another policy the same people would be refused, and stay what they are", async () => {
    const { admin, create } = await scene();
    for (const userName of ["ana", "ben"]) await create(userName, { title: "Writer" });
    const question = { all: true, rules: [writers], seatLimits: { user: 1 } } as const;
    const waitlist = await admin.explain(ACME, question);
    expect(names(waitlist.waiting.first)).toEqual(["ben"]);
    const reject = await admin.explain(ACME, { ...question, settings: { onSeatLimit: "reject" } });
    expect(namesIn(reject)).toEqual(["ana changed", "ben refused"]);
    expect(reject).toMatchObject({ changed: 1, refused: 1, failures: { seat_limit: 1 }, waiting: { total: 0 } });
    expect(reject.people[1]).toMatchObject({
      before: { kind: "reader" },
      after: { kind: "reader" },
      failures: [{ cause: "seat_limit", message: expect.stringContaining("There is no user seat for ben.") }],
    });
    expect((await admin.tenants.get(ACME)).seats.user.limit).toBeNull();
  });

  it("R65: whoever waits and gets a seat in the end is in no list of failures", async () => {
    const { admin, create, rule } = await scene();
    await rule(titled("Boss", { kind: "user" }));
    await create("ana", { title: "Writer" });
    await create("ben", { title: "Boss" });
    await admin.tenants.update(ACME, { seatLimits: { user: 1 } });
    const rules = [writers, titled("Boss", { kind: "reader" })];
    const { simulation } = await admin.roleRules.replace(ACME, { rules, simulate: true });
    expect(simulation?.failures).toEqual([]);
    expect(simulation?.impact).toMatchObject({ changed: 2, failures: {}, waiting: { total: 0 } });
    expect(simulation?.events.map(({ type }) => type)).toContain("account.admitted");
  });

  it("R65: limits that are raised or lifted tell who would be admitted, and nothing else", async () => {
    const { admin, create } = await scene();
    await admin.tenants.update(ACME, { seatLimits: { reader: 1 } });
    for (const userName of ["ana", "ben", "cleo"]) await create(userName);
    const { simulation } = await admin.tenants.update(ACME, { seatLimits: { reader: 2 }, simulate: true });
    expect(simulation?.impact).toMatchObject({ changed: 1, changes: { status: 1, kind: 0 }, waiting: { total: 1 } });
    expect(names(simulation?.impact.admitted.first ?? [])).toEqual(["ben"]);
    const everybody = await admin.explain(ACME, { all: true, seatLimits: { reader: null } });
    expect(names(everybody.admitted.first)).toEqual(["ben", "cleo"]);
  });

  it("R60: whether inactive people keep their seats can be asked before", async () => {
    const { admin, create, directory } = await scene();
    await admin.tenants.update(ACME, { seatLimits: { reader: 1 } });
    await admin.connections.update(ACME, { inactiveHoldsSeat: true });
    const ana = await create("ana");
    await create("ben");
    await directory.patch(`/Users/${ana}`, { op: "replace", path: "active", value: false });
    const settings = { inactiveHoldsSeat: false };
    const { simulation } = await admin.connections.update(ACME, { ...settings, simulate: true });
    expect(names(simulation?.impact.admitted.first ?? [])).toEqual(["ben"]);
    expect(names((await admin.explain(ACME, { all: true, settings })).admitted.first)).toEqual(["ben"]);
  });

  it("R15, R40: settings that change groups, roles and locks of people without a word to them are told too", async () => {
    const { admin, create, directory, person } = await scene();
    const id = await create("ana", { [TEAM]: { isTeamAccount: true }, title: "Writer" });
    await directory.pushGroup("Docs", [id]);
    const at = await person("ana");
    const projected = await admin.connections.update(ACME, { groupProjection: "reader", simulate: true });
    expect(projected.simulation?.impact).toMatchObject({ changed: 1, changes: { groups: 1 } });
    expect(projected.simulation?.total).toBe(0);
    await admin.groups.update(ACME, at.groups[0]?.id ?? "", { role: "Admin" });
    const off = await admin.connections.update(ACME, { scimEnabled: false, simulate: true });
    expect(off.simulation?.impact).toMatchObject({ changed: 1, changes: { locked: 1, managed: 0, role: 0 } });
  });

  it("R98: settings are tried on a person, and on somebody who is yet to come", async () => {
    const { admin, create, person } = await scene();
    await create("ana", { title: "Writer" });
    const { id } = await person("ana");
    const rules = [writers];
    const limited = { rules, seatLimits: { user: 0 } };
    expect(await admin.explain(ACME, { accountId: id, ...limited })).toMatchObject({
      outcome: "changed",
      after: { kind: "user", status: "pending" },
      seat: { state: "waiting", limit: 0 },
      failures: [{ cause: "seat_limit" }],
    });
    const resource = { userName: "new", [TEAM]: { isTeamAccount: true } };
    const settings = { defaultRole: "Guest", onSeatLimit: "reject" } as const;
    expect(await admin.explain(ACME, { resource, settings })).toMatchObject({ after: { role: "Guest" } });
    const refused = admin.explain(ACME, { resource, settings, seatLimits: { user: 0 } });
    expect(await refused).toMatchObject({ outcome: "refused", failures: [{ cause: "seat_limit" }] });
    const owner = admin.explain(ACME, { all: true, settings: { defaultRole: "Owner" } });
    await expect(owner).rejects.toMatchObject({ code: "invalid_request" });
    const without = admin.explain(ACME, { all: true, settings: { defaultUserGroups: ["none"] } });
    await expect(without).rejects.toMatchObject({ code: "invalid_request" });
  });

  it("R98: while SCIM is off an explanation tells what it would be with it, unless that is the question", async () => {
    const { admin, create } = await scene();
    await create("ana", { title: "Writer" });
    await admin.connections.update(ACME, { scimEnabled: false });
    expect(await admin.explain(ACME, { all: true, rules: [writers] })).toMatchObject({
      changes: { kind: 1, locked: 0 },
    });
    const settings = { scimEnabled: true };
    expect(await admin.explain(ACME, { all: true, settings })).toMatchObject({ changes: { locked: 1 } });
    expect((await admin.connections.get(ACME)).scimEnabled).toBe(false);
  });

  it("R115, R103: at a child settings are tried at its parent, and seats are its own", async () => {
    const { admin, create } = await scene();
    await admin.tenants.create({ id: DOCS, parent: ACME, seatLimits: { user: 1 } });
    for (const userName of ["ana", "ben"]) await create(userName, { title: "Writer" });
    await eventually(async () => expect((await admin.tenants.get(DOCS)).seats.reader.used).toBe(2));
    const impact = await admin.explain(DOCS, { all: true, rules: [writers] });
    expect(impact).toMatchObject({ changes: { kind: 2, status: 1 }, failures: { seat_limit: 1 } });
    expect(names(impact.waiting.first)).toEqual(["ben"]);
    const wider = await admin.explain(DOCS, { all: true, rules: [writers], seatLimits: { user: 2 } });
    expect(wider).toMatchObject({ changes: { kind: 2, status: 0 }, waiting: { total: 0 } });
    const { id } = await accountOf({ admin }, DOCS, "ben");
    await admin.roleRules.replace(ACME, { rules: [titled("Nobody", { role: "Guest" })] });
    const one = await admin.explain(DOCS, { accountId: id, rules: [writers], seatLimits: { user: 0 } });
    expect(one).toMatchObject({ after: { status: "pending" }, failures: [{ cause: "seat_limit" }] });
  });

  it("R115: a new child, and one that is unlinked, are foretold", async () => {
    const { admin, create } = await scene();
    for (const userName of ["ana", "ben"]) await create(userName);
    const wanted = { id: DOCS, parent: ACME, seatLimits: { reader: 1 } };
    const { simulation, ...view } = await admin.tenants.create({ ...wanted, simulate: true });
    expect(view).toMatchObject({ id: DOCS, parent: ACME });
    expect(simulation?.impact).toMatchObject({
      examined: 2,
      changed: 2,
      seats: { reader: { before: { used: 0, limit: null }, after: { used: 1, waiting: 1, limit: 1 } } },
    });
    expect(namesIn(simulation?.impact as Impact)).toEqual(["ana created", "ben created"]);
    await expect(admin.tenants.get(DOCS)).rejects.toMatchObject({ code: "not_found" });
    await admin.tenants.create(wanted);
    await eventually(async () => expect((await admin.tenants.get(DOCS)).seats.reader.used).toBe(1));
    const unlinked = await admin.tenants.update(DOCS, { parent: null, simulate: true });
    expect(unlinked.simulation?.impact).toMatchObject({ changes: { managed: 2, locked: 2, status: 0 } });
    expect((await admin.tenants.get(DOCS)).parent).toBe(ACME);
  });

  it("R118: neither a child nor a parent hears what a simulation does at the other", async () => {
    const { admin, create, rule, store } = await scene();
    await admin.tenants.create({ id: DOCS, parent: ACME });
    await create("ana", { title: "Writer" });
    await rule(writers);
    await eventually(async () => expect((await admin.tenants.get(ACME)).children?.[0]?.state).toBe("in_sync"));
    // The parent's people have yet to be looked at again, and nobody has woken up for it.
    await store.transaction({ tenantId: ACME }, async ({ connections, tenants, changes }) => {
      const tenant = await tenants.get(ACME);
      const connection = await connections.get(tenant?.connectionId ?? "");
      if (!connection?.settings) throw new Error("no settings");
      const [one] = connection.settings.roleMapping.rules;
      if (one === undefined) throw new Error("no rule");
      const rules = [{ ...one, then: { kind: "user", role: "Drafter" } } as const];
      const settings = { ...connection.settings, roleMapping: { ...connection.settings.roleMapping, rules } };
      await connections.update({ ...connection, settings, version: connection.version + 1 });
      await changes.advance(ACME, "role-review", "");
    });
    const { id } = await accountOf({ admin }, DOCS, "ana");
    const { simulation } = await admin.accounts.update(DOCS, id, { contentRole: "Editor", simulate: true });
    expect(simulation?.events.map(({ tenant, type }) => `${tenant} ${type}`)).toEqual([
      `${DOCS} account.updated`,
      `${DOCS} account.updated`,
    ]);
    const atParent = await admin.accounts.update(ACME, id, { contentRole: "Editor", simulate: true });
    expect(new Set(atParent.simulation?.events.map(({ tenant }) => tenant))).toEqual(new Set([ACME]));
    const hand = await admin.accounts.create(ACME, { userName: "hand", kind: "user" });
    const gone = await admin.accounts.delete(ACME, hand.id, { simulate: true });
    expect(gone.simulation?.events).toMatchObject([{ tenant: ACME, type: "account.deleted" }]);
  });

  it("R113: what archiving would do is told, also with children that are detached first", async () => {
    const { admin, create, directory } = await scene();
    await admin.accounts.create(ACME, { userName: "olga", kind: "user", role: "Owner" });
    const ana = await create("ana", { [TEAM]: { isTeamAccount: true } });
    await directory.pushGroup("Docs", [ana]);
    await admin.tenants.create({ id: DOCS, parent: ACME });
    // While the child reads through, it needs her.
    await admin.accounts.update(DOCS, (await accountOf({ admin }, DOCS, "ana")).id, { role: "Owner" });
    const options = { children: "detach", simulate: true } as const;
    const impactOf = async (mode: "purge" | "deactivateAccounts" | "detachAccounts") =>
      (await admin.connections.archive(ACME, { mode, ...options })).simulation?.impact;
    expect(await impactOf("purge")).toMatchObject({ changed: 1, people: [{ outcome: "removed", after: null }] });
    expect(await impactOf("deactivateAccounts")).toMatchObject({ changes: { status: 1, locked: 1, managed: 0 } });
    expect(await impactOf("detachAccounts")).toMatchObject({ changes: { status: 0, managed: 1 } });
    const clash = admin.connections.archive(ACME, { mode: "purge", simulate: true });
    await expect(clash).rejects.toMatchObject({ code: "parent_has_children" });
    expect((await admin.tenants.get(DOCS)).parent).toBe(ACME);
    await admin.connections.archive(ACME, { mode: "deactivateAccounts", children: "detach" });
    await eventually(async () => expect((await admin.connections.get(ACME)).archive?.state).toBe("archived"));
    const { simulation } = await admin.connections.restore(ACME, { simulate: true });
    expect(simulation?.impact).toMatchObject({ changes: { status: 1 }, people: [{ after: { status: "active" } }] });
    expect((await admin.connections.get(ACME)).archive?.state).toBe("archived");
  });

  it("R28, R38: writes of groups tell whose role and groups would change", async () => {
    const { admin, create, person } = await scene();
    await create("ana", { [TEAM]: { isTeamAccount: true } });
    const { id } = await person("ana");
    const tried = { simulate: true } as const;
    const made = await admin.groups.create(ACME, { name: "Docs", kind: "user", role: "Editor", ...tried });
    expect(made).toMatchObject({
      name: "Docs",
      simulation: { impact: { changed: 0 }, events: [{ type: "group.created" }] },
    });
    expect((await admin.groups.list(ACME)).items).toEqual([]);
    const group = await admin.groups.create(ACME, { name: "Docs", kind: "user", role: "Editor" });
    const impactOf = ({ simulation }: Awaited<ReturnType<Admin["groups"]["delete"]>>) => simulation?.impact.changes;
    expect(impactOf(await admin.groups.addMember(ACME, group.id, id, tried))).toMatchObject({ role: 1, groups: 1 });
    expect((await person("ana")).groups).toEqual([]);
    expect(await admin.groups.addMember(ACME, group.id, id)).toEqual({});
    expect(impactOf(await admin.groups.update(ACME, group.id, { role: "Admin", ...tried }))).toMatchObject({
      role: 1,
      groups: 0,
    });
    expect(impactOf(await admin.groups.removeMember(ACME, group.id, id, tried))).toMatchObject({ role: 1, groups: 1 });
    expect(impactOf(await admin.groups.delete(ACME, group.id, tried))).toMatchObject({ role: 1, groups: 1 });
    expect(await person("ana")).toMatchObject({ role: "Editor", groups: [{ id: group.id }] });
    const twice = admin.groups.create(ACME, { name: "DOCS", kind: "user", ...tried });
    await expect(twice).rejects.toMatchObject({ code: "already_exists" });
  });

  it("I41: rules that are made to cost as much as they may are given up, and nothing is left", async () => {
    const { admin, create } = await scene();
    for (const userName of ["ana", "ben"]) await create(userName, { title: "Writer" });
    let now = 0;
    const clock = vi.spyOn(performance, "now").mockImplementation(() => {
      now += 10_000;
      return now;
    });
    const { replace } = admin.roleRules;
    const tried = replace(ACME, { rules: [writers], simulate: true });
    await expect(tried).rejects.toMatchObject({ code: "dry_run_too_long", hint: expect.stringContaining("limit") });
    clock.mockRestore();
    expect((await admin.roleRules.get(ACME)).rules).toEqual([]);
    expect((await replace(ACME, { rules: [writers], simulate: true })).simulation?.impact.changed).toBe(2);
  });

  it("R98: what decided is told in short", async () => {
    const { admin, create } = await scene();
    const title = `Writer ${"x".repeat(5000)}`;
    await create("ana", { title, name: { familyName: "y".repeat(5000) } });
    const when = { attribute: { path: "title", startsWith: "Writer" } };
    const rules: readonly NewRoleRule[] = [
      { when, then: { kind: "user" } },
      { when: { attribute: { path: "name", present: true } }, then: { role: "Editor" } },
      titled("Nobody", { role: "Guest" }),
    ];
    const { people } = await admin.explain(ACME, { all: true, rules });
    const seen = people[0]?.trace.rules.map((rule) => rule.seen);
    expect(seen).toEqual([[`${title.slice(0, 100)}…`], [expect.stringMatching(/^\{"familyName":"y+…$/)]]);
  });

  it("R98: no more people are looked at than were asked for, and each once", async () => {
    const { admin, create } = await scene();
    for (let n = 100; n < 220; n += 1) await create(`p${n}`, { title: "Writer" });
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const impact: Impact = await admin.explain(ACME, { all: true, rules: [writers], limit: 50, cursor });
      expect(impact.examined).toBeLessThanOrEqual(50);
      seen.push(...names(impact.people.map(({ account }) => account)));
      cursor = impact.nextCursor;
    } while (cursor !== undefined);
    expect(seen).toEqual(Array.from({ length: 120 }, (_, n) => `p${n + 100}`));
    const listed = await admin.accounts.list(ACME, { limit: 1 });
    const foreign = admin.explain(ACME, { all: true, cursor: listed.nextCursor });
    await expect(foreign).rejects.toMatchObject({ code: "invalid_request" });
    const whole = await admin.explain(ACME, { all: true, rules: [writers] });
    expect(whole).toMatchObject({ examined: 120, changed: 120 });
    expect(whole.people).toHaveLength(100);
    expect(whole.nextCursor).toBeUndefined();
  });
}
