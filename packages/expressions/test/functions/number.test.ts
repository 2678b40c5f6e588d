import { describe, expect, it } from "vitest";
import { outcomeOf } from "../evaluation.ts";

describe("BitAnd", () => {
  it("A16: does arithmetic", () => {
    expect(outcomeOf("BitAnd(&HF, &HF7)")).toBe(7);
  });

  it("is exact in 64 bits, with negative numbers in two's complement", () => {
    expect(outcomeOf("BitAnd(9007199254740993, 9223372036854775807)")).toBe("9007199254740993");
    expect(outcomeOf("BitAnd(-1, [a])", { a: 2n ** 62n + 1n })).toBe("4611686018427387905");
    expect(outcomeOf("BitAnd(-2, -1)")).toBe(-2);
    expect(outcomeOf('BitAnd("6", 3)')).toBe(2);
    expect(outcomeOf("BitAnd([a], 3)")).toEqual({ error: "type" });
  });
});

describe("CBool", () => {
  it("A14: reads the words, and refuses other text", () => {
    expect(outcomeOf('CBool("False")')).toBe(false);
    expect(outcomeOf('CBool(" TRUE ")')).toBe(true);
    expect(outcomeOf('CBool("0")')).toBe(false);
    expect(outcomeOf('CBool("0.5")')).toBe(true);
    expect(outcomeOf('CBool("yes")')).toEqual({ error: "type" });
  });

  it("is true for every number but 0, and false for null", () => {
    expect(outcomeOf("CBool(-3)")).toBe(true);
    expect(outcomeOf("CBool(0)")).toBe(false);
    expect(outcomeOf("CBool([a])")).toBe(false);
  });
});

describe("CStr", () => {
  it("makes text of numbers with all their digits, truth values and dates", () => {
    expect(outcomeOf("CStr(9223372036854775807)")).toBe("9223372036854775807");
    expect(outcomeOf("CStr([a])", { a: 12 })).toBe("12");
    expect(outcomeOf("CStr([a])", { a: false })).toBe("False");
    expect(outcomeOf("CStr(Now())")).toBe("7/2/2021 3:33:38 PM");
    expect(outcomeOf("CStr([a])")).toBeNull();
  });
});
