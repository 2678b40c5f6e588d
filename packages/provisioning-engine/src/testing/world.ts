/**
 * The world of a case: an empty store with two tenants that know nothing of each other.
 *
 * @module
 */
import assert from "node:assert/strict";
import type { Store, Transaction, WriteResult } from "../ports/index.ts";
import { ACME, ACME_CONNECTION, aConnection, aTenant, GLOBEX, GLOBEX_CONNECTION } from "./records.ts";

export interface World {
  readonly store: Store;
  /** One transaction. */
  run<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
}

/** Cases by name; a name begins with the requirement that it proves, where there is one. */
export type Cases = Readonly<Record<string, (world: World) => Promise<void>>>;

export async function openWorld(store: Store): Promise<World> {
  await store.migrate();
  const run: World["run"] = (work) => store.transaction({ tenantId: null }, work);
  await run(async (tx) => {
    for (const [tenantId, connectionId] of [
      [ACME, ACME_CONNECTION],
      [GLOBEX, GLOBEX_CONNECTION],
    ] as const) {
      written(await tx.tenants.insert(aTenant({ id: tenantId, connectionId })));
      written(await tx.connections.insert(aConnection({ id: connectionId, tenantId })));
    }
  });
  return { store, run };
}

/** Asserts that a write was accepted. */
export function written(result: WriteResult): void {
  assert.deepEqual(result, { ok: true });
}

/** Asserts that a write was refused because of this field. */
export function refused(result: WriteResult, conflict: string): void {
  assert.deepEqual(result, { ok: false, conflict });
}

/** What a caller may send for a position without having got it from the store. */
export const STRANGE_POSITIONS: readonly string[] = ["", "0", "-1", "x", "1e3", "99999999999999999999", "' or 1=1 --"];

const PATIENCE_MS = 10_000;

/** What the work gives; a case that would wait for ever fails instead. */
export async function settles<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new assert.AssertionError({ message: "still waiting: a deadlock" })), PATIENCE_MS);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** Ascending, without changing what was given: for answers whose order the contract leaves open. */
export function sorted(values: readonly string[]): readonly string[] {
  return values.toSorted();
}

/** An error that tells its reader something. */
export function isClear(error: unknown): boolean {
  assert.ok(error instanceof Error && !(error instanceof assert.AssertionError), String(error));
  assert.ok(error.message.length > 10, "the message says what happened");
  return true;
}
