/**
 * Overlays: one per account and tenant.
 *
 * @module
 */
import assert from "node:assert/strict";
import { ACME, anOverlay, at, id, ids } from "../records.ts";
import type { Cases } from "../world.ts";

export const overlayCases: Cases = {
  "R111: puts an overlay, and puts another in its place": async ({ run }) => {
    const first = anOverlay(id(10), { contentAccess: { workspaces: ["docs"] } });
    const second = anOverlay(id(10), { role: null, contentRole: "Drafter", suspended: true, updatedAt: at(9) });
    await run((tx) => tx.overlays.put(first));
    assert.deepEqual(await run((tx) => tx.overlays.get(ACME, id(10))), first);
    await run((tx) => tx.overlays.put(second));
    assert.deepEqual(await run((tx) => tx.overlays.get(ACME, id(10))), second);
  },
  "reads null where nothing is local": async ({ run }) => {
    assert.equal(await run((tx) => tx.overlays.get(ACME, id(10))), null);
  },
  "reads many, without the unknown": async ({ run }) => {
    await run(async (tx) => {
      for (const accountId of ids(10, 13)) await tx.overlays.put(anOverlay(accountId));
    });
    const many = await run((tx) => tx.overlays.getMany(ACME, [id(12), id(99), id(10)]));
    assert.deepEqual(new Set(many.map(({ accountId }) => accountId)), new Set([id(10), id(12)]));
    assert.deepEqual(await run((tx) => tx.overlays.getMany(ACME, [])), []);
  },
  "I1: finds the overlays that set a role, exactly": async ({ run }) => {
    await run(async (tx) => {
      await tx.overlays.put(anOverlay(id(11), { role: "Owner" }));
      await tx.overlays.put(anOverlay(id(10), { role: "Owner" }));
      await tx.overlays.put(anOverlay(id(12), { role: "owner" }));
      await tx.overlays.put(anOverlay(id(13), { role: null }));
      await tx.overlays.put(anOverlay(id(14), { role: "Owner" }));
      await tx.overlays.put(anOverlay(id(14), { role: "Editor" }));
    });
    const owners = await run((tx) => tx.overlays.withRole(ACME, "Owner"));
    assert.deepEqual(new Set(owners.map(({ accountId }) => accountId)), new Set(ids(10, 11)));
    assert.deepEqual(await run((tx) => tx.overlays.withRole(ACME, "Nothing")), []);
  },
  "deletes an overlay; once more is no error": async ({ run }) => {
    await run(async (tx) => {
      await tx.overlays.put(anOverlay(id(10)));
      await tx.overlays.put(anOverlay(id(11)));
      await tx.overlays.delete(ACME, id(10));
      await tx.overlays.delete(ACME, id(10));
    });
    assert.equal(await run((tx) => tx.overlays.get(ACME, id(10))), null);
    assert.deepEqual(await run((tx) => tx.overlays.get(ACME, id(11))), anOverlay(id(11)));
    assert.equal((await run((tx) => tx.overlays.withRole(ACME, "Editor"))).length, 1);
  },
};
