import { describe, expect, it } from "vitest";
import { evaluateExpression, isExpressionError, parseExpression } from "../src/index.ts";
import { contextOf, outcomeOf } from "./evaluation.ts";

function milliseconds(act: () => void): number {
  const start = performance.now();
  act();
  return performance.now() - start;
}

describe("evaluateExpression", () => {
  it("reads own attributes alone, by their exact name", () => {
    expect(outcomeOf("[__proto__]")).toBeNull();
    expect(outcomeOf("IsPresent([constructor])")).toBe(false);
    expect(outcomeOf("[a]", Object.create({ a: "inherited" }))).toBeNull();
    expect(outcomeOf("[jobtitle]", { jobTitle: "x" })).toBeNull();
    expect(outcomeOf("[__proto__]", JSON.parse('{"__proto__": "own"}'))).toBe("own");
  });

  it("answers values that JSON can hold", () => {
    const a = { big: 2n ** 60n, at: new Date("2020-01-02T03:04:05Z"), deep: { x: 1 }, no: null, list: [1] };
    expect(outcomeOf("[a]", { a })).toEqual({ big: "1152921504606846976", at: "1/2/2020 3:04:05 AM" });
    expect(outcomeOf("[a]", { a: [1, true, "x", a] })).toEqual([1, true, "x", expect.anything()]);
    expect(outcomeOf("[a]", { a: Number.POSITIVE_INFINITY })).toBeNull();
    expect(outcomeOf("[a]", { a: new Date(Number.NaN) })).toBeNull();
    expect(outcomeOf("[a]", { a: [] })).toBeNull();
  });

  it("says where there is no value, without saying what was there", () => {
    try {
      evaluateExpression(parseExpression('Append("x", Left([a], [b]))'), contextOf({ a: "abc", b: "secret" }));
      expect.unreachable();
    } catch (error) {
      expect(isExpressionError(error) && error).toMatchObject({ code: "type", position: 12 });
      expect(JSON.stringify([error, String(error)])).not.toContain("secret");
    }
  });

  it("I40: changes nothing that it is given, and gives the same for the same", () => {
    const attributes = Object.freeze({ a: Object.freeze(["b", "a"]) });
    const expression = parseExpression('Join("-", RemoveDuplicates([a]), Now(), RandomString(4,1,1,1,1), Guid())');
    const first = evaluateExpression(expression, contextOf(attributes));
    expect(evaluateExpression(expression, contextOf(attributes))).toEqual(first);
  });
});

describe("limits", () => {
  it("answers ^(a+)+$ over 10,000 characters within 50 ms", () => {
    const expression = parseExpression('Replace([a], , "^(a+)+$", , "", , )');
    const attributes = { a: `${"a".repeat(9_999)}!` };
    evaluateExpression(expression, contextOf(attributes));
    const times = [1, 2, 3].map(() => milliseconds(() => evaluateExpression(expression, contextOf(attributes))));
    expect(Math.min(...times)).toBeLessThan(50);
    expect(outcomeOf('Replace([a], , "^(a+)+$", , "", , )', { a: "a".repeat(10_000) })).toBe("");
  });

  it("stops searches that would look at everything from everywhere", () => {
    expect(outcomeOf('Replace([a], , "(a*b)?", , "", , )', { a: "a".repeat(50_000) })).toEqual({ error: "limit" });
    expect(outcomeOf("InStr([a], [b])", { a: "a".repeat(99_999), b: `b${"a".repeat(49_999)}` })).toEqual({
      error: "limit",
    });
  });

  it("stops texts that grow", () => {
    const doubled = (depth: number) => `${"Replace(".repeat(depth)}[a]${', "a", , , "aa", , )'.repeat(depth)}`;
    expect(outcomeOf(doubled(10), { a: "a" })).toBe("a".repeat(1_024));
    expect(outcomeOf(doubled(40), { a: "a" })).toEqual({ error: "limit" });
    expect(outcomeOf('Replace([a], , ".", , [b], , )', { a: "x".repeat(300), b: "$_".repeat(3_000) })).toEqual({
      error: "limit",
    });
    expect(outcomeOf('Replace([a], , "^.", , [b], )', { a: "x".repeat(90_000), b: "$_".repeat(20_000) })).toEqual({
      error: "limit",
    });
    expect(outcomeOf("[a]", { a: "x".repeat(100_001) })).toEqual({ error: "limit" });
  });

  it("stops lists that grow, and work that adds up", () => {
    expect(outcomeOf('Split([a], ",")', { a: ",".repeat(10_000) })).toEqual({ error: "limit" });
    expect(outcomeOf("Count([a])", { a: Array.from({ length: 10_001 }, () => 1) })).toEqual({ error: "limit" });
    const many = `Join("", ${Array.from({ length: 90 }, () => "Left([a], 1)").join()})`;
    expect(outcomeOf(many, { a: "x".repeat(100_000) })).toEqual({ error: "limit" });
  });

  it("are the host's to set", () => {
    expect(outcomeOf("[a]", { a: "abc" }, { limits: { textLength: 2 } })).toEqual({ error: "limit" });
    expect(outcomeOf("[a]", { a: ["x", "y"] }, { limits: { listLength: 1 } })).toEqual({ error: "limit" });
    expect(outcomeOf('Join("", [a], [a])', { a: "abc" }, { limits: { work: 6 } })).toEqual({ error: "limit" });
  });

  it.each([
    ["NormalizeDiacritics([a])", `e${"\u0301\u0316".repeat(49_000)}`],
    ['ToLower([a], "tr-TR")', "İ".repeat(90_000)],
    ["ConvertToUTF8Hex([a])", "é".repeat(99_000)],
    ["PCase([a])", "Ab ".repeat(33_000)],
    ['Word([a], 50000, " ")', "a ".repeat(49_000)],
    ['Replace([a], , "(\\w+\\s?)+x", , "", , )', "ab ".repeat(33_000)],
    ['Replace([a], , "(.*)(.*)(.*)(.*)[^a]", , "", , )', "a".repeat(99_000)],
  ])("bound the time of %s over very long values", (text, a) => {
    const expression = parseExpression(text);
    const time = milliseconds(() => {
      try {
        evaluateExpression(expression, contextOf({ a }));
      } catch (error) {
        if (!isExpressionError(error)) throw error;
      }
    });
    expect(time).toBeLessThan(1_500);
  });
});
