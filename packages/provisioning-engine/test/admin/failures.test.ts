import { describe, expect, it } from "vitest";
import { accountOf, connect, type Directory, eventually, startWorld, type World } from "./harness.ts";

const refused = (code: string) => expect.objectContaining({ code });

interface Connected extends World {
  readonly directory: Directory;
}

async function start(): Promise<Connected> {
  const world = startWorld();
  for (const id of ["acme", "globex"]) await world.admin.tenants.create({ id });
  return { ...world, directory: await connect(world, "acme") };
}

/** Somebody made by hand has the e-mail of somebody who is pushed. */
async function startDuplicate(): Promise<Connected & { readonly failure: string; readonly byHand: string }> {
  const world = await start();
  const email = "ada@acme.test";
  const { id: byHand } = await world.admin.accounts.create("acme", { userName: "by hand", kind: "user", email });
  await expect(world.directory.push({ userName: "ada", team: true, email })).rejects.toThrow("409");
  const [failure] = (await world.admin.syncFailures.list("acme")).items;
  return { ...world, byHand, failure: failure?.id ?? "" };
}

/** Somebody waits for a seat; SCIM is off, so that the admin may change them. */
async function startWaiting(): Promise<Connected & { readonly waiting: string; listed(): Promise<readonly string[]> }> {
  const world = await start();
  const { admin, directory } = world;
  await admin.tenants.update("acme", { seatLimits: { user: 0 } });
  await directory.push({ userName: "ada", team: true });
  await admin.connections.update("acme", { scimEnabled: false });
  const { id: waiting } = await accountOf(world, "acme", "ada");
  const listed = async () => (await admin.syncFailures.list("acme", { open: true })).items.map((open) => open.message);
  return { ...world, waiting, listed };
}

describe("a failure that lists who waits for a seat", () => {
  it("I32: follows a rename by hand", async () => {
    const { admin, waiting, listed } = await startWaiting();
    await admin.accounts.update("acme", waiting, { userName: "ada.l", name: "Ada" });
    expect(await listed()).toEqual([expect.stringMatching(/^ada\.l waits for a user seat\./)]);
  });

  it.each([
    ["deactivates", ({ admin, waiting }) => admin.accounts.update("acme", waiting, { status: "inactive" })],
    [
      "renames and deactivates",
      ({ admin, waiting }) => admin.accounts.update("acme", waiting, { userName: "ada.l", status: "inactive" }),
    ],
    ["makes a reader of", ({ admin, waiting }) => admin.accounts.update("acme", waiting, { kind: "reader" })],
    ["deletes", ({ admin, waiting }) => admin.accounts.delete("acme", waiting)],
    ["gives a seat to", ({ admin }) => admin.tenants.update("acme", { seatLimits: { user: 1 } })],
  ] satisfies readonly (readonly [string, (world: Awaited<ReturnType<typeof startWaiting>>) => Promise<unknown>])[])(
    "I32: is closed when somebody %s them",
    async (_, act) => {
      const world = await startWaiting();
      expect(await world.listed()).toHaveLength(1);
      await act(world);
      expect(await world.listed()).toEqual([]);
    },
  );

  it("I32: is closed when the connection is archived and its people leave", async () => {
    const { admin, listed } = await startWaiting();
    await admin.connections.archive("acme", { mode: "deactivateAccounts" });
    await eventually(async () => expect(await listed()).toEqual([]));
  });
});

