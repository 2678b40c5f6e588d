import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { LIFE } from "../../src/demo/steps/index.ts";
import { run } from "../../src/index.ts";
import { recordingTerminal } from "../recording-terminal.ts";

describe("muster demo", () => {
  it("contract 1: verifies every step and ends with 0", async () => {
    const terminal = recordingTerminal();
    const code = await run(["demo", "--exit"], terminal);
    expect(terminal.lines.filter((line) => line.includes("failed:"))).toEqual([]);
    expect(terminal.lines.at(-1)).toContain(`${LIFE.length} of ${LIFE.length} steps verified.`);
    expect(code).toBe(0);
  });

  it("contract 1: plays again on a store that was played on before", async () => {
    const folder = mkdtempSync(join(tmpdir(), "muster-demo-test-"));
    for (const round of [1, 2]) {
      const terminal = recordingTerminal();
      const code = await run(["demo", "--exit", "--store", `sqlite:${join(folder, "demo.db")}`], terminal);
      expect([round, code, terminal.lines.at(-1)]).toEqual([round, 0, expect.not.stringContaining("FAILED")]);
    }
    rmSync(folder, { recursive: true, force: true });
  });
});
