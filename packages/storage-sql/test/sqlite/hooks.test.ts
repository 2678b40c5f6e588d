import { createProvisioning, veto } from "@muster/provisioning-engine";
import { expect, it } from "vitest";
import { sqliteStore } from "../../src/sqlite/index.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const folder = temporaryFolder();
const SILENT = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

it("I39: what a hook refuses was rolled back, and a hook that is asked may use the database", async () => {
  const store = sqliteStore({ path: folder.file("hooks.db") });
  const { admin, close } = createProvisioning({
    url: "http://localhost:3000",
    store,
    logger: SILENT,
    hooks: {
      before: {
        "account.created": async ({ tenant, account }) => {
          const { items } = await admin.accounts.list(tenant, { kind: "user" });
          if (items.length > 0) throw veto("conflict", `${account.userName} is one too many.`);
        },
      },
    },
  });
  await admin.tenants.create({ id: "acme" });
  const create = (userName: string) => admin.accounts.create("acme", { userName, kind: "user" });
  const { id } = await create("ada");
  await expect(create("bob")).rejects.toMatchObject({ code: "vetoed", message: "bob is one too many." });
  expect((await admin.accounts.list("acme")).items.map((account) => account.id)).toEqual([id]);
  expect((await admin.tenants.get("acme")).seats.user.used).toBe(1);
  const actions = (await admin.audit.list("acme")).items.map(({ action }) => action);
  expect(actions.filter((action) => action === "account.created")).toHaveLength(1);
  await close();
  await store.close();
});
