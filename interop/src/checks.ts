/**
 * Checks of our own that foreign software decides: each is named, and one that fails does not keep the others from running.
 *
 * @module
 */
import { InteropError } from "./errors.ts";
import type { Findings, Problem } from "./suite.ts";

export interface Check {
  readonly name: string;
  /** What it throws says why it does not hold. */
  readonly run: () => Promise<void>;
}

/**
 * One after the other, since later ones may build on what earlier ones left behind.
 *
 * @throws {InteropError} of a check: the suite itself broke off
 */
export async function runChecks(checks: readonly Check[]): Promise<Findings> {
  const problems: Problem[] = [];
  for (const { name, run } of checks) {
    const message = await failureOf(run);
    if (message !== undefined) problems.push({ check: name, grade: "failed", message });
  }
  return { passed: checks.length - problems.length, problems };
}

async function failureOf(run: Check["run"]): Promise<string | undefined> {
  try {
    await run();
    return undefined;
  } catch (error) {
    if (error instanceof InteropError) throw error;
    return error instanceof Error ? error.message : String(error);
  }
}
