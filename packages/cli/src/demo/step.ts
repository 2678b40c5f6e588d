/**
 * One step of the demonstration.
 *
 * @module
 */
import type { World } from "./world.ts";

export interface Step {
  /** What happens, in a few words. */
  readonly title: string;
  /**
   * Acts over HTTP, reads back, verifies.
   *
   * @returns what was read back, in a few words
   * @throws when a statement does not hold, or a request is refused that should not be
   */
  run(world: World): Promise<string>;
}

/** What became of a step. */
export interface StepResult {
  readonly title: string;
  readonly verified: boolean;
  /** What was read back, or what went wrong. */
  readonly detail: string;
}
