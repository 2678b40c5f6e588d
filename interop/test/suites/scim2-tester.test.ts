import { expect, it } from "vitest";
import { parseTester } from "../../src/suites/scim2-tester.ts";
import { recorded } from "../fixtures.ts";

it("reads every result, and the reason of one that is no success to its last line", () => {
  expect(parseTester(recorded("scim2-tester.txt"))).toEqual({
    passed: 5,
    problems: [
      {
        check: "check_add_attribute",
        grade: "failed",
        message: expect.stringMatching(/^Attribute 'members' was not added.*\nReturned value: None$/s),
      },
    ],
  });
});

it.each([
  ["SUCCESS", 1, []],
  ["COMPLIANT", 1, []],
  ["ACCEPTABLE", 1, []],
  ["DEVIATION", 0, ["warned"]],
  ["ERROR", 0, ["failed"]],
  ["CRITICAL", 0, ["failed"]],
  ["SKIPPED", 0, ["skipped"]],
])("grades %s", (status, passed, grades) => {
  const findings = parseTester(`Performing a check\n${status} object_creation\n  because`);
  expect([findings.passed, findings.problems.map(({ grade }) => grade)]).toEqual([passed, grades]);
});

it("finds nothing in a stack trace", () => {
  expect(parseTester("Traceback (most recent call last):\nERROR: no server")).toEqual({ passed: 0, problems: [] });
});
