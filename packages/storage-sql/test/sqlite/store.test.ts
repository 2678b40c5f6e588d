import { AsyncLocalStorage } from "node:async_hooks";
import { readFileSync, writeFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import type { Store, Transaction } from "@muster/provisioning-engine/ports";
import { describe, expect, it, vi } from "vitest";
import { sqliteStore } from "../../src/sqlite/index.ts";
import { aTenant } from "./records.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const folder = temporaryFolder();
const ANYONE = { tenantId: null };

async function openStore(path = ":memory:", busyTimeoutMs?: number): Promise<Store> {
  const store = sqliteStore(busyTimeoutMs === undefined ? { path } : { path, busyTimeoutMs });
  await store.migrate();
  return store;
}

const tenantIds = (store: Store) =>
  store.transaction(ANYONE, async (tx) => (await tx.tenants.list({ limit: 100 })).map(({ id }) => id));

describe("opening", () => {
  it("says that a folder is missing", () => {
    const open = () => sqliteStore({ path: folder.file("missing/muster.db") });
    expect(open).toThrow(
      expect.objectContaining({ code: "unavailable", message: "The database file cannot be opened." }),
    );
  });

  it("says that a file is something else, and leaves it alone", async () => {
    const path = folder.file("letter.txt");
    writeFileSync(path, "Dear Ada, ".repeat(500));
    const open = async () => openStore(path);
    await expect(open()).rejects.toMatchObject({ code: "unavailable", message: "The file is not an SQLite database." });
    expect(readFileSync(path, "utf8")).toBe("Dear Ada, ".repeat(500));
  });

  it("says that the schema is missing when nobody called migrate", async () => {
    const store = sqliteStore({ path: ":memory:" });
    await expect(tenantIds(store)).rejects.toMatchObject({
      code: "unavailable",
      hint: "Call `migrate()` before the first transaction.",
    });
  });

  it("takes a path for a path, never for the address of a server", async () => {
    const path = folder.file("http:");
    const store = await openStore(path);
    await store.close();
    expect(readFileSync(path).subarray(0, 15).toString()).toBe("SQLite format 3");
  });

  it("promises to be durable for a file only", () => {
    const stores = [folder.file("promise.db"), ":memory:"].map((path) => sqliteStore({ path }).capabilities);
    expect(stores).toEqual([
      { durable: true, multiProcess: true },
      { durable: false, multiProcess: false },
    ]);
  });
});

describe("closing", () => {
  it("keeps everything in the one file, which the next store reads", async () => {
    const path = folder.file("reopened.db");
    const first = await openStore(path);
    await first.transaction(ANYONE, (tx) => tx.tenants.insert(aTenant("acme")));
    await first.close();
    expect(readFileSync(`${path}-wal`)).toHaveLength(0);
    const second = await openStore(path);
    expect(await tenantIds(second)).toEqual(["acme"]);
    await second.close();
  });

  it("lets what was asked for before finish, and may be done twice", async () => {
    const store = await openStore();
    const before = tenantIds(store);
    await Promise.all([store.close(), store.close()]);
    expect(await before).toEqual([]);
    await expect(tenantIds(store)).rejects.toMatchObject({ code: "unavailable", message: "The store is closed." });
    await expect(store.migrate()).rejects.toMatchObject({ code: "unavailable" });
  });
});

describe("transactions", () => {
  it.each(["transaction", "migrate", "close"] as const)(
    "refuses %s inside of one instead of waiting for ever",
    async (method) => {
      const store = await openStore();
      const nested = {
        transaction: () => tenantIds(store),
        migrate: () => store.migrate(),
        close: () => store.close(),
      };
      const outer = store.transaction<unknown>(ANYONE, () => nested[method]());
      await expect(outer).rejects.toMatchObject({
        code: "internal",
        hint: expect.stringContaining("transaction object"),
      });
      expect(await tenantIds(store)).toEqual([]);
    },
  );

  it("refuses another inside of one by way of a second store, which may have its own", async () => {
    const [first, second] = [await openStore(), await openStore()];
    const roundabout = () => second.transaction(ANYONE, () => tenantIds(first));
    await expect(first.transaction(ANYONE, roundabout)).rejects.toMatchObject({ code: "internal" });
    expect(await first.transaction(ANYONE, () => tenantIds(second))).toEqual([]);
  });

  it("costs each promise of the process the same, however many stores were opened", async () => {
    const run = vi.spyOn(AsyncLocalStorage.prototype, "run");
    for (const store of [await openStore(), await openStore()]) await tenantIds(store);
    expect(new Set(run.mock.contexts).size).toBe(1);
    run.mockRestore();
  });

  it("lets work that was started inside of one open another after its end", async () => {
    const store = await openStore();
    let later: Promise<readonly string[]> = Promise.resolve([]);
    await store.transaction(ANYONE, async (tx) => {
      await tx.tenants.insert(aTenant("acme"));
      later = setTimeout(20).then(() => tenantIds(store));
    });
    expect(await later).toEqual(["acme"]);
  });

  it("refuses statements after its end", async () => {
    const store = await openStore();
    let kept: Transaction | undefined;
    await store.transaction(ANYONE, async (tx) => {
      kept = tx;
    });
    await expect(kept?.tenants.get("acme")).rejects.toMatchObject({
      message: "The transaction was used after its end.",
    });
  });

  it("gives the event loop a turn between two of them", async () => {
    const store = await openStore();
    let turns = 0;
    const count = setInterval(() => {
      turns += 1;
    }, 0);
    await Promise.all(Array.from({ length: 2000 }, () => tenantIds(store)));
    clearInterval(count);
    expect(turns).toBeGreaterThan(5);
  });
});

describe("two stores on one file", () => {
  it("wait for one another without holding up the event loop", async () => {
    const path = folder.file("shared.db");
    const [first, second] = [await openStore(path), await openStore(path)];
    const order: string[] = [];
    const slow = first.transaction(ANYONE, async (tx) => {
      await tx.tenants.insert(aTenant("acme"));
      await setTimeout(150);
      order.push("slow");
    });
    const fast = second.transaction(ANYONE, async (tx) => {
      order.push("fast");
      return tx.tenants.insert(aTenant("acme"));
    });
    await setTimeout(50).then(() => order.push("loop"));
    await slow;
    expect(await fast).toEqual({ ok: false, conflict: "id" });
    expect(order).toEqual(["loop", "slow", "fast"]);
    await Promise.all([first.close(), second.close()]);
  });

  it("give up waiting after busyTimeoutMs, and work afterwards", async () => {
    const path = folder.file("patience.db");
    const [first, second] = [await openStore(path), await openStore(path, 40)];
    const { promise: released, resolve: release } = deferred();
    const slow = first.transaction(ANYONE, () => released);
    await expect(tenantIds(second)).rejects.toMatchObject({
      code: "unavailable",
      message: "The database is locked by another process.",
    });
    release();
    await slow;
    expect(await tenantIds(second)).toEqual([]);
    await Promise.all([first.close(), second.close()]);
  });
});

function deferred(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = (): void => {};
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
