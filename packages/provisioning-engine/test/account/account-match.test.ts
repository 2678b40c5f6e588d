import { describe, expect, it } from "vitest";
import { approveLink, isLinkApproved } from "../../src/account/link-approval.ts";
import { ACME, openWorld, refusedWith, replaceOf } from "../harness.ts";

const EMAIL = "mira@acme.test";
const VERIFIED = { settings: { linkPolicy: "verifiedDomain", verifiedDomains: ["acme.test"] } } as const;

describe("a new resource and an account made by hand", () => {
  it("I11, J05: are linked when the domain is verified; the account keeps id, role and e-mail", async () => {
    const world = await openWorld(VERIFIED);
    const made = await world.handMade({ userName: "mira", email: "Mira@acme.test", name: "M" });
    await world.overlay(made.id, { role: "Admin" });
    await world.create({ userName: EMAIL, email: EMAIL, name: "Mira Okafor", team: true });
    expect(await world.accounts()).toHaveLength(1);
    expect(await world.account(EMAIL)).toMatchObject({
      id: made.id,
      role: "Admin",
      email: "Mira@acme.test",
      name: "Mira Okafor",
      managedBy: { connectionId: "connection-acme" },
    });
    expect(await world.news()).toEqual(["account.updated"]);
    expect((await world.events()).at(-1)?.data).toMatchObject({
      changes: expect.arrayContaining([{ path: "managedBy", from: null, to: "connection-acme" }]),
    });
  });

  it("I12: a link without a word about the kind keeps it, a word changes it", async () => {
    const world = await openWorld(VERIFIED);
    await world.handMade({ userName: "a", email: "a@acme.test", kind: "user" });
    await world.create({ userName: "a@acme.test", email: "a@acme.test" });
    expect((await world.account("a@acme.test")).kind).toBe("user");
    await world.handMade({ userName: "b", email: "b@acme.test", kind: "user" });
    await world.create({ userName: "b@acme.test", email: "b@acme.test", team: false });
    expect((await world.account("b@acme.test")).kind).toBe("reader");
  });

  it.each([
    ["the domain is not verified", { linkPolicy: "verifiedDomain", verifiedDomains: ["other.test"] }],
    ["the connection links nobody", { linkPolicy: "none", verifiedDomains: ["acme.test"] }],
    ["an admin has to approve", { linkPolicy: "adminApproved", verifiedDomains: ["acme.test"] }],
  ] as const)("I11: are two people in conflict when %s", async (_case, settings) => {
    const world = await openWorld({ settings });
    const made = await world.handMade({ userName: "mira", email: EMAIL });
    const error = await refusedWith("uniqueness", world.create({ userName: EMAIL, email: EMAIL }));
    expect(error.message).toContain(EMAIL);
    expect(await world.accounts()).toHaveLength(1);
    expect((await world.account("mira")).id).toBe(made.id);
    expect(await world.openCauses()).toEqual(["duplicate"]);
  });

  it.each(["adminApproved", "verifiedDomain"] as const)(
    "I11: become one when an admin approves it, once: %s",
    async (linkPolicy) => {
      const world = await openWorld({ settings: { linkPolicy, verifiedDomains: [] } });
      const made = await world.handMade({ userName: "mira", email: EMAIL });
      await refusedWith("uniqueness", world.create({ userName: EMAIL, email: EMAIL }));
      await world.act((unit, connection) => approveLink(unit, connection.id, made.id));
      await world.act((unit, connection) => approveLink(unit, connection.id, made.id));
      // A write that is rolled back uses nothing up.
      await world.handMade({ userName: "other" });
      await refusedWith("uniqueness", world.create({ userName: "other", email: EMAIL }));
      await world.create({ userName: EMAIL, email: EMAIL });
      expect(await world.account(EMAIL)).toMatchObject({ id: made.id, managedBy: { tenant: ACME } });
      const isApproved = () => world.act((unit, connection) => isLinkApproved(unit, connection.id, made.id));
      expect(await isApproved()).toBe(false);
    },
  );

  it("I11: are two people again seven days after an approval that nobody used", async () => {
    const world = await openWorld({ settings: { linkPolicy: "adminApproved" } });
    const made = await world.handMade({ userName: "mira", email: EMAIL });
    await world.act((unit, connection) => approveLink(unit, connection.id, made.id));
    world.time.now = new Date(world.time.now.getTime() + 7 * 24 * 60 * 60 * 1000);
    await refusedWith("uniqueness", world.create({ userName: EMAIL, email: EMAIL }));
  });

  it("two accounts with one address are linked to nobody", async () => {
    const world = await openWorld(VERIFIED);
    await world.handMade({ userName: "m1", email: EMAIL });
    await world.handMade({ userName: "m2", email: EMAIL });
    await refusedWith("uniqueness", world.create({ userName: EMAIL, email: EMAIL }));
  });

  it("I2: a break-glass account is never linked, and does not stand in the way of its e-mail", async () => {
    const world = await openWorld(VERIFIED);
    const made = await world.handMade({ userName: "emergency", email: EMAIL, breakGlass: true });
    await world.create({ userName: EMAIL, email: EMAIL });
    expect((await world.account(EMAIL)).id).not.toBe(made.id);
    expect((await world.account("emergency")).managedBy).toBeNull();
    await refusedWith("uniqueness", world.create({ userName: "Emergency" }));
  });

  it("J01: an externalId that is an account's id selects nobody", async () => {
    const world = await openWorld(VERIFIED);
    const made = await world.handMade({ userName: "mira" });
    await world.create({ userName: "other@acme.test", externalId: made.id });
    expect((await world.account("mira")).managedBy).toBeNull();
  });
});

