import { describe, expect, it } from "vitest";
import type { Store, Transaction } from "../../src/ports/index.ts";
import { memoryStore } from "../../src/storage/memory/index.ts";
import { type StoreContractOptions, testStoreContract } from "../../src/testing/index.ts";
import { type Method, mapMethods } from "../storage/map-methods.ts";

type Options = Omit<StoreContractOptions, "runner">;

/** Runs the kit with a runner of ten lines, less the cases about scale, and gives the names of those that failed. */
async function failedCases(options: Options): Promise<readonly string[]> {
  const cases: { readonly name: string; readonly run: () => Promise<void> }[] = [];
  let section = "";
  testStoreContract({
    ...options,
    runner: {
      describe: (name, body) => {
        section = name;
        body();
      },
      it: (name, run) => {
        if (section !== "scale") cases.push({ name, run });
      },
    },
  });
  const failed: string[] = [];
  for (const { name, run } of cases) await run().catch(() => failed.push(name));
  return failed;
}

/** A memory store of which one method does something else. */
function storeWith(path: string, replace: (method: Method, tx: Transaction) => Method): Store {
  const store = memoryStore();
  return {
    ...store,
    transaction: (scope, work) =>
      store.transaction(scope, (tx) =>
        work(mapMethods(tx, (method, each) => (each === path ? replace(method, tx) : method))),
      ),
  };
}

const doesNothing = (): Method => async () => undefined;
const returns = (value: unknown) => (): Method => async () => value;

/** Faults that an adapter might have, each with the beginning of the name of a case that must find it. */
const FAULTS: readonly (readonly [fault: string, found: string, newStore: () => Store])[] = [
  [
    "accepts a version that is not the next one",
    "J17: refuses a version that is not the next one",
    () =>
      storeWith("users.update", (update, tx) => async (row) => {
        const next = row as Parameters<typeof tx.users.update>[0];
        const stored = await tx.users.get(next.connectionId, next.id);
        return update({ ...next, version: (stored?.version ?? 0) + 1 });
      }),
  ],
  [
    "compares external ids without case",
    "J01: finds a user by externalId, exactly",
    () =>
      storeWith("users.find", (find) => async (query) => {
        const { lookups, ...rest } = query as Parameters<Transaction["users"]["find"]>[0];
        return find({ ...rest, lookups: lookups.map((each) => ({ ...each, value: each.value.toLowerCase() })) });
      }),
  ],
  [
    "forgets the retained",
    "R57: finds a retained user by externalId",
    () => storeWith("users.retained", returns(null)),
  ],
  ["forgets no sign-ins", "sign-ins: keeps the newest of each sort", () => storeWith("signIns.keep", doesNothing)],
  [
    "counts strangers and people together",
    "sign-ins: keeps the newest of each sort",
    () =>
      storeWith("signIns.keep", (_keep, tx) => async (tenantId, _authenticated, newest) => {
        for (const sort of [true, false]) await tx.signIns.keep(tenantId as string, sort, newest as number);
      }),
  ],
  [
    "keeps all types in one",
    "J02: types share neither ids",
    () => storeWith("resources.get", (get) => async (connectionId, _type, id) => get(connectionId, "Device", id)),
  ],
  [
    "does not say which key is taken",
    "A10: refuses a taken key, and names it",
    () =>
      storeWith("resources.insert", (insert) => async (resource) => {
        const result = (await insert(resource)) as object;
        return "taken" in result ? { ...result, taken: "" } : result;
      }),
  ],
  [
    "keeps the keys of what was deleted",
    "A20: a deleted resource is gone",
    () => storeWith("resources.delete", returns(true)),
  ],
  ["settles nothing", "R48: settling makes effective", () => storeWith("members.settle", doesNothing)],
  ["keeps the memberships of who left", "J35: removing a user", () => storeWith("members.removeUser", doesNothing)],
  [
    "moves both sides when group sync is off",
    "I18: with group sync off an addition",
    () =>
      storeWith(
        "members.add",
        (add) => async (connectionId, groupId, userIds) => add(connectionId, groupId, userIds, { inEffect: true }),
      ),
  ],
  [
    "exceeds the seat limit by one",
    "R65: queues when there is no free seat",
    () =>
      storeWith(
        "seats.take",
        (take) => async (seat, limit, whenFull) => take(seat, limit === null ? null : Number(limit) + 1, whenFull),
      ),
  ],
  ["admits nobody", "R65: admits whoever has waited longest", () => storeWith("seats.admitNext", returns(null))],
  [
    "opens a second failure",
    "I32: one more attempt",
    () => {
      let count = 0;
      return storeWith("failures.record", (record) => async (failure) => {
        count += 1;
        const each = failure as Parameters<Transaction["failures"]["record"]>[0];
        return record({ ...each, subject: { ...each.subject, key: `${each.subject.key} ${count}` } });
      });
    },
  ],
  [
    "reads the log the wrong way round",
    "audit: reads the newest first",
    () =>
      storeWith("audit.page", (page) => async (...args) => {
        const rows = (await page(...args)) as readonly unknown[];
        return rows.toReversed();
      }),
  ],
  ["puts one key twice", "R87: a value is put once", () => storeWith("oneTime.put", returns(true))],
  ["sweeps nothing", "sweeping removes what has expired", () => storeWith("oneTime.sweep", doesNothing)],
  ["moves no cursor", "each consumer has a cursor of its own", () => storeWith("changes.advance", doesNothing)],
  [
    "reads account pages of any tenant",
    "J02: an account is unknown at another tenant",
    () => storeWith("accounts.get", (get) => async (tenantId, id) => (await get(tenantId, id)) ?? get("acme", id)),
  ],
  [
    "takes % in a search for a wildcard",
    "finds text literally",
    () =>
      storeWith("accounts.find", (find) => async (query) => {
        const { text, ...rest } = query as Parameters<Transaction["accounts"]["find"]>[0];
        return find({ ...rest, text: text?.replaceAll("%", "") });
      }),
  ],
];

