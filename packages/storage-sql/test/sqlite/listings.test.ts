import type { Transaction } from "@muster/provisioning-engine/ports";
import { describe, expect, it } from "vitest";
import { sqliteStore } from "../../src/sqlite/index.ts";
import { aTenant, aUser } from "./records.ts";

const ENTRY = {
  tenantId: "a",
  id: "entry",
  at: "2026-01-01T00:00:00.000Z",
  actor: { type: "host", id: "test" },
  before: null,
  after: null,
} as const;

async function inFilledStore<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
  const store = sqliteStore({ path: ":memory:" });
  await store.migrate();
  const result = await store.transaction({ tenantId: null }, async (tx) => {
    for (const id of ["a", "b", "c"]) {
      await tx.tenants.insert(aTenant(id));
      await tx.users.insert(aUser(id));
    }
    await tx.audit.append({
      ...ENTRY,
      action: "tenant.created",
      subject: { type: "tenant", id: "a" },
      requestId: null,
    });
    await tx.changes.append({ ...ENTRY, type: "account.created", accountId: null, groupId: null, data: null });
    return work(tx);
  });
  await store.close();
  return result;
}

const sizes = async (tx: Transaction, limit: number) => [
  (await tx.tenants.list({ limit })).length,
  (await tx.users.find({ connectionId: "connection", lookups: [], limit })).length,
];

describe("listings", () => {
  it("give nothing for a limit below zero, which SQLite alone would take for no limit", async () => {
    expect(await inFilledStore((tx) => sizes(tx, -1))).toEqual([0, 0]);
  });

  it("give everything for an infinite limit", async () => {
    expect(await inFilledStore((tx) => sizes(tx, Number.POSITIVE_INFINITY))).toEqual([3, 3]);
  });

  it("follow a position of a log", async () => {
    const pages = ({ audit, changes }: Transaction) =>
      Promise.all([audit.page("a", { after: "2", limit: 10 }), changes.read("a", { after: "0", limit: 10 })]);
    expect((await inFilledStore(pages)).map((page) => page.length)).toEqual([1, 1]);
  });

  it.each(["", "x", "1e3", "0.5", "0x0", "9".repeat(40), "null"])(
    "give nothing after %j, which is no position",
    async (after) => {
      const pages = ({ audit, changes }: Transaction) =>
        Promise.all([audit.page("a", { after, limit: 10 }), changes.read("a", { after, limit: 10 })]);
      expect(await inFilledStore(pages)).toEqual([[], []]);
    },
  );
});
