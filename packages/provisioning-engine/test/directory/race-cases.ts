/** Requests that meet: whatever order they end in, nothing is lost, doubled or left behind. On any store. */
import { expect, it } from "vitest";
import type { ProvisioningOptions, Store } from "../../src/index.ts";
import { accountOf, connect, eventually, startWorld } from "../admin/harness.ts";

const KIND = "urn:ietf:params:scim:schemas:extension:document360:2.0:User";

async function start(options: Partial<ProvisioningOptions>, seatLimits: { user?: number; reader?: number } = {}) {
  const world = startWorld(options);
  const { admin } = world;
  await admin.tenants.create({ id: "acme", seatLimits });
  const directory = await connect(world, "acme");
  const set = (id: string, path: string, value: unknown) =>
    directory.patch(`/Users/${id}`, { op: "replace", path, value });
  const join = (group: string, value: string) =>
    directory.patch(`/Groups/${group}`, { op: "add", path: "members", value: [{ value }] });
  const statuses = async (tenant = "acme") =>
    Object.fromEntries((await admin.accounts.list(tenant)).items.map(({ userName, status }) => [userName, status]));
  return { ...world, world, directory, set, join, statuses };
}

const statusOf = ({ status }: { readonly status: number }) => status;

export function raceCases(newStore: () => Store | Promise<Store>): void {
  it("I35: all of many PATCHes of one person survive, each with an entry of its own", async () => {
    const { admin, directory, set } = await start({ store: await newStore() });
    const id = await directory.push({ userName: "ada", team: true });
    const paths = ["title", "nickName", "displayName", "preferredLanguage", "locale", "timezone"];
    const before = (await admin.audit.list("acme")).items.length;
    const answers = await Promise.all(paths.map((path) => set(id, path, "xx")));
    expect(answers.map(statusOf)).toEqual(paths.map(() => 200));
    const { body } = await directory.request("GET", `/Users/${id}`);
    for (const path of paths) expect(body[path]).toBe("xx");
    expect(body.meta.version).toBe(`W/"${paths.length + 1}"`);
    expect((await admin.audit.list("acme")).items.length).toBe(before + paths.length);
  });

  it("I35: of many PATCHes that name one version, one is done", async () => {
    const { directory, send } = await start({ store: await newStore() });
    const id = await directory.push({ userName: "ada" });
    const { headers, body } = await directory.request("GET", `/Users/${id}`);
    const path = new URL(body.meta.location).pathname.replace("/provisioning", "");
    const patch = (title: string) =>
      send(path, {
        method: "PATCH",
        headers: {
          authorization: `Bearer ${directory.token}`,
          "content-type": "application/scim+json",
          "if-match": headers.get("etag") ?? "",
        },
        body: JSON.stringify({
          schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
          Operations: [{ op: "replace", path: "title", value: title }],
        }),
      });
    const answers = await Promise.all(["a", "b", "c", "d"].map(patch));
    expect(answers.map(statusOf).toSorted()).toEqual([200, 412, 412, 412]);
  });

  it("R37, R58: somebody who is deleted while groups take them in is in none of them afterwards", async () => {
    const { admin, world, directory, join } = await start({ store: await newStore() });
    const id = await directory.push({ userName: "ada", team: true });
    const groups = await Promise.all(["A", "B", "C"].map((name) => directory.pushGroup(name, [])));
    const requests = [
      ...groups.map((group) => join(group, id)),
      directory.request("DELETE", `/Users/${id}`),
      ...groups.map((group) => join(group, id)),
    ];
    const answers = (await Promise.all(requests)).map(statusOf);
    expect(answers).toEqual([200, 200, 200, 204, 200, 200, 200]);
    for (const group of groups) {
      expect((await directory.request("GET", `/Groups/${group}`)).body.members).toBeUndefined();
    }
    expect((await accountOf(world, "acme", "ada")).groups).toEqual([]);
    const events = (await admin.events.list("acme", { limit: 500 })).items;
    const joined = events.filter(({ type }) => type === "group.members_added").length;
    expect(events.filter(({ type }) => type === "group.members_removed")).toHaveLength(joined);
  });

  it("R57: somebody who is deleted and pushed again at the same time exists once, with one account", async () => {
    const { admin, directory } = await start({ store: await newStore() });
    const id = await directory.push({ userName: "ada" });
    const body = { schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"], userName: "ada" };
    const answers = await Promise.all([
      directory.request("POST", "/Users", body),
      directory.request("DELETE", `/Users/${id}`),
      directory.request("POST", "/Users", body),
      directory.request("POST", "/Users", body),
    ]);
    const made = answers.filter(({ status }) => status === 201).length;
    expect([made, answers.filter(({ status }) => status === 409).length]).toEqual([1, 2]);
    const { items } = await admin.accounts.list("acme");
    expect(items).toMatchObject([{ userName: "ada", status: "active" }]);
    expect((await directory.request("GET", "/Users")).body.totalResults).toBe(1);
  });

  it("I1: of two owners who are deactivated at the same time, one stays", async () => {
    const { admin, world, directory, set, statuses } = await start({ store: await newStore() });
    const ids = await Promise.all(["ada", "bob"].map((userName) => directory.push({ userName, team: true })));
    for (const name of ["ada", "bob"]) {
      await admin.accounts.update("acme", (await accountOf(world, "acme", name)).id, { role: "Owner" });
    }
    const answers = await Promise.all(ids.map((id) => set(id, "active", false)));
    expect(answers.map(statusOf).toSorted()).toEqual([200, 403]);
    expect(Object.values(await statuses()).toSorted()).toEqual(["active", "inactive"]);
  });

  it("I1: of two owners, one demoted by hand and one turned reader at the same time, one stays", async () => {
    const { admin, world, directory, set } = await start({ store: await newStore() });
    const [ada] = [
      await directory.push({ userName: "ada", team: true }),
      await directory.push({ userName: "bob", team: true }),
    ];
    for (const name of ["ada", "bob"]) {
      await admin.accounts.update("acme", (await accountOf(world, "acme", name)).id, { role: "Owner" });
    }
    const bob = (await accountOf(world, "acme", "bob")).id;
    const [pushed, edited] = await Promise.allSettled([
      set(ada, `${KIND}:isTeamAccount`, false).then(({ status }) => {
        if (status !== 200) throw new Error(String(status));
      }),
      admin.accounts.update("acme", bob, { role: "Editor" }),
    ]);
    expect([pushed.status, edited.status].toSorted()).toEqual(["fulfilled", "rejected"]);
    const owners = (await admin.accounts.list("acme")).items.filter(({ role }) => role === "Owner");
    expect(owners).toHaveLength(1);
  });

  it("I14, I15: conversions in both directions at the limit keep to it, and the count is that of the accounts", async () => {
    const { admin, directory, set, statuses } = await start({ store: await newStore() }, { user: 3, reader: 3 });
    const people = Array.from({ length: 6 }, (_, number) => ({ userName: `p${number}`, team: number < 3 }));
    const ids: string[] = [];
    for (const person of people) ids.push(await directory.push(person));
    await Promise.all(ids.map((id, number) => set(id, `${KIND}:isTeamAccount`, number >= 3)));
    const { items } = await admin.accounts.list("acme");
    const active = (kind: string) =>
      items.filter((account) => account.kind === kind && account.status === "active").length;
    const { seats } = await admin.tenants.get("acme");
    expect(seats).toEqual({ user: { used: active("user"), limit: 3 }, reader: { used: active("reader"), limit: 3 } });
    expect([active("user"), active("reader")]).toEqual([3, 3]);
    expect(Object.values(await statuses())).not.toContain("inactive");
  });

  it("I18, R5: whatever is pushed while SCIM is switched off was done, or refused", async () => {
    const { admin, directory, statuses } = await start({ store: await newStore() });
    const names = Array.from({ length: 10 }, (_, number) => `p${number}`);
    const [, ...answers] = await Promise.all([
      admin.connections.update("acme", { scimEnabled: false }),
      ...names.map((userName) =>
        directory.push({ userName }).then(
          () => userName,
          () => null,
        ),
      ),
    ]);
    expect(Object.keys(await statuses()).toSorted()).toEqual(answers.filter((name) => name !== null).toSorted());
  });

  it("R114, I30: whoever is pushed while a child is unlinked is there once, or not", async () => {
    const { admin, directory, statuses } = await start({ store: await newStore() });
    await admin.tenants.create({ id: "docs", parent: "acme" });
    await directory.push({ userName: "first" });
    const names = Array.from({ length: 6 }, (_, number) => `p${number}`);
    await Promise.all([
      ...names.slice(0, 3).map((userName) => directory.push({ userName })),
      admin.tenants.update("docs", { parent: null }),
      ...names.slice(3).map((userName) => directory.push({ userName })),
    ]);
    const kept = Object.keys(await statuses("docs"));
    expect(kept).toContain("first");
    await directory.push({ userName: "last" });
    await eventually(async () => {
      const created = (await admin.events.list("docs", { types: ["account.created"] })).items;
      expect(created.map((event) => ("account" in event ? event.account.userName : "")).toSorted()).toEqual(
        kept.toSorted(),
      );
    });
    expect(Object.keys(await statuses("docs"))).toEqual(kept);
  });

  it("R51: whoever is pushed while the connection is archived is inactive too, or was refused", async () => {
    const { admin, directory, statuses } = await start({ store: await newStore() });
    const names = Array.from({ length: 8 }, (_, number) => `p${number}`);
    await directory.push({ userName: "first" });
    await Promise.allSettled([
      ...names.slice(0, 4).map((userName) => directory.push({ userName })),
      admin.connections.archive("acme", { mode: "deactivateAccounts" }),
      ...names.slice(4).map((userName) => directory.push({ userName })),
    ]);
    await eventually(async () => expect((await admin.connections.get("acme")).archive?.state).toBe("archived"));
    expect(await statuses()).toHaveProperty("first");
    for (const status of Object.values(await statuses())) expect(status).toBe("inactive");
  });
}
