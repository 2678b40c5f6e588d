import { expect, it } from "vitest";
import { memoryStore } from "../../src/index.ts";
import { FORETOLD_RUNS, runForetelling } from "./foretelling.ts";

it("R98: what a simulation foretells comes, in memory", { timeout: 600_000 }, async () => {
  expect(await runForetelling(memoryStore, FORETOLD_RUNS)).toBeGreaterThan(80);
});
