/**
 * Tenants: compare-and-swap, children, slices.
 *
 * @module
 */
import assert from "node:assert/strict";
import { aTenant, GLOBEX_CONNECTION, id } from "../records.ts";
import { type Cases, written } from "../world.ts";
import { versionedCases } from "./versioned.ts";

const child = aTenant({ id: "acme-docs", parentId: "acme", connectionId: id(3) });

export const tenantCases: Cases = {
  ...versionedCases({
    row: child,
    changed: { name: "Docs", parentId: null, connectionId: id(4), seatLimits: { user: null, reader: 0 } },
    repository: (tx) => tx.tenants,
    get: (tx) => tx.tenants.get(child.id),
  }),
  "R104: lists the children of a parent in order of id, and nobody else": async ({ run }) => {
    await run(async (tx) => {
      for (const name of ["acme-help", "acme-docs", "acme-labs"]) {
        written(await tx.tenants.insert(aTenant({ id: name, parentId: "acme" })));
      }
      written(await tx.tenants.insert(aTenant({ id: "globex-docs", parentId: "globex" })));
    });
    const children = await run((tx) => tx.tenants.children("acme"));
    assert.deepEqual(
      children.map(({ id }) => id),
      ["acme-docs", "acme-help", "acme-labs"],
    );
    assert.deepEqual(await run((tx) => tx.tenants.children("acme-docs")), []);
    assert.deepEqual(await run((tx) => tx.tenants.children("nobody")), []);
  },
  "R114: an unlinked child is no longer among the children": async ({ run }) => {
    await run(async (tx) => written(await tx.tenants.insert(child)));
    await run(async (tx) => written(await tx.tenants.update({ ...child, parentId: null, version: 2 })));
    assert.deepEqual(await run((tx) => tx.tenants.children("acme")), []);
  },
  "lists tenants in slices, in order of id": async ({ run }) => {
    const more = ["beta", "alpha", "zeta"].map((name) => aTenant({ id: name, connectionId: GLOBEX_CONNECTION }));
    await run(async (tx) => {
      for (const tenant of more) written(await tx.tenants.insert(tenant));
    });
    const slice = (limit: number, after?: string) =>
      run(async (tx) => (await tx.tenants.list({ after, limit })).map((tenant) => tenant.id));
    assert.deepEqual(await slice(10), ["acme", "alpha", "beta", "globex", "zeta"]);
    assert.deepEqual(await slice(2), ["acme", "alpha"]);
    assert.deepEqual(await slice(2, "alpha"), ["beta", "globex"]);
    assert.deepEqual(await slice(2, "b"), ["beta", "globex"]);
    assert.deepEqual(await slice(2, "zeta"), []);
    assert.deepEqual(await slice(0), []);
  },
};