/** A store that commits what failed. */
function storeWithoutRollback(): Store {
  const store = memoryStore();
  return {
    ...store,
    transaction: async (scope, work) => {
      const outcome = await store.transaction(scope, (tx) =>
        work(tx).then(
          (value) => ({ value }),
          (error: unknown) => ({ error }),
        ),
      );
      if ("error" in outcome) throw outcome.error;
      return outcome.value;
    },
  };
}

/** As much of a durable store as the kit can tell: data outlives `close`, for whoever opens it again. */
function durableStore(store: Store): Store {
  let open = true;
  return {
    capabilities: { durable: true, multiProcess: false },
    transaction: async (scope, work) => {
      if (!open) throw new Error("This store is closed.");
      return store.transaction(scope, work);
    },
    migrate: () => store.migrate(),
    close: async () => {
      open = false;
      await store.transaction({ tenantId: null }, async () => {});
    },
  };
}

describe("testStoreContract", () => {
  it("finds no fault in the memory store, with any runner", async () => {
    expect(await failedCases({ newStore: memoryStore })).toEqual([]);
  });

  it.each(FAULTS)("finds a store that %s", async (_fault, found, newStore) => {
    const failed = await failedCases({ newStore });
    expect(failed.some((name) => name.startsWith(found))).toBe(true);
  });

  it("finds a store that commits what failed", async () => {
    const failed = await failedCases({ newStore: storeWithoutRollback });
    expect(failed).toContain("I35: a rollback takes back everything that was inserted");
    expect(failed).toContain("I35: a rollback takes back every change and deletion");
  });

  it("finds a store that hides the error of the work", async () => {
    const failed = await failedCases({
      newStore: () => {
        const store = memoryStore();
        const hide = (cause: unknown) => Promise.reject(new Error("The transaction failed.", { cause }));
        return { ...store, transaction: (scope, work) => store.transaction(scope, work).catch(hide) };
      },
    });
    expect(failed).toContain("rejects with the error of the work, unchanged");
  });

  it("finds a store that declares itself durable without proof", async () => {
    const newStore = () => ({ ...memoryStore(), capabilities: { durable: true, multiProcess: false } });
    expect(await failedCases({ newStore })).toEqual(["declares that it is not durable"]);
  });

  it("proves durability by opening the data again, and finds data that is gone", async () => {
    const behind = new Map<Store, Store>();
    const newStore = () => {
      const data = memoryStore();
      const store = durableStore(data);
      behind.set(store, data);
      return store;
    };
    const reopenStore = (closed: Store) => durableStore(behind.get(closed) ?? memoryStore());
    expect(await failedCases({ newStore, reopenStore })).toEqual([]);
    const failed = await failedCases({ newStore, reopenStore: () => durableStore(memoryStore()) });
    expect(failed).toEqual(["what was committed is there when the store is opened again, and nothing else"]);
  });

  it("closes every store that it asked for, also when a case fails", async () => {
    const open = new Set<Store>();
    const newStore = () => {
      const store = storeWith("users.get", returns(null));
      open.add(store);
      return store;
    };
    const failed = await failedCases({
      newStore,
      closeStore: async (store) => {
        open.delete(store);
        await store.close();
      },
    });
    expect(failed.length).toBeGreaterThan(0);
    expect(open.size).toBe(0);
  });
});
