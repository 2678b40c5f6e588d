import { describe, expect, it } from "vitest";
import { accountOf, connect, eventually, startWorld } from "../admin/harness.ts";

async function start(limits: object = {}) {
  const world = startWorld();
  await world.admin.tenants.create({ id: "acme", seatLimits: limits });
  const directory = await connect(world, "acme");
  const open = async (tenant = "acme") =>
    (await world.admin.syncFailures.list(tenant, { open: true })).items.map(
      ({ cause, subject }) => `${cause} ${subject.key}`,
    );
  return { ...world, world, directory, open };
}

describe("probe", () => {
  it("failure after hand deactivate of pending", async () => {
    const { admin, directory, open, world } = await start({ reader: 1 });
    await directory.push({ userName: "ada" });
    await directory.push({ userName: "bob" });
    await admin.connections.update("acme", { scimEnabled: false });
    console.log("before", await open());
    const bob = await accountOf(world, "acme", "bob");
    await admin.accounts.update("acme", bob.id, { status: "inactive" });
    console.log("after hand-deactivate", await open());
  });
  it("failure after hand delete of pending", async () => {
    const { admin, directory, open, world } = await start({ reader: 1 });
    await admin.tenants.create({ id: "docs", parent: "acme", seatLimits: { reader: 0 } });
    await directory.push({ userName: "ada" });
    await directory.push({ userName: "bob" });
    await eventually(async () => expect(await open("docs")).toHaveLength(1));
    await admin.connections.update("acme", { scimEnabled: false });
    console.log("before", await open(), await open("docs"));
    for (const n of ["ada", "bob"]) await admin.accounts.delete("acme", (await accountOf(world, "acme", n)).id);
    await new Promise((r) => setTimeout(r, 100));
    console.log("after hand-delete", await open(), await open("docs"));
  });
  it("hand rename of pending", async () => {
    const { admin, directory, open, world } = await start({ reader: 1 });
    await directory.push({ userName: "ada" });
    await directory.push({ userName: "bob" });
    await admin.connections.update("acme", { scimEnabled: false });
    await admin.accounts.update("acme", (await accountOf(world, "acme", "bob")).id, { userName: "bobby" });
    console.log("after rename", await open());
    await admin.tenants.update("acme", { seatLimits: { reader: 2 } });
    console.log("after raise", await open());
  });
  it("hand kind change of pending", async () => {
    const { admin, directory, open, world } = await start({ reader: 1, user: 5 });
    await directory.push({ userName: "ada" });
    await directory.push({ userName: "bob" });
    await admin.connections.update("acme", { scimEnabled: false });
    await admin.accounts.update("acme", (await accountOf(world, "acme", "bob")).id, { kind: "user" });
    console.log("after kind", await open(), (await accountOf(world, "acme", "bob")).status);
  });
  it("archive of pending", async () => {
    const { admin, directory, open, world } = await start({ reader: 1 });
    await admin.accounts.create("acme", { userName: "olga", kind: "user", role: "Owner" });
    await directory.push({ userName: "ada" });
    await directory.push({ userName: "bob" });
    await admin.connections.archive("acme", { mode: "deactivateAccounts" });
    await eventually(async () => expect((await admin.connections.get("acme")).archive?.state).toBe("archived"));
    console.log("after archive", await open(), (await accountOf(world, "acme", "bob")).status);
    await admin.connections.archive("acme", { mode: "purge" });
    await eventually(async () => expect((await admin.connections.get("acme")).archive?.state).toBe("archived"));
    console.log("after purge", await open());
  });
  it("child duplicate", async () => {
    const { admin, directory, open } = await start();
    await admin.tenants.create({ id: "docs", parent: "acme" });
    const local = await admin.accounts.create("docs", { userName: "ada", kind: "user", role: "Owner" });
    await directory.push({ userName: "ada", team: true });
    await directory.push({ userName: "bob", team: true });
    await new Promise((r) => setTimeout(r, 100));
    console.log(
      "child",
      (await admin.accounts.list("docs")).items.map((a) => [
        a.id === local.id,
        a.userName,
        a.status,
        a.managedBy?.tenant,
      ]),
      await open("docs"),
      (await admin.tenants.get("acme")).children,
    );
  });
  it("limits null->small->null", async () => {
    const { admin, directory, open, world } = await start({ reader: 1 });
    await directory.push({ userName: "ada" });
    await directory.push({ userName: "bob" });
    await admin.tenants.update("acme", { seatLimits: { reader: null } });
    console.log("unlimited", await open(), (await accountOf(world, "acme", "bob")).status);
  });
  it("parent tenant limit removal at child", async () => {
    const { admin, directory, open, world } = await start({});
    await admin.tenants.create({ id: "docs", parent: "acme", seatLimits: { reader: 1 } });
    await directory.push({ userName: "ada" });
    await directory.push({ userName: "bob" });
    await eventually(async () => expect(await open("docs")).toHaveLength(1));
    await admin.tenants.update("docs", { seatLimits: { reader: null } });
    await new Promise((r) => setTimeout(r, 50));
    console.log(
      "child unlimited",
      await open("docs"),
      (await accountOf(world, "docs", "bob")).status,
      (await admin.tenants.get("docs")).seats,
    );
    await admin.tenants.update("docs", { seatLimits: { reader: 1 } });
    console.log("child limited again", await open("docs"), (await accountOf(world, "docs", "bob")).status);
    await admin.tenants.update("docs", { parent: null });
    console.log(
      "unlinked",
      await open("docs"),
      (await admin.accounts.list("docs")).items.map((a) => [a.userName, a.status]),
      (await admin.tenants.get("docs")).seats,
    );
  });
});
