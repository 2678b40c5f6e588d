import { describe, expect, it } from "vitest";
import { ANSWERS } from "../../src/http/answers/answers.ts";
import type { NewRoleRule } from "../../src/index.ts";
import { ACME, type Scene, start, titled } from "../role-rule/scene.ts";
import { eventually } from "./harness.ts";

const TEAM = "urn:ietf:params:scim:schemas:extension:document360:2.0:User";
const writers: NewRoleRule = titled("Writer", { kind: "user", role: "Editor" }, { id: "writers", name: "Writers" });

/** Everything that a dry run must leave alone. */
async function stateOf({ admin, store }: Scene): Promise<unknown> {
  return {
    feed: await store.transaction({ tenantId: ACME }, ({ changes }) => changes.last(ACME)),
    tenant: await admin.tenants.get(ACME),
    accounts: await admin.accounts.list(ACME, { limit: 500 }),
    groups: await admin.groups.list(ACME),
    rules: await admin.roleRules.get(ACME),
    audit: await admin.audit.list(ACME, { limit: 500 }),
    syncEvents: await admin.syncEvents.list(ACME, { limit: 500 }),
    failures: await admin.syncFailures.list(ACME, { limit: 500 }),
  };
}

/** Asks, and asserts that asking changed nothing, and has nothing to tell. */
async function ask<Answer>(scene: Scene, question: () => Promise<Answer>): Promise<Answer> {
  const before = await stateOf(scene);
  const answer = await question();
  expect(await stateOf(scene)).toEqual(before);
  return answer;
}

