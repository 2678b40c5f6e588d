import { describe, expect, it } from "vitest";
import { LOCKED_FIELDS, lockedFields, managedBy } from "../../src/account/edit-policy.ts";
import { effectiveConnection } from "../../src/connection/effective-connection.ts";
import { connectionOf, openWorld, type World } from "../harness.ts";

const UNDECIDED = { decidedRole: null, decidedContentRole: null };
const LINKED = { ...UNDECIDED, connectionId: connectionOf("acme") };
const OTHERS = [null, "connection-elsewhere"].map((connectionId) => ({ ...UNDECIDED, connectionId }));
const DECIDED = { ...LINKED, decidedRole: { value: "Admin", source: "rule" } } as const;

const connection = (world: World, tenant: string) => world.tx((tx) => effectiveConnection(tx, tenant));

describe("locks", () => {
  it("R41, R43, R50, I22: hold for linked accounts while SCIM is on, at the parent and at its children", async () => {
    const world = await openWorld();
    await world.addChild("acme-docs");
    for (const tenant of ["acme", "acme-docs"]) {
      const here = await connection(world, tenant);
      expect(lockedFields(LINKED, here)).toEqual(LOCKED_FIELDS);
      expect(managedBy(LINKED, here)).toEqual({ connectionId: "connection-acme", tenant: "acme", name: "acme" });
    }
  });

  it("R48, R117: are lifted with SCIM off, though the account stays linked", async () => {
    const world = await openWorld({ settings: { scimEnabled: false } });
    await world.addChild("acme-docs");
    for (const tenant of ["acme", "acme-docs"]) {
      const here = await connection(world, tenant);
      expect(lockedFields(LINKED, here)).toEqual([]);
      expect(managedBy(LINKED, here)).not.toBeNull();
    }
  });

  it("R49, I10: do not concern accounts that this connection does not manage", async () => {
    const here = await connection(await openWorld(), "acme");
    for (const account of OTHERS) {
      expect(lockedFields(account, here)).toEqual([]);
      expect(managedBy(account, here)).toBeNull();
    }
  });

  it("R46, I21: hold for a role that a rule decided, at the tenant whose rules they are", async () => {
    const world = await openWorld();
    await world.addChild("acme-docs");
    expect(lockedFields(DECIDED, await connection(world, "acme"))).toEqual([...LOCKED_FIELDS, "role"]);
    expect(lockedFields(DECIDED, await connection(world, "acme-docs"))).toEqual(LOCKED_FIELDS);
    await world.configure({ scimEnabled: false });
    expect(lockedFields(DECIDED, await connection(world, "acme"))).toEqual([]);
  });

  it("R46: hold for all roles where the tenant has no say in them", async () => {
    const world = await openWorld({ settings: { localAuthority: { role: false } } });
    expect(lockedFields(LINKED, await connection(world, "acme"))).toEqual([...LOCKED_FIELDS, "role", "contentRole"]);
    expect(lockedFields(OTHERS[0] ?? LINKED, await connection(world, "acme"))).toEqual([]);
  });
});
