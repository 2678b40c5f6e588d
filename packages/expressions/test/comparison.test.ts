import { describe, expect, it } from "vitest";
import { outcomeOf } from "./evaluation.ts";

const date = new Date("2020-01-02T00:00:00Z");

describe("comparisons", () => {
  it.each([
    ['[a] = "x"', { a: "X" }, false],
    ['[a] = "x"', { a: ["x"] }, true],
    ['[a] < "b"', { a: "a" }, true],
    ['[a] < "9"', { a: "10" }, true],
    ["[a] < 9", { a: "10" }, false],
    ["[a] = 10", { a: " 10 " }, true],
    ["[a] = 10", { a: "10.0" }, true],
    ["[a] = 10", { a: "ten" }, false],
    ["[a] <> 10", { a: "ten" }, true],
    ["[a] > 10", { a: "ten" }, false],
    ["[a] = [b]", { a: 9007199254740993n, b: "9007199254740993" }, true],
    ["[a] > [b]", { a: 9007199254740993n, b: 9007199254740992 }, true],
    ['[a] = "True"', { a: true }, true],
    ['[a] = "true"', { a: true }, false],
    ["[a] >= [b]", { a: date, b: "2020-01-02" }, true],
    ["[a] < [b]", { a: "12/31/2019 1:00:00 AM", b: date }, true],
    ["[a] = [b]", { a: date, b: "soon" }, false],
    ["[a] = [b]", {}, true],
    ['[a] = ""', {}, false],
    ['[a] <= ""', {}, false],
    ['[a] <> ""', {}, true],
    ["[a] >= [b]", {}, true],
  ])("A11: %s, case %#", (text, attributes, expected) => {
    expect(outcomeOf(text, attributes)).toBe(expected);
  });

  it("refuses several values and objects", () => {
    expect(outcomeOf('[a] = "x"', { a: ["x", "y"] })).toEqual({ error: "type" });
    expect(outcomeOf('[a] = "x"', { a: { value: "x" } })).toEqual({ error: "type" });
  });
});
