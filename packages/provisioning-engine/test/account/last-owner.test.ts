import { describe, expect, it } from "vitest";
import { openWorld, refusedWith, replaceOf, TEAM, type World } from "../harness.ts";

const OWNER = { userName: "olga@acme.test", team: true } as const;

async function withOwner(tenant?: string): Promise<{ world: World; id: string }> {
  const world = await openWorld();
  if (tenant !== undefined) await world.addChild(tenant);
  const { id } = await world.create(OWNER);
  const account = await world.account(OWNER.userName);
  await world.overlay(account.id, { role: "Owner" }, tenant);
  return { world, id };
}

describe("the last active owner", () => {
  it.each([
    ["deactivated", (world: World, id: string) => world.patch(id, replaceOf("active", false))],
    ["deleted", (world: World, id: string) => world.remove(id)],
    ["made a reader", (world: World, id: string) => world.patch(id, replaceOf(`${TEAM}:isTeamAccount`, false))],
    ["replaced by an inactive state", (world: World, id: string) => world.replace(id, { ...OWNER, active: false })],
  ])("I1, R24: is not %s by a directory", async (_case, write) => {
    const { world, id } = await withOwner();
    const error = await refusedWith("forbidden", write(world, id));
    expect(error.status).toBe(403);
    expect(error.message).toContain("Give another person the owner role first.");
    expect(await world.account(OWNER.userName)).toMatchObject({ status: "active", kind: "user", role: "Owner" });
    expect((await world.get(id)).attributes.active).toBeUndefined();
    expect(await world.openCauses()).toEqual(["last_owner"]);
  });

  it("may go once another one is there, which closes the failure", async () => {
    const { world, id } = await withOwner();
    await refusedWith("forbidden", world.patch(id, replaceOf("active", false)));
    const other = await world.handMade({ userName: "otto" });
    await world.overlay(other.id, { role: "Owner" });
    await world.patch(id, replaceOf("active", false));
    expect((await world.account(OWNER.userName)).status).toBe("inactive");
    expect(await world.openCauses()).toEqual([]);
  });

  it.each([
    ["suspended", { active: true }, { suspended: true }],
    ["inactive", { active: false }, {}],
    ["a reader", { kind: "reader" }, {}],
  ] as const)("an owner who is %s does not count as another one", async (_case, account, local) => {
    const { world, id } = await withOwner();
    const other = await world.handMade({ userName: "otto", ...account });
    await world.overlay(other.id, { role: "Owner", ...local });
    await refusedWith("forbidden", world.patch(id, replaceOf("active", false)));
  });

  it("follows every other change of the directory", async () => {
    const { world, id } = await withOwner();
    await world.patch(id, replaceOf("displayName", "Olga"));
    expect((await world.account(OWNER.userName)).name).toBe("Olga");
  });

  it("I1: of a child is kept too, and the refusal does not name the child", async () => {
    const { world, id } = await withOwner("acme-secret");
    const error = await refusedWith("forbidden", world.patch(id, replaceOf("active", false)));
    expect(error.message).toContain("of a project that inherits this connection");
    expect(error.message).not.toContain("acme-secret");
  });

  it("a tenant without owners loses nobody's", async () => {
    const world = await openWorld();
    const { id } = await world.create(OWNER);
    await world.patch(id, replaceOf("active", false));
    expect((await world.account(OWNER.userName)).status).toBe("inactive");
  });
});
