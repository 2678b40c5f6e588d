import { describe, expect, it } from "vitest";
import type { EventOptions, EventPage } from "../../src/index.ts";
import { connect, startWorld } from "./harness.ts";

async function start() {
  const world = startWorld();
  await world.admin.tenants.create({ id: "acme" });
  const directory = await connect(world, "acme");
  const list = (options?: EventOptions) => world.admin.events.list("acme", options);
  return { ...world, directory, list };
}

const told = ({ items }: EventPage) =>
  items.map((event) => `${event.type} ${"account" in event ? event.account.userName : ""}`);

describe("admin.events", () => {
  it("J27: goes on where the cursor ends, also when nothing was there", async () => {
    const { directory, list } = await start();
    expect(await list()).toEqual({ items: [], cursor: null, hasMore: false });
    for (const userName of ["a", "b", "c"]) await directory.push({ userName });
    const first = await list({ limit: 2 });
    expect([told(first), first.hasMore]).toEqual([["account.created a", "account.created b"], true]);
    const second = await list({ limit: 2, cursor: first.cursor ?? "" });
    expect([told(second), second.hasMore]).toEqual([["account.created c"], false]);
    const third = await list({ cursor: second.cursor ?? "" });
    expect(third).toEqual({ items: [], cursor: second.cursor, hasMore: false });
    await directory.push({ userName: "d" });
    expect(told(await list({ cursor: third.cursor ?? "" }))).toEqual(["account.created d"]);
  });

  it("gives the events that listeners got, under the same ids", async () => {
    const { directory, list, provisioning } = await start();
    const heard: unknown[] = [];
    provisioning.on("account.created", (event) => void heard.push(event));
    await directory.push({ userName: "ada" });
    await provisioning.close();
    expect((await list()).items).toEqual(heard);
    expect(heard).toHaveLength(1);
  });

  it("filters by type, and moves the cursor past the rest", async () => {
    const { directory, list, api } = await start();
    const id = await directory.push({ userName: "ada" });
    await directory.patch(`/Users/${id}`, { op: "Replace", path: "active", value: "False" });
    await directory.pushGroup("Editors", [id]);
    const types = ["account.deactivated", "group.created"] as const;
    const page = await list({ types, limit: 1 });
    expect([told(page), page.hasMore]).toEqual([["account.deactivated ada"], true]);
    const rest = await list({ types, cursor: page.cursor ?? "" });
    expect(rest.items.map(({ type }) => type)).toEqual(["group.created"]);
    const { status, body } = await api("GET", `/tenants/acme/events?types=${types.join(",")}&limit=1`);
    expect([status, body]).toEqual([200, page]);
    const nothing = await list({ types: ["sync.failed"] });
    expect(nothing).toEqual({ items: [], cursor: rest.cursor, hasMore: false });
  });

  it("I33: shows a tenant its own events only", async () => {
    const { directory, admin, api } = await start();
    await admin.tenants.create({ id: "globex" });
    await directory.push({ userName: "ada" });
    expect((await admin.events.list("globex")).items).toEqual([]);
    const stranger = { actor: "eve", tenants: ["globex"], can: "all" } as const;
    expect((await api("GET", "/tenants/acme/events", undefined, stranger)).status).toBe(404);
  });

  it.each([
    { limit: 0 },
    { cursor: "" },
    { types: [] },
    { types: ["account.create"] },
    { after: "1" },
    { cursor: "1" },
    { cursor: "1~2~3" },
  ])("refuses %j", async (options) => {
    const { admin } = await start();
    await expect(admin.events.list("acme", options as never)).rejects.toMatchObject({ code: "invalid_request" });
  });
});
