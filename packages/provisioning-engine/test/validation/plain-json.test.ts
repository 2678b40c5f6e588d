import { describe, expect, it } from "vitest";
import { isPlainJson } from "../../src/validation/plain-json.ts";

function nested(levels: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < levels; level++) value = [value];
  return value;
}

describe("isPlainJson", () => {
  it.each([[null], ["text"], [true], [0], [[]], [{ a: [{ b: null }] }], [nested(16)]])("accepts %j", (value) => {
    expect(isPlainJson(value)).toBe(true);
  });

  it.each([
    ["undefined", undefined],
    ["a function", () => 1],
    ["an infinite number", Number.POSITIVE_INFINITY],
    ["an instance", new Date(0)],
    ["a value inside that is none", { a: { b: [undefined] } }],
    ["an own __proto__", JSON.parse('{"a":{"__proto__":{"polluted":true}}}')],
    ["17 levels", nested(17)],
    ["more than 64 KiB", "a".repeat(65 * 1024)],
  ])("refuses %s", (_, value) => {
    expect(isPlainJson(value)).toBe(false);
  });

  it("ends on a cycle", () => {
    const cycle: unknown[] = [];
    cycle.push(cycle);
    expect(isPlainJson(cycle)).toBe(false);
  });
});
