/**
 * What every row with a version promises: read back as written, a taken id refused, compare-and-swap.
 *
 * @module
 */
import assert from "node:assert/strict";
import type { Transaction, WriteResult } from "../../ports/index.ts";
import { type Cases, refused, written } from "../world.ts";

/** The repository, as far as these promises go. */
interface VersionedRepository<Row> {
  insert(row: Row): Promise<WriteResult>;
  update(row: Row): Promise<WriteResult>;
}

export interface VersionedRow<Row> {
  /** The row that is written. */
  readonly row: Row & { readonly version: number };
  /** Changes that nothing but the id has in common with the row. */
  readonly changed: Partial<Row>;
  readonly repository: (tx: Transaction) => VersionedRepository<Row>;
  readonly get: (tx: Transaction) => Promise<Row | null>;
}

export function versionedCases<Row extends object>({ row, changed, repository, get }: VersionedRow<Row>): Cases {
  return {
    "reads back every field of what was inserted": async ({ run }) => {
      await run(async (tx) => written(await repository(tx).insert(row)));
      assert.deepEqual(await run(get), row);
    },
    "reads null for what was never inserted": async ({ run }) => {
      assert.equal(await run(get), null);
    },
    "refuses a taken id and keeps the row that has it": async ({ run }) => {
      await run(async (tx) => written(await repository(tx).insert(row)));
      await run(async (tx) => refused(await repository(tx).insert({ ...row, ...changed }), "id"));
      assert.deepEqual(await run(get), row);
    },
    "J17: writes the next version, every field of it": async ({ run }) => {
      const next = { ...row, ...changed, version: 2 };
      await run(async (tx) => written(await repository(tx).insert(row)));
      await run(async (tx) => written(await repository(tx).update(next)));
      assert.deepEqual(await run(get), next);
    },
    "J17: refuses a version that is not the next one": async ({ run }) => {
      await run(async (tx) => written(await repository(tx).insert(row)));
      for (const version of [0, 1, 3]) {
        await run(async (tx) => refused(await repository(tx).update({ ...row, ...changed, version }), "version"));
      }
      assert.deepEqual(await run(get), row);
    },
    "J17: refuses the second of two updates that read the same version": async ({ run }) => {
      const first = { ...row, ...changed, version: 2 };
      await run(async (tx) => written(await repository(tx).insert(row)));
      await run(async (tx) => written(await repository(tx).update(first)));
      await run(async (tx) => refused(await repository(tx).update({ ...row, version: 2 }), "version"));
      assert.deepEqual(await run(get), first);
    },
    "J17: refuses to update what does not exist": async ({ run }) => {
      await run(async (tx) => refused(await repository(tx).update({ ...row, version: 2 }), "version"));
      assert.equal(await run(get), null);
    },
  };
}