describe("explain, of a person", () => {
  it("I41, R15: tells what a push would do, why, and what every branch of an expression came to", async () => {
    const scene = await start();
    const expression = 'Switch([title], "False", "Writer", "True")';
    await scene.rule({ id: "staff", when: { expression }, then: { kind: "user" } }, { ...writers, priority: 9 });
    const resource = { userName: "mira@acme.test", title: "Writer", emails: [{ value: "mira@acme.test" }] };
    const explained = await ask(scene, () => scene.admin.explain(ACME, { resource }));
    expect(explained).toMatchObject({
      outcome: "created",
      before: null,
      after: { kind: "user", role: "Editor", roleSource: "rule", status: "active" },
      kindSource: "rule",
      seat: { kind: "user", state: "held", used: 1, limit: null },
      failures: [],
      link: { by: null, account: null },
    });
    expect(explained.link.considered.map(({ by }) => by)).toEqual(["externalId", "userName", "retained", "email"]);
    const [staff, byTitle] = explained.trace.rules;
    expect(staff).toMatchObject({
      rule: "staff",
      matched: true,
      seen: ["True"],
      decides: ["kind"],
      branches: {
        source: expression,
        taken: true,
        children: expect.arrayContaining([expect.objectContaining({ source: "[title]" })]),
      },
    });
    expect(byTitle).toMatchObject({ rule: "writers", name: "Writers", seen: ["Writer"], decides: ["role"] });
    await scene.create("mira@acme.test", resource);
    const { kind, role, roleSource, status } = await scene.person("mira@acme.test");
    expect(explained.after).toMatchObject({ kind, role, roleSource, status });
  });

  it("R14: names the directory's own word as what decides the kind", async () => {
    const scene = await start();
    const resource = { userName: "mira", [TEAM]: { isTeamAccount: "True", isTeamAcount: true } };
    const { kindSource, after, unknownAttributes } = await ask(scene, () => scene.admin.explain(ACME, { resource }));
    expect([kindSource, after?.kind]).toEqual(["directory", "user"]);
    expect(unknownAttributes).toEqual([`${TEAM}:isTeamAcount`]);
  });

  it("R64, R66: tells which failure would be listed", async () => {
    const scene = await start();
    await scene.admin.accounts.create(ACME, { userName: "m", email: "mira@acme.test", kind: "user" });
    const emails = [{ value: "mira@acme.test" }];
    const taken = await ask(scene, () => scene.admin.explain(ACME, { resource: { userName: "mira", emails } }));
    expect(taken).toMatchObject({
      outcome: "refused",
      after: null,
      failures: [{ cause: "duplicate", subject: "mira" }],
    });
    const invalid = await ask(scene, () =>
      scene.admin.explain(ACME, { resource: { userName: "mira", active: "perhaps" } }),
    );
    expect(invalid).toMatchObject({ outcome: "refused", failures: [{ cause: "validation" }] });
  });

  it("R65: tells of a seat that would be waited for", async () => {
    const scene = await start();
    await scene.admin.tenants.update(ACME, { seatLimits: { user: 0 } });
    const resource = { userName: "mira", [TEAM]: { isTeamAccount: true } };
    expect(await ask(scene, () => scene.admin.explain(ACME, { resource }))).toMatchObject({
      after: { status: "pending" },
      seat: { kind: "user", state: "waiting", used: 0, limit: 0 },
      failures: [{ cause: "seat_limit" }],
    });
    await scene.admin.connections.update(ACME, { onSeatLimit: "reject" });
    const refused = await ask(scene, () => scene.admin.explain(ACME, { resource }));
    expect(refused).toMatchObject({ outcome: "refused", after: null, failures: [{ cause: "seat_limit" }] });
  });

  it("R57, I3: tells whom a resource is taken for, by which key", async () => {
    const scene = await start();
    const id = await scene.create("mira@acme.test", { externalId: "x-1" });
    const { id: account } = await scene.person("mira@acme.test");
    const linkOf = async (resource: object) =>
      (await ask(scene, () => scene.admin.explain(ACME, { resource: { ...resource } }))).link;
    expect(await linkOf({ userName: "other", externalId: "x-1" })).toMatchObject({ by: "externalId", account });
    expect(await linkOf({ userName: "MIRA@acme.test" })).toMatchObject({ by: "userName", account });
    await scene.directory.request("DELETE", `/Users/${id}`);
    expect(await linkOf({ userName: "mira@acme.test" })).toMatchObject({ by: "retained", account });
    await scene.admin.connections.update(ACME, { verifiedDomains: ["acme.test"] });
    const made = await scene.admin.accounts.create(ACME, { userName: "n", email: "noor@acme.test", kind: "user" });
    const resource = { userName: "noor", emails: [{ value: "noor@acme.test" }] };
    expect(await linkOf(resource)).toMatchObject({ by: "email", account: made.id });
  });

  it("tries rules that were not saved on somebody, and says what stays", async () => {
    const scene = await start();
    await scene.create("mira@acme.test", { title: "Writer" });
    const { id } = await scene.person("mira@acme.test");
    const tried = await ask(scene, () => scene.admin.explain(ACME, { accountId: id, rules: [writers] }));
    expect(tried).toMatchObject({
      outcome: "changed",
      before: { kind: "reader" },
      after: { kind: "user", role: "Editor" },
    });
    const same = await ask(scene, () => scene.admin.explain(ACME, { accountId: id }));
    expect(same).toMatchObject({ outcome: "unchanged", kindSource: "kept", trace: { rules: [] } });
    const made = await scene.admin.accounts.create(ACME, { userName: "hand", kind: "user" });
    const local = await ask(scene, () => scene.admin.explain(ACME, { accountId: made.id, rules: [writers] }));
    expect(local).toMatchObject({ outcome: "unchanged", trace: { rules: [], directory: [] } });
    await expect(scene.admin.explain(ACME, { accountId: "nobody" })).rejects.toMatchObject({ code: "not_found" });
    const rules = [{ when: { expression: "Nope()" }, then: { kind: "user" } }] as const;
    await expect(scene.admin.explain(ACME, { accountId: id, rules })).rejects.toMatchObject({
      code: "invalid_request",
    });
  });

  it("I1: tells that the last owner would stay", async () => {
    const scene = await start();
    await scene.create("olga@acme.test", { title: "Writer", [TEAM]: { isTeamAccount: true } });
    const { id } = await scene.person("olga@acme.test");
    await scene.admin.accounts.update(ACME, id, { role: "Owner" });
    const explained = await ask(scene, () => scene.admin.explain(ACME, { accountId: id, rules: [writers] }));
    expect(explained).toMatchObject({ after: { role: "Owner" }, failures: [{ cause: "last_owner" }] });
    const everybody = await ask(scene, () => scene.admin.explain(ACME, { all: true, rules: [writers] }));
    expect(everybody).toMatchObject({
      changed: 0,
      refused: 1,
      failures: { last_owner: 1 },
      people: [{ outcome: "refused", failures: [{ cause: "last_owner" }], kindSource: "directory" }],
    });
  });

  it("R103: at a child asks about its accounts; people are pushed to its parent", async () => {
    const scene = await start();
    await scene.admin.tenants.create({ id: "acme-docs", parent: ACME });
    await scene.rule(writers);
    await scene.create("mira@acme.test", { title: "Writer" });
    const { id } = await scene.person("mira@acme.test");
    await scene.admin.accounts.update("acme-docs", id, { role: "Guest" });
    const explained = await ask(scene, () => scene.admin.explain("acme-docs", { accountId: id }));
    expect(explained).toMatchObject({
      after: { role: "Guest", roleSource: "local" },
      trace: { rules: [{ matched: true }] },
    });
    await expect(scene.admin.explain("acme-docs", { resource: { userName: "m" } })).rejects.toMatchObject({
      code: "inherited_read_only",
    });
    expect(await scene.admin.explain("acme-docs", { all: true, rules: [] })).toMatchObject({ examined: 1, changed: 0 });
  });
});

