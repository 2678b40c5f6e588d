/**
 * Runs of random steps on a store, with every invariant checked after every step.
 *
 * @module
 */
import fc, { type AsyncCommand } from "fast-check";
import type { Store } from "../../src/ports/index.ts";
import { crashSteps } from "./crash-steps.ts";
import { directorySteps } from "./directory-steps.ts";
import { INVARIANTS } from "./invariants.ts";
import { personSteps } from "./person-steps.ts";
import { beginnings, populate } from "./populate.ts";
import { rightsSteps } from "./rights-steps.ts";
import { signInSteps } from "./sign-in-steps.ts";
import type { State } from "./state.ts";
import type { Step } from "./step.ts";
import { openWorld, type World } from "./world.ts";

const steps = fc.oneof(
  { arbitrary: directorySteps, weight: 10 },
  { arbitrary: personSteps, weight: 8 },
  { arbitrary: signInSteps, weight: 2 },
  { arbitrary: crashSteps, weight: 2 },
  { arbitrary: rightsSteps, weight: 1 },
);

/** `pnpm fuzz model` asks for more. */
export const MODEL_RUNS: number = Number(process.env.MODEL_RUNS ?? 100);

const STEPS_PER_RUN = 40;
const SEED = 20_260_301;

/** What a run is about: its world, and the state of it. The steps themselves say what they may change. */
interface Real {
  readonly world: World;
  state: State;
}

function commandOf(step: Step): AsyncCommand<object, Real> {
  return {
    check: () => true,
    toString: () => step.title,
    run: async (_model, real) => {
      const { world, state: before } = real;
      const earliest = world.now();
      world.tick();
      const did = await step.run(world, before);
      const after = await world.read();
      const hit = world.hit();
      // I29: what fails at a child is no excuse for an answer to the directory of its parent.
      const broken = hit === "anything" || (hit === "tenants" && step.author !== "directory");
      const observation = { step, did, before, after, earliest, world, broken };
      for (const invariant of Object.values(INVARIANTS)) await invariant(observation);
      real.state = after;
    },
  };
}

/**
 * @param openStore gives a new, empty store each time
 * @param runs how many runs of at most 40 steps
 */
export async function runModel(openStore: () => Promise<Store> | Store, runs: number): Promise<void> {
  const commands = fc.commands([steps.map(commandOf)], { maxCommands: STEPS_PER_RUN, size: "max" });
  const property = fc.asyncProperty(beginnings, commands, async (beginning, sequence) => {
    const store = await openStore();
    const world = await openWorld(store);
    try {
      await populate(world, beginning);
      const real = { world, state: await world.read() };
      await fc.asyncModelRun(() => ({ model: {}, real }), sequence);
    } finally {
      await world.close();
      await store.close();
    }
  });
  await fc.assert(property, { numRuns: runs, seed: SEED, endOnFailure: false });
}
