/**
 * How a trial of many people goes on: with room for what else the process has to do, and not for ever. What else writes
 * waits for a trial, and rules may be made to cost as much as they are allowed to.
 *
 * @module
 */
import { ProvisioningError } from "../errors.ts";

export interface Pace {
  /** @throws {ProvisioningError} `dry_run_too_long` when the trial has taken too long */
  check(): void;
  /** Lets others have a turn, and checks. */
  pause(): Promise<void>;
}

const LONGEST_MS = 15_000;

export function startPace(): Pace {
  const end = performance.now() + LONGEST_MS;
  const check = () => {
    if (performance.now() > end) throw tooLong();
  };
  return {
    check,
    pause: async () => {
      await new Promise((resolve) => setTimeout(resolve, 0));
      check();
    },
  };
}

function tooLong(): ProvisioningError {
  return new ProvisioningError("dry_run_too_long", `The dry run was given up after ${LONGEST_MS / 1000} seconds.`, {
    hint: "Nothing was changed. Ask explain about fewer people at a time (limit), or try simpler rules.",
  });
}
