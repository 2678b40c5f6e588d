/**
 * Resources of the host's own types: unique keys, look-ups, and the border between types and connections.
 *
 * @module
 */
import assert from "node:assert/strict";
import type { DirectoryLookup, ResourceQuery, ResourceWriteResult, Transaction } from "../../ports/index.ts";
import { ACME_CONNECTION, aResource, at, aUniqueKey, GLOBEX_CONNECTION, id, ids } from "../records.ts";
import { type Cases, refused, type World, written } from "../world.ts";
import { versionedCases } from "./versioned.ts";

const C = ACME_CONNECTION;
const device = aResource(30);

async function fiveDevices({ run }: World): Promise<void> {
  await run(async (tx) => {
    for (const number of [33, 30, 34, 32, 31]) written(await tx.resources.insert(aResource(number)));
  });
}

const find = (query: Partial<ResourceQuery>) => async (tx: Transaction) =>
  (await tx.resources.find({ connectionId: C, type: "Device", lookups: [], limit: 10, ...query })).map((row) => row.id);

/** Finds and counts, and asserts that both agree. */
async function assertFound({ run }: World, lookups: readonly DirectoryLookup[], expected: readonly string[]) {
  assert.deepEqual(await run(find({ lookups })), expected);
  assert.equal(await run((tx) => tx.resources.count(C, "Device", lookups)), expected.length);
}

function taken(result: ResourceWriteResult, key: string): void {
  assert.deepEqual(result, { ok: false, conflict: "uniqueKeys", taken: key });
}

const byKey = (number: number): DirectoryLookup => ({ attribute: "uniqueKeys", value: aUniqueKey(number) });

