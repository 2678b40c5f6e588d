/**
 * Statements about what was read back. A statement that does not hold ends its step.
 *
 * @module
 */
import { setTimeout as delay } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";

const PATIENCE_MS = 5_000;
const PAUSE_MS = 50;

/** What was read back is not what was expected. */
export class VerificationError extends Error {
  constructor(what: string, expected: unknown, actual: unknown) {
    super(`${what}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(actual)}`);
    this.name = "VerificationError";
  }
}

/** @throws {VerificationError} unless both are deeply equal */
export function verifyEqual(what: string, actual: unknown, expected: unknown): void {
  if (!isDeepStrictEqual(actual, expected)) throw new VerificationError(what, expected, actual);
}

/** @throws {VerificationError} unless there is a value */
export function verifyPresent<Value>(what: string, value: Value | undefined | null): Value {
  if (value === undefined || value === null) throw new VerificationError(what, "something", value);
  return value;
}

/** For what follows in the background: reads again until the statements hold, for five seconds at most. */
export async function eventually<Value>(read: () => Promise<Value>): Promise<Value> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof VerificationError) || Date.now() > deadline) throw error;
      await delay(PAUSE_MS);
    }
  }
}
