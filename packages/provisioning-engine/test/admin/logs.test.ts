import { describe, expect, it } from "vitest";
import { connect, startWorld } from "./harness.ts";

describe("admin.audit and admin.syncEvents", () => {
  it("lists newest first, in pages that neither repeat nor leave out", async () => {
    const { admin } = startWorld();
    await admin.tenants.create({ id: "acme" });
    for (const name of ["a", "b", "c", "d"]) await admin.tenants.update("acme", { name });
    const names: unknown[] = [];
    for (let cursor: string | undefined, more = true; more; more = cursor !== undefined) {
      const page = await admin.audit.list("acme", { limit: 2, cursor });
      names.push(...page.items.map(({ after }) => (after as { name: string }).name));
      cursor = page.nextCursor;
    }
    expect(names).toEqual(["d", "c", "b", "a", "acme"]);
  });

  it("R62: names the connection as the actor of what the directory did", async () => {
    const world = startWorld();
    const { connection } = await world.admin.tenants.create({ id: "acme" });
    await (await connect(world, "acme")).push({ userName: "ada", team: true });
    const [entry] = (await world.admin.audit.list("acme")).items;
    expect(entry).toMatchObject({ actor: { type: "connection", id: connection.id }, action: "account.created" });
    expect((await world.admin.syncEvents.list("acme")).items).toMatchObject([
      { operation: "create", outcome: "changed", subject: { key: "ada" } },
    ]);
  });

  it("takes at most 500 at once, and refuses what is no page", async () => {
    const { admin } = startWorld();
    await admin.tenants.create({ id: "acme" });
    expect((await admin.audit.list("acme", { limit: 100_000 })).items).toHaveLength(1);
    for (const options of [{ limit: 0 }, { limit: 1.5 }, { cursor: "" }, { cursor: "x".repeat(501) }, { page: 2 }]) {
      await expect(admin.audit.list("acme", options as never)).rejects.toMatchObject({ code: "invalid_request" });
    }
  });
});