describe("explain, of everybody", () => {
  it("R25: tells how many people would change, and exactly those do", async () => {
    const scene = await start();
    for (let number = 0; number < 30; number += 1) {
      await scene.create(`p${number}@acme.test`, { title: number % 3 === 0 ? "Writer" : "Driver" });
    }
    const impact = await ask(scene, () => scene.admin.explain(ACME, { all: true, rules: [writers] }));
    expect(impact).toMatchObject({
      examined: 30,
      changed: 10,
      changes: { kind: 10, role: 10, status: 0 },
      seats: {
        user: { before: { used: 0 }, after: { used: 10 } },
        reader: { before: { used: 30 }, after: { used: 20 } },
      },
    });
    expect(impact.people[0]).toMatchObject({
      account: { userName: "p0@acme.test" },
      before: { kind: "reader", role: null },
      after: { kind: "user", role: "Editor" },
      outcome: "changed",
      failures: [],
      kindSource: "rule",
      trace: { rules: [{ rule: "writers", seen: ["Writer"], decides: ["kind", "role"] }] },
    });
    await scene.rule(writers);
    expect((await scene.admin.accounts.list(ACME, { kind: "user" })).items).toHaveLength(10);
    expect(await scene.admin.explain(ACME, { all: true })).toMatchObject({ examined: 30, changed: 0 });
  });

  it("goes through a big tenant in calls of bounded work, and over pages of its own", async () => {
    const scene = await start();
    for (let number = 0; number < 450; number += 1) await scene.create(`p${number}@acme.test`, { title: "Writer" });
    const first = await scene.admin.explain(ACME, { all: true, rules: [writers], limit: 300 });
    expect(first).toMatchObject({ examined: 300, changed: 300, seats: { user: { after: { used: 300 } } } });
    expect(first.people).toHaveLength(100);
    const cursor = first.nextCursor;
    const second = await scene.admin.explain(ACME, { all: true, rules: [writers], cursor });
    expect(second).toMatchObject({ examined: 150, changed: 150 });
    expect(second.nextCursor).toBeUndefined();
  });
});

