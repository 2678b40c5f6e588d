/**
 * What a refused write means to whoever asked for it.
 *
 * @module
 */
import { ProvisioningError } from "../errors.ts";
import type { WriteResult } from "../ports/index.ts";

/**
 * @param taken what to say when a unique value belongs to somebody else
 * @throws {ProvisioningError} `already_exists` with that message, or `conflict` when the row changed meanwhile
 */
export function ensureWritten(result: WriteResult, taken = "The value is taken."): void {
  if (result.ok) return;
  const { conflict } = result;
  if (conflict !== "version") throw new ProvisioningError("already_exists", taken, { facts: { field: conflict } });
  throw new ProvisioningError("conflict", "Somebody else changed this at the same time.", {
    hint: "Read it again and repeat the change.",
  });
}