export const resourceCases: Cases = {
  ...versionedCases({
    row: device,
    changed: { externalId: null, uniqueKeys: [], attributes: {}, modifiedAt: at(99) },
    repository: (tx) => tx.resources,
    get: (tx) => tx.resources.get(C, "Device", device.id),
  }),
  "A10: refuses a taken key, and names it": async (world) => {
    await world.run(async (tx) => written(await tx.resources.insert(device)));
    const uniqueKeys = [aUniqueKey(98), aUniqueKey(30), aUniqueKey(99)];
    await world.run(async (tx) => taken(await tx.resources.insert(aResource(31, { uniqueKeys })), aUniqueKey(30)));
    await assertFound(world, [], [device.id]);
    await assertFound(world, [byKey(98)], []);
  },
  "A10: names the first of several taken keys, in the order of the record": async ({ run }) => {
    await run(async (tx) => {
      for (const number of [30, 31]) written(await tx.resources.insert(aResource(number)));
    });
    const uniqueKeys = [aUniqueKey(31), aUniqueKey(30)];
    await run(async (tx) => taken(await tx.resources.insert(aResource(32, { uniqueKeys })), aUniqueKey(31)));
  },
  "A10: the transaction goes on after a refusal, and nothing of the refused is left": async (world) => {
    await world.run(async (tx) => {
      written(await tx.resources.insert(device));
      const uniqueKeys = [aUniqueKey(99), aUniqueKey(30)];
      taken(await tx.resources.insert(aResource(31, { uniqueKeys })), aUniqueKey(30));
      written(await tx.resources.insert(aResource(31, { uniqueKeys: [aUniqueKey(99)] })));
    });
    await assertFound(world, [], [id(30), id(31)]);
  },
  "A10: refuses an update to a taken key": async (world) => {
    const other = aResource(31);
    await world.run(async (tx) => {
      written(await tx.resources.insert(device));
      written(await tx.resources.insert(other));
      taken(await tx.resources.update({ ...other, uniqueKeys: device.uniqueKeys, version: 2 }), aUniqueKey(30));
    });
    assert.deepEqual(await world.run((tx) => tx.resources.get(C, "Device", other.id)), other);
    await assertFound(world, [byKey(31)], [other.id]);
  },
  "a resource keeps its own keys over an update, and frees those that it gives up": async ({ run }) => {
    const uniqueKeys = [aUniqueKey(1), aUniqueKey(2)];
    await run(async (tx) => {
      written(await tx.resources.insert({ ...device, uniqueKeys }));
      written(await tx.resources.update({ ...device, uniqueKeys: [aUniqueKey(2), aUniqueKey(3)], version: 2 }));
      written(await tx.resources.insert(aResource(31, { uniqueKeys: [aUniqueKey(1)] })));
      taken(await tx.resources.insert(aResource(32, { uniqueKeys: [aUniqueKey(3)] })), aUniqueKey(3));
    });
  },
  "a stale update touches no key": async (world) => {
    await world.run(async (tx) => {
      written(await tx.resources.insert(device));
      refused(await tx.resources.update({ ...device, uniqueKeys: [aUniqueKey(99)], version: 5 }), "version");
    });
    await assertFound(world, [byKey(30)], [device.id]);
    await assertFound(world, [byKey(99)], []);
  },
  "A20: a deleted resource is gone, and its keys are free": async ({ run }) => {
    await run(async (tx) => written(await tx.resources.insert(device)));
    assert.equal(await run((tx) => tx.resources.delete(C, "Device", device.id)), true);
    await run(async (tx) => {
      assert.equal(await tx.resources.get(C, "Device", device.id), null);
      assert.equal(await tx.resources.count(C, "Device", []), 0);
      assert.equal(await tx.resources.delete(C, "Device", device.id), false);
      written(await tx.resources.insert(aResource(31, { uniqueKeys: device.uniqueKeys })));
    });
  },
  "several resources may have one externalId": async (world) => {
    await world.run(async (tx) => {
      for (const number of [30, 31]) written(await tx.resources.insert(aResource(number, { externalId: "same" })));
    });
    await assertFound(world, [{ attribute: "externalId", value: "same" }], ids(30, 31));
  },
  "an empty type has no resources": async (world) => {
    await assertFound(world, [], []);
    await assertFound(world, [byKey(30)], []);
  },
  "finds by id, externalId and key, exactly": async (world) => {
    await fiveDevices(world);
    await assertFound(world, [], ids(30, 34));
    await assertFound(world, [{ attribute: "id", value: id(32) }], [id(32)]);
    await assertFound(world, [{ attribute: "externalId", value: "ext-32" }], [id(32)]);
    await assertFound(world, [{ attribute: "externalId", value: "EXT-32" }], []);
    await assertFound(world, [byKey(32)], [id(32)]);
    await assertFound(world, [{ attribute: "uniqueKeys", value: aUniqueKey(32).toUpperCase() }], []);
  },
  "all look-ups must hold, also several keys": async (world) => {
    const uniqueKeys = [aUniqueKey(1), aUniqueKey(2)];
    await world.run(async (tx) => written(await tx.resources.insert({ ...device, uniqueKeys })));
    await world.run(async (tx) => written(await tx.resources.insert(aResource(31))));
    await assertFound(world, [byKey(1), byKey(2)], [device.id]);
    await assertFound(world, [byKey(2), byKey(2)], [device.id]);
    await assertFound(world, [byKey(1), byKey(31)], []);
    await assertFound(world, [byKey(1), { attribute: "id", value: id(31) }], []);
    await assertFound(world, [byKey(1), { attribute: "externalId", value: "ext-30" }], [device.id]);
  },
  "a look-up that is none of a resource's finds nothing": async (world) => {
    await fiveDevices(world);
    await assertFound(world, [{ attribute: "userName", value: "ext-30" }], []);
  },
  "C01: walks in slices by id, and skips `offset` rows": async (world) => {
    await fiveDevices(world);
    assert.deepEqual(await world.run(find({ limit: 2 })), ids(30, 31));
    assert.deepEqual(await world.run(find({ after: id(31), limit: 2 })), ids(32, 33));
    assert.deepEqual(await world.run(find({ after: id(34) })), []);
    assert.deepEqual(await world.run(find({ offset: 3 })), ids(33, 34));
    assert.deepEqual(await world.run(find({ offset: 5 })), []);
    assert.deepEqual(await world.run(find({ limit: 0 })), []);
  },
  "J02: types share neither ids nor keys nor counts": async (world) => {
    const badge = { ...device, type: "Badge", attributes: { serial: "other" } };
    await world.run(async (tx) => {
      written(await tx.resources.insert(device));
      written(await tx.resources.insert(badge));
      assert.equal(await tx.resources.delete(C, "Badge", device.id), true);
      assert.equal(await tx.resources.count(C, "Badge", []), 0);
      assert.equal(await tx.resources.get(C, "Badge", device.id), null);
      refused(await tx.resources.update({ ...badge, version: 2 }), "version");
    });
    await assertFound(world, [byKey(30)], [device.id]);
  },
  "J02: connections share neither ids nor keys nor counts": async (world) => {
    const theirs = { ...device, connectionId: GLOBEX_CONNECTION };
    await world.run(async (tx) => {
      written(await tx.resources.insert(device));
      assert.equal(await tx.resources.get(GLOBEX_CONNECTION, "Device", device.id), null);
      assert.equal(await tx.resources.count(GLOBEX_CONNECTION, "Device", [byKey(30)]), 0);
      assert.deepEqual(await find({ connectionId: GLOBEX_CONNECTION, lookups: [byKey(30)] })(tx), []);
      refused(await tx.resources.update({ ...theirs, version: 2 }), "version");
      written(await tx.resources.insert(theirs));
      assert.equal(await tx.resources.delete(GLOBEX_CONNECTION, "Device", device.id), true);
    });
    await assertFound(world, [byKey(30)], [device.id]);
    assert.deepEqual(await world.run((tx) => tx.resources.get(C, "Device", device.id)), device);
  },
  "D50: no type has a name that objects inherit": async ({ run }) => {
    for (const type of ["__proto__", "constructor", "toString"]) {
      await run(async (tx) => {
        assert.equal(await tx.resources.get(C, type, "constructor"), null);
        assert.equal(await tx.resources.count(C, type, []), 0);
      });
    }
  },
  "J02: of resources that are inserted at the same time with one key, one wins": async ({ run }) => {
    const results = await Promise.all(
      ids(40, 47).map((_, index) =>
        run((tx) => tx.resources.insert(aResource(40 + index, { uniqueKeys: [aUniqueKey(1)] }))),
      ),
    );
    assert.equal(results.filter(({ ok }) => ok).length, 1);
    assert.equal(await run((tx) => tx.resources.count(C, "Device", [byKey(1)])), 1);
  },
  "I35: a transaction that fails leaves neither resource nor key": async (world) => {
    const failure = new Error("Not today.");
    const work = world.run(async (tx) => {
      written(await tx.resources.insert(device));
      throw failure;
    });
    await assert.rejects(work, failure);
    await assertFound(world, [], []);
    await world.run(async (tx) => written(await tx.resources.insert(aResource(31, { uniqueKeys: device.uniqueKeys }))));
  },
};
