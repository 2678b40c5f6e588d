import { describe, it } from "vitest";
import { memoryStore } from "../../src/index.ts";
import { INVARIANTS } from "./invariants.ts";
import { MODEL_RUNS, runModel } from "./run-model.ts";

describe("whatever happens to an engine", () => {
  it(
    `${Object.keys(INVARIANTS).length} invariants hold after every step of ${MODEL_RUNS} runs`,
    { timeout: 3_600_000 },
    () => runModel(memoryStore, MODEL_RUNS),
  );
});
