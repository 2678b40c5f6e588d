import { describe, expect, it } from "vitest";
import { evaluateExpression, parseExpression } from "../../src/index.ts";
import { contextOf, outcomeOf } from "../evaluation.ts";

describe("Guid", () => {
  it("is the caller's", () => {
    expect(outcomeOf("Guid()", {}, { newGuid: () => "mine" })).toBe("mine");
  });
});

describe("RandomString", () => {
  /** A small generator, so that the tests are the same every time. */
  function chance(seed: number): () => number {
    let state = seed;
    return () => {
      state = (state * 1103515245 + 12345) % 2 ** 31;
      return state / 2 ** 31;
    };
  }

  function draw(text: string, seed: number): string {
    const result = evaluateExpression(parseExpression(text), contextOf({}, { random: chance(seed) }));
    return result.kind === "value" ? String(result.value) : "";
  }

  const count = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0;

  it("has the length, the minima, and nothing to avoid", () => {
    const drawn = Array.from({ length: 200 }, (_, seed) => draw('RandomString(10,2,2,2,1,"?,aZ0")', seed + 1));
    for (const text of drawn) {
      expect(text).toHaveLength(10);
      expect(count(text, /[0-9]/g)).toBeGreaterThanOrEqual(2);
      expect(count(text, /[A-Z]/g)).toBeGreaterThanOrEqual(2);
      expect(count(text, /[a-z]/g)).toBeGreaterThanOrEqual(1);
      expect(count(text, /[^0-9A-Za-z]/g)).toBeGreaterThanOrEqual(2);
      expect(text).not.toMatch(/[?,aZ0]/);
    }
    expect(new Set(drawn).size).toBe(200);
    expect(drawn.some((text) => /^[a-z]/.test(text)) && drawn.some((text) => /^[0-9]/.test(text))).toBe(true);
  });

  it("fills up from the kinds that have a minimum, and with letters and digits when none has", () => {
    expect(draw("RandomString(40,1,0,0,1)", 5)).toMatch(/^[0-9a-z]{40}$/);
    expect(draw("RandomString(40,0,0,0,0)", 5)).toMatch(/^[0-9A-Za-z]{40}$/);
  });

  it("refuses lengths and kinds that cannot be", () => {
    expect(outcomeOf("RandomString(257,1,0,0,0)")).toEqual({ error: "range" });
    expect(outcomeOf("RandomString(5,3,0,0,3)")).toEqual({ error: "range" });
    expect(outcomeOf("RandomString(5,-1,0,0,3)")).toEqual({ error: "range" });
    expect(outcomeOf('RandomString(5,1,0,0,0,"0123456789")')).toEqual({ error: "range" });
    expect(outcomeOf("RandomString(0,0,0,0,0)")).toBe("");
  });

  it("stays within its characters when chance goes beyond its bounds", () => {
    expect(outcomeOf("RandomString(3,3,0,0,0)", {}, { random: () => 1 })).toBe("999");
  });
});
