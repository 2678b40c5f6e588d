import { expect, it } from "vitest";
import { FORETOLD_RUNS, runForetelling } from "../../../provisioning-engine/test/impact/foretelling.ts";
import { sqliteStore } from "../../src/sqlite/index.ts";

it("R98: what a simulation foretells comes, on SQLite", { timeout: 3_600_000 }, async () => {
  expect(await runForetelling(() => sqliteStore({ path: ":memory:" }), FORETOLD_RUNS)).toBeGreaterThan(80);
});
