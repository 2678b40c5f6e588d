import { describe, expect, it } from "vitest";
import { createProvisioning, memoryStore, type Store } from "../src/index.ts";
import { eventually } from "./admin/harness.ts";

const URL = "http://localhost:3000";
const SILENT = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** A store that counts migrations, and refuses the first ones. */
function watchedStore(failures = 0): Store & { readonly migrations: () => number } {
  const store = memoryStore();
  let migrations = 0;
  let migrated = false;
  return {
    ...store,
    migrations: () => migrations,
    migrate: async () => {
      migrations += 1;
      if (migrations <= failures) throw new Error("connection refused");
      migrated = true;
    },
    transaction: (scope, work) => {
      if (!migrated) throw new Error("used before it was migrated");
      return store.transaction(scope, work);
    },
  };
}

describe("createProvisioning", () => {
  it("touches nothing until it is used", async () => {
    const store = watchedStore();
    const provisioning = createProvisioning({ url: URL, store });
    await provisioning.close();
    expect(store.migrations()).toBe(0);
  });

  it("migrates once, before whatever comes first", async () => {
    const store = watchedStore();
    const provisioning = createProvisioning({ url: URL, store, logger: SILENT });
    await Promise.all([
      provisioning.admin.tenants.create({ id: "acme" }),
      provisioning.canSignIn("acme", "nobody").catch(() => false),
      provisioning.fetch(new Request(`${URL}/readyz`)),
      provisioning.ready(),
    ]);
    expect(store.migrations()).toBe(1);
    await provisioning.close();
  });

  it("tries again when the store was away", async () => {
    const store = watchedStore(1);
    const provisioning = createProvisioning({ url: URL, store, logger: SILENT });
    const status = async () => (await provisioning.fetch(new Request(`${URL}/readyz`))).status;
    expect([await status(), await status()]).toEqual([503, 200]);
    await provisioning.close();
  });

  it("says that it is a matter of time, whatever the database says", async () => {
    const provisioning = createProvisioning({ url: URL, store: watchedStore(1), logger: SILENT });
    await expect(provisioning.ready()).rejects.toMatchObject({
      code: "unavailable",
      cause: expect.objectContaining({ message: "connection refused" }),
    });
    await provisioning.ready();
    await provisioning.close();
  });

  it("delivers events without being told to begin, and those before the last stop at the next start", async () => {
    const store = memoryStore();
    const heard: string[] = [];
    const start = () => {
      const provisioning = createProvisioning({ url: URL, store, logger: SILENT });
      provisioning.on("account.created", ({ account }) => void heard.push(account.userName));
      return provisioning;
    };
    const first = start();
    await first.admin.tenants.create({ id: "acme" });
    await first.admin.accounts.create("acme", { userName: "ada", kind: "user" });
    await first.close();
    expect(heard).toEqual(["ada"]);

    const deaf = createProvisioning({ url: URL, store, logger: SILENT });
    await deaf.ready();
    await deaf.close();
    await deaf.admin.accounts.create("acme", { userName: "bob", kind: "user" });

    const second = start();
    await second.ready();
    await eventually(async () => expect(heard).toEqual(["ada", "bob"]));
    await second.close();
  });

  it("two in one process share nothing", async () => {
    const [first, second] = [memoryStore(), memoryStore()].map((store) =>
      createProvisioning({ url: URL, store, logger: SILENT }),
    );
    const heard: string[] = [];
    second?.on("account.created", ({ tenant }) => void heard.push(tenant));
    await first?.admin.tenants.create({ id: "acme" });
    await first?.admin.accounts.create("acme", { userName: "ada", kind: "user" });
    await expect(second?.admin.tenants.get("acme")).rejects.toMatchObject({ code: "not_found" });
    await Promise.all([first?.close(), second?.close()]);
    expect(heard).toEqual([]);
  });

  it("canSignIn: knows who may, and of nobody else", async () => {
    const provisioning = createProvisioning({ url: URL, store: memoryStore(), logger: SILENT });
    await provisioning.admin.tenants.create({ id: "acme" });
    const { id } = await provisioning.admin.accounts.create("acme", { userName: "ada", kind: "user" });
    expect(await provisioning.canSignIn("acme", id)).toBe(true);
    expect(await provisioning.canSignIn("acme", "__proto__")).toBe(false);
    await expect(provisioning.canSignIn("nobody", id)).rejects.toMatchObject({ code: "not_found" });
    await provisioning.admin.accounts.update("acme", id, { status: "inactive" });
    expect(await provisioning.canSignIn("acme", id)).toBe(false);
    await provisioning.close();
  });
});
