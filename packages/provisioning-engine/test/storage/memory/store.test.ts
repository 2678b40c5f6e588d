import { describe, expect, it } from "vitest";
import { ProvisioningError } from "../../../src/errors.ts";
import type { Store, Transaction } from "../../../src/ports/index.ts";
import { memoryStore } from "../../../src/storage/memory/index.ts";
import { ACME_CONNECTION, anAccount, aUser, id } from "../../../src/testing/records.ts";

const scope = { tenantId: null };

function insertUser(store: Store, number: number): Promise<unknown> {
  return store.transaction(scope, (tx) => tx.users.insert(aUser(number)));
}

describe("memoryStore", () => {
  it("declares that nothing survives the process and nobody shares it", () => {
    expect(memoryStore().capabilities).toEqual({ durable: false, multiProcess: false });
  });

  it("two stores share nothing", async () => {
    const [first, second] = [memoryStore(), memoryStore()];
    await insertUser(first, 10);
    expect(await second.transaction(scope, (tx) => tx.users.count(ACME_CONNECTION, []))).toBe(0);
  });

  it("a transaction of one store may hold one of another", async () => {
    const [first, second] = [memoryStore(), memoryStore()];
    await first.transaction(scope, () => insertUser(second, 10));
    expect(await second.transaction(scope, (tx) => tx.users.count(ACME_CONNECTION, []))).toBe(1);
  });

  it("says what to do instead of a nested transaction", async () => {
    const store = memoryStore();
    const nested = store.transaction(scope, () => insertUser(store, 10));
    await expect(nested).rejects.toThrow(ProvisioningError);
    await expect(nested).rejects.toMatchObject({ code: "internal", hint: expect.stringContaining("Pass the") });
  });

  it("work that a transaction left behind may open one after its end", async () => {
    const store = memoryStore();
    let later: Promise<unknown> = Promise.resolve();
    await store.transaction(scope, async () => {
      later = new Promise((resolve) => setTimeout(resolve, 5)).then(() => insertUser(store, 10));
    });
    await expect(later).resolves.toEqual({ ok: true });
  });

  it("says that a transaction is over, and that a store is closed", async () => {
    const store = memoryStore();
    const kept = await store.transaction(scope, async (tx): Promise<Transaction> => tx);
    await expect(kept.users.count(ACME_CONNECTION, [])).rejects.toMatchObject({ code: "internal" });
    await store.close();
    await expect(insertUser(store, 10)).rejects.toMatchObject({ code: "unavailable" });
  });

  it("runs transactions in the order in which they came", async () => {
    const store = memoryStore();
    const order: number[] = [];
    const pauses = [9, 3, 6, 0];
    await Promise.all(
      pauses.map((pause, index) =>
        store.transaction(scope, async () => {
          await new Promise((resolve) => setTimeout(resolve, pause));
          order.push(index);
        }),
      ),
    );
    expect(order).toEqual([0, 1, 2, 3]);
  });

  it("I4: gives values that cannot be changed", async () => {
    const store = memoryStore();
    await store.transaction(scope, (tx) => tx.accounts.insert(anAccount(10)));
    const account = await store.transaction(scope, (tx) => tx.accounts.get("acme", id(10)));
    expect(Object.isFrozen(account)).toBe(true);
    expect(Object.isFrozen(account?.defaultsApplied)).toBe(true);
  });
});
