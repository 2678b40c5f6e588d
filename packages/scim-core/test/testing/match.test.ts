import { describe, expect, it } from "vitest";
import type { Json } from "../../src/testing/json.ts";
import { mismatches } from "../../src/testing/match.ts";

const matches = (expected: Json, actual: Json | undefined): boolean =>
  mismatches(expected, actual, "body").length === 0;

describe("partial deep match", () => {
  it.each<[string, Json, Json, boolean]>([
    ["what is expected must be there", { a: 1 }, { a: 1, b: 2 }, true],
    ["a missing member", { a: 1 }, { b: 2 }, false],
    ["a nested member", { a: { b: 1 } }, { a: { b: 2 } }, false],
    ["an element anywhere", [{ a: 2 }], [{ a: 1 }, { a: 2, b: 3 }], true],
    ["no such element", [{ a: 2 }], [{ a: 1 }], false],
    ["a scalar is no text", { a: false }, { a: "False" }, false],
    ["an object is no array", { a: 1 }, [{ a: 1 }], false],
    ["an array is no object", [1], { 0: 1 }, false],
    ["null is not missing", { a: null }, {}, false],
    ["an inherited member is none", { constructor: { $present: true } }, {}, false],
  ])("%s", (_name, expected, actual, result) => {
    expect(matches(expected, actual)).toBe(result);
  });
});

describe("matchers", () => {
  it.each<[Json, Json | undefined, boolean]>([
    [{ $present: true }, "x", true],
    [{ $present: true }, false, true],
    [{ $present: true }, "", false],
    [{ $present: true }, null, false],
    [{ $present: true }, undefined, false],
    [{ $absent: true }, undefined, true],
    [{ $absent: true }, null, true],
    [{ $absent: true }, "", false],
    [{ $absentOrEmpty: true }, { a: "", b: [] }, true],
    [{ $absentOrEmpty: true }, [], true],
    [{ $absentOrEmpty: true }, { a: "x" }, false],
    [{ $absentOrEmpty: true }, 0, false],
    [{ $type: "number" }, 1, true],
    [{ $type: "number" }, "1", false],
    [{ $length: 2 }, [1, 2], true],
    [{ $length: 2 }, [1], false],
    [{ $length: 0 }, undefined, true],
    [{ $length: 1 }, undefined, false],
    [{ $length: 1 }, "x", false],
    [{ $regex: "^ab" }, "abc", true],
    [{ $regex: "^ab" }, "cab", false],
  ])("%j against %j", (expected, actual, result) => {
    expect(matches(expected, actual)).toBe(result);
  });

  it("says where and what", () => {
    expect(mismatches({ a: { $length: 2 }, b: 1 }, { a: [1] }, "body")).toEqual([
      "body.a is [1], expected $length 2.",
      "body.b is missing, expected 1.",
    ]);
  });
});
