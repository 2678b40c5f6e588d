import { expect, it } from "vitest";
import { parseTestSuite } from "../../src/suites/scim2-test-suite.ts";
import { recorded } from "../fixtures.ts";

it("reads every result of a verbose run, once, with what it has to say", () => {
  expect(parseTestSuite(recorded("scim2-test-suite.txt"))).toEqual({
    passed: 3,
    problems: [
      {
        check: "RFC7643-2.3.7-L578/get_member_ref_returns_resource",
        grade: "failed",
        message: expect.stringMatching(/^GET http.* got status 404, want 200$/),
      },
      {
        check: "RFC7644-3.4.2.1-L912/too_many_results",
        grade: "skipped",
        message: "maxResults=1000, skipping (too large to create that many resources)",
      },
      { check: "RFC7644-3.7-L2775/returns_200", grade: "warned", message: "POST /Bulk: got status 501, want 200" },
      {
        check: "RFC7644-3.7.1-L2814/circular_references",
        grade: "warned",
        message: "POST /Bulk with circular refs: got status 501, want 200",
      },
    ],
  });
});

it("reads a result that stands last, and none in what is no list", () => {
  expect(parseTestSuite("  [FAIL] R1/check\n         why\n         and how")).toEqual({
    passed: 0,
    problems: [{ check: "R1/check", grade: "failed", message: "why\nand how" }],
  });
  expect(parseTestSuite("panic: no server\n    [FAIL] deeper\n[PASS] not indented")).toEqual({
    passed: 0,
    problems: [],
  });
});
