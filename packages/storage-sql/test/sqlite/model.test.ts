import { describe, it } from "vitest";
import { MODEL_RUNS, runModel } from "../../../provisioning-engine/test/model/run-model.ts";
import { sqliteStore } from "../../src/sqlite/index.ts";

describe("whatever happens to an engine on SQLite", () => {
  it(`its invariants hold after every step of ${MODEL_RUNS} runs`, { timeout: 3_600_000 }, () =>
    runModel(() => sqliteStore({ path: ":memory:" }), MODEL_RUNS),
  );
});
