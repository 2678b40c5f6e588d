import { veto } from "@muster/provisioning-engine";
import { expect, it } from "vitest";
import { startEngine } from "./engine-process.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const folder = temporaryFolder();

it("I39: what a hook refuses was rolled back, and a hook that is asked may use the database", async () => {
  const { provisioning, stop } = startEngine(folder.file("hooks.db"), {
    hooks: {
      before: {
        "account.created": async ({ tenant, account }) => {
          const { items } = await provisioning.admin.accounts.list(tenant, { kind: "user" });
          if (items.length > 0) throw veto("conflict", `${account.userName} is one too many.`);
        },
      },
    },
  });
  const { admin } = provisioning;
  await admin.tenants.create({ id: "acme" });
  const create = (userName: string) => admin.accounts.create("acme", { userName, kind: "user" });
  const { id } = await create("ada");
  await expect(create("bob")).rejects.toMatchObject({ code: "vetoed", message: "bob is one too many." });
  expect((await admin.accounts.list("acme")).items.map((account) => account.id)).toEqual([id]);
  expect((await admin.tenants.get("acme")).seats.user.used).toBe(1);
  const actions = (await admin.audit.list("acme")).items.map(({ action }) => action);
  expect(actions.filter((action) => action === "account.created")).toHaveLength(1);
  await stop();
});
