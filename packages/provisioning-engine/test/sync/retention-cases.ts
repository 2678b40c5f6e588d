/** How long things are kept, on any store. */
import { expect, it, vi } from "vitest";
import type { RetentionOptions, Store } from "../../src/index.ts";
import { LISTENERS } from "../../src/sync/consumer.ts";
import { trimTenant } from "../../src/sync/retention.ts";
import { connect, eventually, startWorld } from "../admin/harness.ts";
import { ACME, connectionOf, openWorld } from "../harness.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

async function start(store: Store, options: RetentionOptions = {}) {
  const world = await openWorld({ store });
  const days = (count: number) => {
    world.time.now = new Date(world.time.now.getTime() + count * DAY_MS);
  };
  const trim = () => trimTenant(world.context, options, ACME);
  const counts = async () => {
    const { length: events } = await world.events();
    const { length: log } = await world.syncEvents();
    return { events, log, audit: (await world.audit()).length };
  };
  const listened = () =>
    world.tx(async ({ changes }) => changes.advance(ACME, LISTENERS, (await changes.last(ACME)) ?? ""));
  return { ...world, days, trim, counts, listened };
}

export function retentionCases(newStore: () => Store | Promise<Store>): void {
  it("keeps events for 30 days, the sync log for 90, the audit log for ever", async () => {
    const { create, days, trim, counts, listened } = await start(await newStore());
    await create({ userName: "ada" });
    await listened();
    days(30);
    await trim();
    expect(await counts()).toEqual({ events: 1, log: 1, audit: 1 });
    days(1);
    await trim();
    expect(await counts()).toEqual({ events: 0, log: 1, audit: 1 });
    days(60);
    await trim();
    expect(await counts()).toEqual({ events: 0, log: 0, audit: 1 });
    days(10_000);
    await trim();
    expect(await counts()).toEqual({ events: 0, log: 0, audit: 1 });
  });

  it("keeps them as long as the host says", async () => {
    const { create, days, trim, counts } = await start(await newStore(), {
      eventDays: 2,
      unreadEventDays: 1,
      syncEventDays: 3,
      auditDays: 4,
    });
    await create({ userName: "ada" });
    const left: unknown[] = [];
    for (let day = 0; day < 4; day++) {
      days(1.1);
      await trim();
      left.push(Object.values(await counts()));
    }
    // That the listeners had not read the event is one more entry of the audit log.
    expect(left).toEqual([
      [1, 1, 1],
      [0, 1, 2],
      [0, 0, 2],
      [0, 0, 1],
    ]);
  });

  it("J27: what a child or a listener has not read waits for it, for 90 days at most", async () => {
    const { create, days, trim, events, addChild, project, listened, accounts } = await start(await newStore());
    await addChild("docs");
    await create({ userName: "ada" });
    await listened();
    days(31);
    await trim();
    expect(await events()).toHaveLength(1);
    await project();
    expect((await accounts("docs")).map(({ userName }) => userName)).toEqual(["ada"]);
    await trim();
    expect(await events()).toEqual([]);
    await create({ userName: "bob" });
    days(91);
    await trim();
    expect(await events()).toEqual([]);
  });

  it("R69: keeps resolved failures for 90 days, and open ones for as long as they are open", async () => {
    const { create, remove, failures, days, trim, limit } = await start(await newStore());
    await limit({ reader: 0 });
    const { id } = await create({ userName: "ada" });
    await create({ userName: "bob" });
    await remove(id);
    const known = async () => (await failures()).map(({ subject }) => subject.key).toSorted();
    days(90);
    await trim();
    expect(await known()).toEqual(["ada", "bob"]);
    days(1);
    await trim();
    expect(await known()).toEqual(["bob"]);
    days(10_000);
    await trim();
    expect(await known()).toEqual(["bob"]);
  });

  it("tells once that a listener has missed events, and again after it has read", async () => {
    const { create, days, trim, audit, errors, listened } = await start(await newStore());
    const missed = async () => (await audit()).filter(({ action }) => action === "events.missed");
    for (const [told, reads] of [
      [1, false],
      [1, true],
      [2, false],
      [2, false],
    ] as const) {
      await create({ userName: `person-${(await audit()).length}` });
      if (reads) await listened();
      days(91);
      await trim();
      expect([await missed(), errors]).toMatchObject([{ length: told }, { length: told }]);
    }
    expect((await missed())[0]).toMatchObject({
      actor: { type: "job", id: "retention" },
      subject: { type: "consumer", id: "listeners" },
    });
  });

  it("I28: a child that has missed changes goes through its people again, and hears of nobody twice", async () => {
    const { create, patch, days, trim, audit, addChild, project, listened, tx, accounts, news } = await start(
      await newStore(),
    );
    await create({ userName: "ada", team: true });
    await addChild("docs", { user: 1 });
    await project();
    await news("docs");
    const ada = await accounts();
    const [{ id } = { id: "" }] = await tx((t) =>
      t.users.find({ connectionId: connectionOf(ACME), lookups: [], limit: 9 }),
    );
    await patch(id, { op: "replace", path: "active", value: false });
    await create({ userName: "bob", team: true });
    await listened();
    days(91);
    await trim();
    await project();
    expect(ada).toHaveLength(1);
    const statuses = (await accounts("docs")).map(({ userName, status }) => `${userName} ${status}`);
    expect(statuses).toEqual(["ada inactive", "bob active"]);
    expect(await news("docs")).toEqual([]);
    for (const tenant of [ACME, "docs"]) {
      expect((await audit(tenant))[0]).toMatchObject({ action: "events.missed", subject: { id: "child:docs" } });
    }
    await create({ userName: "cid", team: true });
    await project();
    expect(await news("docs")).toEqual(["account.created", "sync.failed"]);
  });

  it("trims many, and leaves the rest", async () => {
    const { create, days, trim, counts, listened } = await start(await newStore());
    for (let number = 0; number < 600; number++) await create({ userName: `person-${number}` });
    days(20);
    await create({ userName: "ada" });
    await listened();
    days(11);
    await trim();
    expect((await counts()).events).toBe(1);
  });

  it("happens by itself while the feed grows", async () => {
    const world = startWorld({ store: await newStore() });
    const { admin, time } = world;
    await admin.tenants.create({ id: "acme" });
    const directory = await connect(world, "acme");
    await directory.push({ userName: "ada" });
    const { cursor: late } = await admin.events.list("acme");
    time.now = new Date(time.now.getTime() + 31 * DAY_MS);
    await directory.push({ userName: "cid" });
    await eventually(async () => expect((await admin.events.list("acme")).items).toHaveLength(1));
    const pages = [await admin.events.list("acme"), await admin.events.list("acme", { cursor: late ?? "" })];
    for (const { items } of pages) expect(items).toMatchObject([{ account: { userName: "cid" } }]);
  });

  it("happens by itself where nothing happens, once a day", async () => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    try {
      const world = startWorld({ store: await newStore(), retention: { syncEventDays: 1 } });
      const { admin, time } = world;
      await admin.tenants.create({ id: "acme" });
      const directory = await connect(world, "acme");
      await directory.push({ userName: "ada" });
      const log = async () => (await admin.syncEvents.list("acme")).items.length;
      time.now = new Date(time.now.getTime() + 2 * DAY_MS);
      expect(await log()).toBe(1);
      vi.advanceTimersByTime(DAY_MS);
      await eventually(async () => expect(await log()).toBe(0));
    } finally {
      vi.useRealTimers();
    }
  });

  it("tells whoever stood between two events of one millisecond, and only them", async () => {
    const world = startWorld({ store: await newStore(), retention: { eventDays: 1 } });
    const { admin, time } = world;
    await admin.tenants.create({ id: "acme" });
    const directory = await connect(world, "acme");
    for (const userName of ["ada", "bob"]) await directory.push({ userName });
    const [first, second] = [await admin.events.list("acme", { limit: 1 }), await admin.events.list("acme")];
    time.now = new Date(time.now.getTime() + 2 * DAY_MS);
    await directory.push({ userName: "cid" });
    await eventually(async () => expect((await admin.events.list("acme")).items).toHaveLength(1));
    const after = (cursor: string | null) => admin.events.list("acme", { cursor: cursor ?? "" });
    await expect(after(first.cursor)).rejects.toMatchObject({ code: "cursor_expired" });
    expect((await after(second.cursor)).items).toMatchObject([{ account: { userName: "cid" } }]);
  });

  it("tells whoever comes back too late", async () => {
    const world = startWorld({ store: await newStore(), retention: { eventDays: 1 } });
    const { admin, time } = world;
    await admin.tenants.create({ id: "acme" });
    const directory = await connect(world, "acme");
    await directory.push({ userName: "ada" });
    const { cursor } = await admin.events.list("acme");
    time.now = new Date(time.now.getTime() + 1000);
    await directory.push({ userName: "bob" });
    time.now = new Date(time.now.getTime() + 2 * DAY_MS);
    await directory.push({ userName: "cid" });
    await eventually(async () => expect((await admin.events.list("acme")).items).toHaveLength(1));
    const late = admin.events.list("acme", { cursor: cursor ?? "" });
    await expect(late).rejects.toMatchObject({ code: "cursor_expired", status: 410 });
  });
}
