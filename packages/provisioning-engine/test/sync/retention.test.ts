import { describe, expect, it } from "vitest";
import type { RetentionOptions } from "../../src/index.ts";
import { LISTENERS } from "../../src/sync/consumer.ts";
import { trimTenant } from "../../src/sync/retention.ts";
import { connect, eventually, startWorld } from "../admin/harness.ts";
import { ACME, openWorld } from "../harness.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

async function start(options: RetentionOptions = {}) {
  const world = await openWorld();
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

describe("retention", () => {
  it("keeps events for 30 days, the sync log for 90, the audit log for ever", async () => {
    const { create, days, trim, counts, listened } = await start();
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
    const { create, days, trim, counts } = await start({
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
    expect(left).toEqual([
      [1, 1, 1],
      [0, 1, 1],
      [0, 0, 1],
      [0, 0, 0],
    ]);
  });

  it("J27: what a child or a listener has not read waits for it, for 90 days at most", async () => {
    const { create, days, trim, events, addChild, project, listened, accounts } = await start();
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

  it("trims many, and leaves the rest", async () => {
    const { create, days, trim, counts, listened } = await start();
    for (let number = 0; number < 600; number++) await create({ userName: `person-${number}` });
    days(20);
    await create({ userName: "ada" });
    await listened();
    days(11);
    await trim();
    expect((await counts()).events).toBe(1);
  });

  it("happens by itself while the feed grows", async () => {
    const world = startWorld();
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

  it("tells whoever comes back too late", async () => {
    const world = startWorld({ retention: { eventDays: 1 } });
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
});