describe("simulate", () => {
  it("I39: a simulated change of rules answers as the real one, tells the impact, and writes nothing", async () => {
    const scene = await start();
    await scene.create("mira@acme.test", { title: "Writer" });
    const answer = await ask(scene, () => scene.admin.roleRules.replace(ACME, { rules: [writers], simulate: true }));
    expect(answer).toMatchObject({
      version: 1,
      rules: [{ id: "writers" }],
      simulation: { impact: { examined: 1, changed: 1 } },
    });
    expect((await scene.admin.roleRules.get(ACME)).version).toBe(0);
  });

  it("R65: a simulated limit tells who would be admitted", async () => {
    const scene = await start();
    await scene.admin.tenants.update(ACME, { seatLimits: { reader: 1 } });
    await scene.create("mira@acme.test");
    await scene.create("noor@acme.test");
    const change = { seatLimits: { reader: 2 }, simulate: true };
    const { seats, simulation } = await ask(scene, () => scene.admin.tenants.update(ACME, change));
    expect(seats.reader).toEqual({ used: 2, limit: 2 });
    const { id } = await scene.person("noor@acme.test");
    expect(simulation).toMatchObject({ total: 1, events: [{ type: "account.admitted", account: id }], failures: [] });
  });

  it("simulated writes of accounts and settings refuse what the real ones refuse, and write as little", async () => {
    const scene = await start();
    const wanted = { userName: "hand", kind: "user", simulate: true } as const;
    expect(await ask(scene, () => scene.admin.accounts.create(ACME, wanted))).toMatchObject({
      userName: "hand",
      role: "Contributor",
      simulation: { events: [{ type: "account.created" }] },
    });
    const { id } = await scene.admin.accounts.create(ACME, { userName: "hand", kind: "user" });
    const changed = await ask(scene, () => scene.admin.accounts.update(ACME, id, { role: "Admin", simulate: true }));
    expect(changed.simulation?.events[0]?.changes).toEqual([{ path: "role", from: "Contributor", to: "Admin" }]);
    await ask(scene, () => scene.admin.accounts.delete(ACME, id, { simulate: true }));
    await ask(scene, () => scene.admin.connections.update(ACME, { defaultRole: "Guest", simulate: true }));
    expect((await scene.admin.connections.get(ACME)).defaultRole).toBe("Contributor");
    const twice = { userName: "HAND", kind: "user", simulate: true } as const;
    await expect(scene.admin.accounts.create(ACME, twice)).rejects.toMatchObject({ code: "already_exists" });
    await scene.create("mira@acme.test");
    const { id: managed } = await scene.person("mira@acme.test");
    const rename = scene.admin.accounts.update(ACME, managed, { name: "M", simulate: true });
    await expect(rename).rejects.toMatchObject({ code: "managed_by_idp" });
  });

  it("contract 5: all of it over HTTP, in the shapes that are described", async () => {
    const scene = await start();
    const { api } = scene;
    await scene.create("mira@acme.test", { title: "Writer" });
    const { id } = await scene.person("mira@acme.test");
    const expectShape = (name: "Explanation" | "RoleRules" | "Account" | "Tried", value: unknown) => {
      const { data, error } = ANSWERS[name].safeParse(value);
      expect(error?.issues).toBeUndefined();
      expect(data).toEqual(value);
    };
    const expression = { when: { expression: "IsPresent([title])" }, then: { role: "Admin" } };
    const rules = [writers, expression];
    for (const question of [
      { all: true, rules },
      { accountId: id, rules },
      { resource: { userName: "m" }, rules },
    ]) {
      const { status, body } = await api("POST", "/tenants/acme/explain", question);
      expect(status).toBe(200);
      expectShape("Explanation", body);
    }
    expect((await api("POST", "/tenants/acme/explain", {})).status).toBe(400);
    expect((await api("POST", "/tenants/acme/explain", { all: true, accountId: id })).status).toBe(400);
    const put = await api("PUT", "/tenants/acme/role-rules", { rules, simulate: true });
    expectShape("RoleRules", put.body);
    expect(put.body.simulation.impact.changed).toBe(1);
    const patch = await api("PATCH", `/tenants/acme/accounts/${id}`, { suspended: true, simulate: true });
    expectShape("Account", patch.body);
    expect(patch.body).toMatchObject({ suspended: true, simulation: { total: 1 } });
    expect((await scene.person("mira@acme.test")).suspended).toBe(false);
    const made = await scene.admin.accounts.create(ACME, { userName: "hand", kind: "user" });
    const gone = await api("DELETE", `/tenants/acme/accounts/${made.id}?simulate=true`);
    expect(gone).toMatchObject({ status: 200, body: { simulation: { impact: { changed: 1 } } } });
    expectShape("Tried", gone.body);
    expect((await api("GET", `/tenants/acme/accounts/${made.id}`)).status).toBe(200);
    expect((await api("DELETE", `/tenants/acme/accounts/${made.id}?simulate=yes`)).status).toBe(400);
    await eventually(async () => expect((await scene.admin.roleRules.get(ACME)).version).toBe(0));
  });
});