describe("admin.syncFailures", () => {
  it("R63: the tenant says that somebody was not synced, as long as that is so", async () => {
    const { admin, byHand, failure } = await startDuplicate();
    const sync = async (tenant: string) => (await admin.tenants.get(tenant)).sync;
    expect([await sync("acme"), await sync("globex")]).toEqual([
      { state: "failed", failures: 1 },
      { state: "ok", failures: 0 },
    ]);
    await admin.accounts.delete("acme", byHand);
    await admin.syncFailures.retry("acme", failure);
    expect(await sync("acme")).toEqual({ state: "ok", failures: 0 });
  });

  it("R67, R69: lists who failed and why, to its own tenant alone", async () => {
    const { admin, failure } = await startDuplicate();
    expect(await admin.syncFailures.get("acme", failure)).toMatchObject({
      subject: { type: "User", key: "ada" },
      operation: "create",
      cause: "duplicate",
      attempts: 1,
      resolvedAt: null,
      retryable: true,
    });
    expect((await admin.syncFailures.list("globex")).items).toEqual([]);
    await expect(admin.syncFailures.get("globex", failure)).rejects.toThrow(refused("not_found"));
    await expect(admin.syncFailures.retry("globex", failure)).rejects.toThrow(refused("not_found"));
  });

  it("I33: shows nothing of what was sent", async () => {
    const { admin, failure } = await startDuplicate();
    expect(Object.keys(await admin.syncFailures.get("acme", failure))).not.toContain("retry");
  });

  it("retry: tries again what was sent, and the success closes the failure", async () => {
    const { admin, failure, byHand } = await startDuplicate();
    await admin.accounts.update("acme", byHand, { email: null });
    const olga = admin.as({ type: "person", id: "olga" });
    expect(await olga.syncFailures.retry("acme", failure)).toMatchObject({
      id: failure,
      resolvedAt: "2026-03-01T12:00:00.000Z",
      retryable: false,
    });
    expect(await accountOf({ admin }, "acme", "ada")).toMatchObject({ kind: "user", status: "active" });
    const retried = (await admin.audit.list("acme")).items.find(({ action }) => action === "sync_failure.retried");
    expect(retried).toMatchObject({ actor: { id: "olga" }, subject: { id: failure } });
  });

  it("retry: another failure counts one more attempt (I32)", async () => {
    const { admin, failure } = await startDuplicate();
    expect(await admin.syncFailures.retry("acme", failure)).toMatchObject({
      id: failure,
      attempts: 2,
      resolvedAt: null,
    });
    expect((await admin.syncFailures.list("acme")).items).toHaveLength(1);
  });

  it("retry: says when there is nothing to try", async () => {
    const { admin, failure, byHand } = await startDuplicate();
    await admin.connections.update("acme", { scimEnabled: false });
    await expect(admin.syncFailures.retry("acme", failure)).rejects.toThrow(refused("not_retryable"));
    await admin.connections.update("acme", { scimEnabled: true });
    await admin.accounts.update("acme", byHand, { email: null });
    await admin.syncFailures.retry("acme", failure);
    await expect(admin.syncFailures.retry("acme", failure)).rejects.toThrow(refused("not_retryable"));
  });

  it("R98: retry: can be tried, and tells who would come, or why nobody would", async () => {
    const { admin, failure, byHand } = await startDuplicate();
    const before = await admin.syncFailures.get("acme", failure);
    const again = await admin.syncFailures.retry("acme", failure, { simulate: true });
    expect(again).toMatchObject({ id: failure, attempts: 2, resolvedAt: null, simulation: { impact: { changed: 0 } } });
    await admin.accounts.update("acme", byHand, { email: null });
    const done = await admin.syncFailures.retry("acme", failure, { simulate: true });
    expect(done).toMatchObject({ resolvedAt: "2026-03-01T12:00:00.000Z", retryable: false });
    expect(done.simulation?.impact.people).toMatchObject([{ outcome: "created", account: { userName: "ada" } }]);
    expect(await admin.syncFailures.get("acme", failure)).toEqual(before);
    expect((await admin.accounts.list("acme")).items).toHaveLength(1);
    await admin.connections.update("acme", { scimEnabled: false });
    const off = admin.syncFailures.retry("acme", failure, { simulate: true });
    await expect(off).rejects.toThrow(refused("not_retryable"));
  });

  it("retry: what waits for a seat is admitted by a seat, not by trying", async () => {
    const { admin, directory } = await start();
    await admin.tenants.update("acme", { seatLimits: { user: 0 } });
    await directory.push({ userName: "ada", team: true });
    const [failure] = (await admin.syncFailures.list("acme", { open: true })).items;
    expect(failure).toMatchObject({ cause: "seat_limit", retryable: false });
    await expect(admin.syncFailures.retry("acme", failure?.id ?? "")).rejects.toThrow(refused("not_retryable"));
  });

  it("lists in pages, open ones or all", async () => {
    const { admin, directory } = await start();
    await admin.tenants.update("acme", { seatLimits: { user: 0 } });
    for (const userName of ["ada", "bob", "cem"]) await directory.push({ userName, team: true });
    const first = await admin.syncFailures.list("acme", { limit: 2 });
    const second = await admin.syncFailures.list("acme", { limit: 2, cursor: first.nextCursor });
    const keys = [...first.items, ...second.items].map(({ subject }) => subject.key);
    expect([keys.toSorted(), second.nextCursor]).toEqual([["ada", "bob", "cem"], undefined]);
    await admin.tenants.update("acme", { seatLimits: { user: 1 } });
    const count = async (open?: boolean) => (await admin.syncFailures.list("acme", { open })).items.length;
    expect([await count(true), await count(false), await count()]).toEqual([2, 1, 3]);
    for (const cursor of ["-1", "x", "99999", "1e9"]) {
      await expect(admin.syncFailures.list("acme", { cursor })).rejects.toThrow(refused("invalid_request"));
    }
  });
});
