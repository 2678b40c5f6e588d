import { describe, expect, it } from "vitest";
import { readReport } from "../src/report.ts";
import type { Findings } from "../src/suite.ts";

const failed: Findings = { passed: 1, problems: [{ check: "a", grade: "failed", message: "" }] };
const good: Findings = { passed: 1, problems: [] };
const read = (findings: Findings, exitCode: number | null) =>
  readReport("suite", { exitCode, stdout: "", stderr: "Segmentation fault" }, () => findings);

describe("a report", () => {
  it("is what was parsed, when it fits the exit code", () => {
    expect(read(good, 0)).toBe(good);
    expect(read(failed, 1)).toBe(failed);
  });

  it.each([
    ["nothing was checked", { passed: 0, problems: [] }, 0],
    ["everything was skipped", { passed: 0, problems: [{ check: "a", grade: "skipped", message: "" }] }, 0],
    ["it failed and names no check", good, 2],
    ["it was ended", good, null],
  ] as const)("is none when %s", (_, findings, exitCode) => {
    expect(() => read(findings, exitCode)).toThrow(/suite .* without a usable report.*Segmentation fault/s);
  });
});
