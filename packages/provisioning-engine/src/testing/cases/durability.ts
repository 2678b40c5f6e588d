/**
 * What a durable store keeps.
 *
 * @module
 */
import assert from "node:assert/strict";
import type { Store } from "../../ports/index.ts";
import { ACME, ACME_CONNECTION, aChange, aUser, id } from "../records.ts";
import { type Cases, written } from "../world.ts";

/**
 * What a durable store keeps. There is one case for stores that are not: that they say so.
 *
 * @param reopenStore opens the data of a closed store again
 */
export function durabilityCases(reopenStore: ((closed: Store) => Promise<Store> | Store) | undefined): Cases {
  if (reopenStore === undefined) return { "declares that it is not durable": declaresSo };
  return {
    "what was committed is there when the store is opened again, and nothing else": async ({ store, run }) => {
      assert.equal(store.capabilities.durable, true);
      await run(async (tx) => {
        written(await tx.users.insert(aUser(10)));
        await tx.changes.append(aChange(1));
        await tx.changes.advance(ACME, "listeners", "1");
      });
      await assert.rejects(
        run(async (tx) => {
          written(await tx.users.insert(aUser(11)));
          throw new Error("changed its mind");
        }),
      );
      await store.close();
      const reopened = await reopenStore(store);
      try {
        await reopened.migrate();
        await reopened.transaction({ tenantId: null }, async (tx) => {
          assert.deepEqual(await tx.users.get(ACME_CONNECTION, id(10)), aUser(10));
          assert.equal(await tx.users.count(ACME_CONNECTION, []), 1);
          assert.deepEqual(
            (await tx.changes.read(ACME, { limit: 5 })).map(({ change }) => change),
            [aChange(1)],
          );
          assert.equal(await tx.changes.cursor(ACME, "listeners"), "1");
        });
      } finally {
        await reopened.close();
      }
    },
  };
}

async function declaresSo({ store }: Parameters<Cases[string]>[0]): Promise<void> {
  assert.equal(store.capabilities.durable, false, "a durable store proves it: give `reopenStore`");
}
