/**
 * Plays steps in order and tells what became of them. A failed step does not end the play: the others may still say
 * something about what works.
 *
 * @module
 */
import type { Terminal } from "../terminal.ts";
import type { Step, StepResult } from "./step.ts";
import type { World } from "./world.ts";

/** @returns one result per step, in order */
export async function play(steps: readonly Step[], world: World, terminal: Terminal): Promise<readonly StepResult[]> {
  const results: StepResult[] = [];
  for (const [index, step] of steps.entries()) {
    terminal.out(`  ${`${index + 1}`.padStart(2)}/${steps.length}  ${step.title}`);
    const result = await playOne(step, world);
    if (!result.verified) terminal.out(`         failed: ${result.detail}`);
    results.push(result);
  }
  return results;
}

async function playOne({ title, run }: Step, world: World): Promise<StepResult> {
  try {
    return { title, verified: true, detail: await run(world) };
  } catch (error) {
    return { title, verified: false, detail: error instanceof Error ? error.message : String(error) };
  }
}

/** The closing table: a line per step, and a last line with the sum. */
export function resultTable(results: readonly StepResult[]): string {
  const width = Math.max(...results.map(({ title }) => title.length));
  const failed = results.filter(({ verified }) => !verified);
  const rows = results.map(
    ({ title, verified, detail }) => `  ${verified ? "verified" : "FAILED  "}  ${title.padEnd(width)}  ${detail}`,
  );
  const sum = `${results.length - failed.length} of ${results.length} steps verified`;
  const names = failed.map(({ title }) => title).join("; ");
  return ["", ...rows, "", failed.length === 0 ? `${sum}.` : `${sum}. Failed: ${names}.`].join("\n");
}
