import { describe, expect, it } from "vitest";
import { play, resultTable } from "../../src/demo/play.ts";
import type { Step } from "../../src/demo/step.ts";
import { eventually, VerificationError, verifyEqual, verifyPresent } from "../../src/demo/verify.ts";
import type { World } from "../../src/demo/world.ts";
import { recordingTerminal } from "../recording-terminal.ts";

const NOWHERE = {} as World;
const STEPS: readonly Step[] = [
  { title: "works", run: async () => "as it should" },
  { title: "does not", run: async () => String(verifyEqual("status", 500, 200)) },
  { title: "works too", run: async () => "after a failure" },
];

describe("play", () => {
  it("goes on after a failed step and names it in the table", async () => {
    const terminal = recordingTerminal();
    const results = await play(STEPS, NOWHERE, terminal);
    expect(results.map(({ verified }) => verified)).toEqual([true, false, true]);
    expect(terminal.lines).toContain("         failed: status: expected 200, got 500");
    expect(resultTable(results).split("\n")).toEqual([
      "",
      "  verified  works      as it should",
      "  FAILED    does not   status: expected 200, got 500",
      "  verified  works too  after a failure",
      "",
      "2 of 3 steps verified. Failed: does not.",
    ]);
  });
});

describe("verify", () => {
  it("compares deeply", () => {
    verifyEqual("list", [{ a: 1 }], [{ a: 1 }]);
    expect(() => verifyEqual("list", [{ a: 1 }], [{ a: 2 }])).toThrow(VerificationError);
    expect(() => verifyPresent("thing", null)).toThrow("thing");
    expect(verifyPresent("zero", 0)).toBe(0);
  });

  it("reads again until a statement holds, but does not repeat other errors", async () => {
    let reads = 0;
    await eventually(async () => verifyEqual("reads", ++reads, 3));
    expect(reads).toBe(3);
    const broken = eventually(async () => {
      reads += 1;
      throw new TypeError("broken");
    });
    await expect(broken).rejects.toThrow("broken");
    expect(reads).toBe(4);
  });
});