describe("two people of one directory", () => {
  it("A10, I8: cannot have one user name, in whatever case, and the refusal says what to do", async () => {
    const world = await openWorld();
    await world.create({ userName: EMAIL, externalId: "1" });
    const error = await refusedWith("uniqueness", world.create({ userName: EMAIL.toUpperCase(), externalId: "2" }));
    expect(error.message).toBe(
      `The userName "${EMAIL.toUpperCase()}" belongs to somebody else already. Rename or remove one of the two.`,
    );
    expect(await world.accounts()).toHaveLength(1);
  });

  it("I8: cannot have one externalId, which counts with its case", async () => {
    const world = await openWorld();
    await world.create({ userName: "a@acme.test", externalId: "Ext" });
    const error = await refusedWith("uniqueness", world.create({ userName: "b@acme.test", externalId: "Ext" }));
    expect(error.message).toContain('externalId "Ext"');
    await world.create({ userName: "c@acme.test", externalId: "ext" });
  });

  it("may share an e-mail", async () => {
    const world = await openWorld();
    await world.create({ userName: "a@acme.test", email: "team@acme.test" });
    await world.create({ userName: "b@acme.test", email: "team@acme.test" });
    expect(await world.accounts()).toHaveLength(2);
  });

  it("I9: one that was renamed since is not taken for the deleted one of the old name", async () => {
    const world = await openWorld();
    const first = await world.create({ userName: EMAIL, externalId: "1" });
    await world.remove(first.id);
    const second = await world.create({ userName: EMAIL, externalId: "1" });
    await world.patch(second.id, replaceOf("userName", "renamed@acme.test"));
    const other = await world.create({ userName: EMAIL, externalId: "2" });
    expect((await world.account(EMAIL)).id).not.toBe((await world.account("renamed@acme.test")).id);
    expect(other.attributes.externalId).toBe("2");
  });

  it("a rename to a taken user name is refused, and nothing of the write is kept", async () => {
    const world = await openWorld();
    await world.create({ userName: "a@acme.test" });
    const { id } = await world.create({ userName: "b@acme.test" });
    await refusedWith("uniqueness", world.patch(id, replaceOf("title", "x"), replaceOf("userName", "A@acme.test")));
    expect((await world.get(id)).attributes).toEqual({ userName: "b@acme.test" });
  });
});
