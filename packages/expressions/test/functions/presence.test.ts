import { describe, expect, it } from "vitest";
import { outcomeOf } from "../evaluation.ts";

const VALUES = { empty: "", text: "x", zero: 0, no: false, none: [], one: ["x"], two: ["x", "y"], object: { a: 1 } };

function answers(name: string): Record<string, unknown> {
  const names = ["absent", ...Object.keys(VALUES)];
  return Object.fromEntries(names.map((attribute) => [attribute, outcomeOf(`${name}([${attribute}])`, VALUES)]));
}

describe("IsNull", () => {
  it("is true for what is absent, and for a list without values", () => {
    expect(Object.entries(answers("IsNull")).flatMap(([name, answer]) => (answer ? [name] : []))).toEqual([
      "absent",
      "none",
    ]);
  });
});

describe("IsNullOrEmpty", () => {
  it("is true for an empty text as well", () => {
    expect(Object.entries(answers("IsNullOrEmpty")).flatMap(([name, answer]) => (answer ? [name] : []))).toEqual([
      "absent",
      "empty",
      "none",
    ]);
  });
});

describe("IsPresent", () => {
  it("is the inverse of IsNullOrEmpty", () => {
    const inverse = Object.entries(answers("IsNullOrEmpty")).map(([name, answer]) => [name, !answer]);
    expect(answers("IsPresent")).toEqual(Object.fromEntries(inverse));
  });
});

describe("IsString", () => {
  it("says whether CStr finds a text", () => {
    const texts = Object.entries(answers("CStr")).map(([name, text]) => [name, typeof text === "string"]);
    expect(answers("IsString")).toEqual(Object.fromEntries(texts));
  });
});

describe("Not", () => {
  it("is false for True alone", () => {
    expect(answers("Not")).toMatchObject({ absent: true, empty: true, text: true, no: true });
    expect(outcomeOf("Not([a])", { a: true })).toBe(false);
    expect(outcomeOf('Not("true")')).toBe(true);
    expect(outcomeOf("Not(IsNull([a]))")).toBe(false);
  });
});
