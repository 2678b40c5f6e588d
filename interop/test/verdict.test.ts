import { describe, expect, it } from "vitest";
import type { Problem } from "../src/suite.ts";
import { judgeRun, judgeSuite, type Standard } from "../src/verdict.ts";

const excuse = { suite: "suite", check: "wrong", reason: "The suite is wrong." };
const standard: Standard = { excuses: [], mayMiss: () => false, passedBefore: new Map() };
const problem = (check: string, grade: Problem["grade"] = "failed"): Problem => ({ check, grade, message: "" });
const report = (problems: readonly Problem[], excuses = [excuse]) =>
  judgeSuite({ name: "suite", version: "1" }, { passed: 10, problems }, excuses);

describe("a suite", () => {
  it("is counted by grade", () => {
    const problems = [problem("a"), problem("b", "warned"), problem("c", "skipped"), problem("d", "skipped")];
    expect(report(problems)).toEqual({
      suite: "suite",
      version: "1",
      passed: 10,
      failed: 1,
      warned: 1,
      skipped: 2,
      excused: [],
      problems,
    });
  });

  it("has its excused failures apart", () => {
    expect(report([problem("wrong"), problem("a")])).toMatchObject({
      failed: 1,
      excused: [excuse],
      problems: [problem("a")],
    });
  });

  it("is excused for failures of this suite alone, and for nothing but failures", () => {
    expect(report([problem("wrong")], [{ ...excuse, suite: "other" }]).failed).toBe(1);
    expect(report([problem("wrong", "warned")])).toMatchObject({ warned: 1, excused: [] });
  });
});

describe("a run", () => {
  const complaints = (...[suites, missing, more]: Partial<Parameters<typeof judgeRun>>) =>
    judgeRun(suites ?? [], missing ?? [], more ?? standard).complaints;

  it("is good when nothing failed but what is excused", () => {
    const verdict = judgeRun([report([problem("wrong"), problem("b", "warned")])], [], {
      ...standard,
      excuses: [excuse],
    });
    expect([verdict.ok, verdict.complaints]).toEqual([true, []]);
  });

  it("is not good when a check failed", () => {
    expect(complaints([report([problem("a")])])).toEqual(["suite: 1 failed."]);
  });

  it("is not good when fewer checks passed than before", () => {
    const before = (passed: number) => ({ ...standard, passedBefore: new Map([["suite", passed]]) });
    expect(complaints([report([])], [], before(10))).toEqual([]);
    expect(complaints([report([])], [], before(11))).toEqual(["suite: 10 checks passed, 11 before."]);
  });

  it("is not good when an excuse has outlived its reason", () => {
    expect(complaints([report([])], [], { ...standard, excuses: [excuse] })).toEqual([
      "suite: wrong passes, remove its excuse.",
    ]);
    expect(complaints([report([])], [], { ...standard, excuses: [{ ...excuse, suite: "not run" }] })).toEqual([]);
  });

  it("says nothing of the excuses of a suite that broke off", () => {
    const broken = judgeSuite({ name: "suite", version: "1" }, { passed: 0, problems: [problem("a")] }, [excuse]);
    expect(complaints([broken], [], { ...standard, excuses: [excuse] })).toEqual(["suite: 1 failed."]);
  });

  it("is not good when a suite is missing that must not be", () => {
    const missing = [{ suite: "suite", reason: "No Go." }];
    expect(complaints([], missing)).toEqual(["suite did not run."]);
    expect(complaints([], missing, { ...standard, mayMiss: (suite) => suite === "suite" })).toEqual([]);
  });
});
