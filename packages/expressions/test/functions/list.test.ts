import { describe, expect, it } from "vitest";
import { outcomeOf } from "../evaluation.ts";

describe("Count", () => {
  it("A13: is 0 for null and 1 for a single value", () => {
    expect(outcomeOf("Count([a])")).toBe(0);
    expect(outcomeOf("Count([a])", { a: [] })).toBe(0);
    expect(outcomeOf("Count([a])", { a: "" })).toBe(1);
    expect(outcomeOf("Count([a])", { a: [null, "x", ["nested"], Number.NaN] })).toBe(1);
  });
});

describe("Item", () => {
  it("counts from 1, and takes a single value as a list of one", () => {
    expect(outcomeOf("Item([a], 1)", { a: "x" })).toBe("x");
    expect(outcomeOf("Item([a], 0)", { a: ["x"] })).toEqual({ error: "range" });
    expect(outcomeOf("Item([a], -1)", { a: ["x"] })).toEqual({ error: "range" });
    expect(outcomeOf("Item([a], 1)")).toEqual({ error: "range" });
  });
});

describe("RemoveDuplicates", () => {
  it("A13: compares exactly, and keeps the first", () => {
    expect(outcomeOf("RemoveDuplicates([a])", { a: ["b", "B", "b", 1, "1"] })).toEqual(["b", "B", 1]);
    expect(outcomeOf("RemoveDuplicates([a])", { a: [{ x: 1, y: 2 }, { y: 2, x: 1 }, { x: 1 }] })).toEqual([
      { x: 1, y: 2 },
      { x: 1 },
    ]);
    expect(outcomeOf("RemoveDuplicates([a])", { a: "x" })).toEqual(["x"]);
    expect(outcomeOf("RemoveDuplicates([a])")).toBeNull();
  });
});

describe("Split", () => {
  it("A5: takes the white space around the parts away, as the published sample does", () => {
    const attributes = { extensionAttribute5: "PermissionSetOne, PermissionSetTwo" };
    expect(outcomeOf('Split([extensionAttribute5], ",")', attributes)).toEqual([
      "PermissionSetOne",
      "PermissionSetTwo",
    ]);
  });

  it("keeps empty parts, takes longer delimiters whole, and splits nothing at nothing", () => {
    expect(outcomeOf('Split("a,,b", ",")')).toEqual(["a", "", "b"]);
    expect(outcomeOf('Split("a, b;c", ", ")')).toEqual(["a", "b;c"]);
    expect(outcomeOf('Split("abc", "")')).toEqual(["abc"]);
    expect(outcomeOf('Split([a], ",")')).toBeNull();
  });
});
