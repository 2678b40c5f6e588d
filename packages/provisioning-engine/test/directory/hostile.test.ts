import { describe, expect, it } from "vitest";
import { openWorld, refusedWith, replaceOf } from "../harness.ts";

const LONG = "x".repeat(100_000);
const request = { requestId: "r" };

describe("a hostile directory", () => {
  it("names that no index could hold are refused with a short sentence, and filed under a short name", async () => {
    const world = await openWorld();
    const { userType, groupType } = world.context;
    const { id } = await world.create({ userName: "mira@acme.test" });
    const group = await world.createGroup("G");
    const writes = [
      world.create({ userName: LONG }),
      world.create({ userName: "a", externalId: LONG }),
      world.create({ userName: "a", email: `${LONG}@acme.test` }),
      world.patch(id, replaceOf("userName", LONG)),
      world.backend.create(groupType, { displayName: LONG }, request),
      world.backend.create(groupType, { displayName: "H", externalId: LONG }, request),
      world.patchGroup(group.id, replaceOf("displayName", LONG)),
      world.backend.replace(userType, id, { userName: LONG }, undefined, request),
    ];
    for (const write of writes) {
      const { message } = await refusedWith("invalidValue", write);
      expect(message).toContain("must not be longer than 1024 characters");
    }
    expect((await world.search("User")).totalResults).toBe(1);
    for (const { subject } of await world.failures()) expect(subject.key.length).toBeLessThanOrEqual(256);
  });

  it("no sentence repeats more than a hundred characters of what was sent", async () => {
    const world = await openWorld();
    const userName = "u".repeat(1000);
    await world.create({ userName });
    const { message } = await refusedWith("uniqueness", world.create({ userName }));
    expect(message.length).toBeLessThan(250);
    expect((await refusedWith("notFound", world.get(LONG))).message.length).toBeLessThan(150);
  });

  it.each(["__proto__", "constructor", "toString", "hasOwnProperty"])("%s is a name like any other", async (name) => {
    const world = await openWorld();
    const { id } = await world.create({ userName: name, externalId: name, name });
    await world.createGroup(name, id, name);
    expect((await world.search("User", `userName eq "${name}"`)).resources.map((user) => user.id)).toEqual([id]);
    expect(await world.account(name)).toMatchObject({ name, groups: [{ name }] });
    await refusedWith("notFound", world.get(name));
    await refusedWith("notFound", world.getGroup(name));
    await refusedWith("uniqueness", world.create({ userName: name }));
    expect({}).not.toHaveProperty("userName");
  });
});
