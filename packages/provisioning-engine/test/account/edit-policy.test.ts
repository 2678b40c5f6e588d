import { describe, expect, it } from "vitest";
import { LOCKED_FIELDS, lockedFields, managedBy } from "../../src/account/edit-policy.ts";
import { effectiveConnection } from "../../src/connection/effective-connection.ts";
import { connectionOf, openWorld, type World } from "../harness.ts";

const LINKED = { connectionId: connectionOf("acme") };
const OTHERS = [{ connectionId: null }, { connectionId: "connection-elsewhere" }];

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
});
