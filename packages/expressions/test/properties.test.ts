import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  checkExpression,
  type EvaluationContext,
  type Expression,
  type ExpressionNode,
  evaluateExpression,
  explainExpression,
  isExpressionError,
  listFunctions,
  parseExpression,
  printExpression,
  toGraphSchema,
} from "../src/index.ts";
import { contextOf } from "./evaluation.ts";

const SEED = 19;

/** Words of the language and of its enemies, in any order. */
const fragment: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...listFunctions().map(({ name }) => `${name}(`)),
  fc.constantFrom(
    "(",
    ")",
    ",",
    ", ",
    "=",
    "<>",
    ">=",
    " ",
    "\n",
    "&H",
    "-",
    "[",
    "]",
    '"',
    "\\",
    '\\"',
    "vbTextCompare",
  ),
  fc.constantFrom("[a]", "[list]", "[date]", "[__proto__]", '"x"', '"(a+)+$"', "1", "-9223372036854775808", '"yyyy"'),
  fc.string({ unit: "grapheme", maxLength: 6 }),
);

const arbitraryText = fc.array(fragment, { maxLength: 40 }).map((parts) => parts.join(""));

const leaf: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom("[a]", "[b]", "[list]", "[n]", "[date]", "[none]", "[object]", '"$_"', '"(?<g>a*)"', '"g"', '"ww"'),
  fc.string({ unit: "grapheme", maxLength: 8 }).map((text) => `"${text.replaceAll(/["\\]/g, "\\$&")}"`),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String),
  fc.integer({ min: -3, max: 9 }).map(String),
);

/** Expressions that are valid as to functions and numbers of arguments, and otherwise anything. */
const { expression: validText } = fc.letrec<{ expression: string; call: string }>((tie) => ({
  expression: fc.oneof({ depthSize: "small", withCrossShrink: true }, leaf, tie("call")),
  call: fc
    .constantFrom(...listFunctions().filter(({ name }) => name !== "SelectUniqueValue"))
    .chain(({ name, parameters }) => {
      const fixed = parameters.filter(({ allowMultipleOccurrences }) => !allowMultipleOccurrences).length;
      const group = parameters.length - fixed;
      return fc
        .integer({ min: 1, max: 3 })
        .chain((rounds) =>
          fc
            .array(tie("expression"), { minLength: fixed + group * rounds, maxLength: fixed + group * rounds })
            .map((args) => `${name}(${args.join(", ")})`),
        );
    }),
}));

const attributes: fc.Arbitrary<EvaluationContext["attributes"]> = fc.record({
  a: fc.string({ unit: "grapheme" }),
  b: fc.option(fc.oneof(fc.boolean(), fc.double(), fc.bigInt()), { nil: null }),
  list: fc.array(fc.oneof(fc.string(), fc.integer())),
  n: fc.integer(),
  date: fc.date({ noInvalidDate: false }),
  object: fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.constant(null))),
});

/** The result of an act, or the code of its error; anything else that is thrown fails the test. */
function typed<Result>(act: () => Result): Result | { readonly code: string } {
  try {
    return act();
  } catch (error) {
    if (isExpressionError(error)) return { code: error.code };
    throw error;
  }
}

function withoutPlaces(node: ExpressionNode): unknown {
  return JSON.parse(
    JSON.stringify(node, (key, value: unknown) => {
      if (key === "start" || key === "end") return undefined;
      return typeof value === "bigint" ? `${value}n` : value;
    }),
  );
}

function parsed(text: string): Expression | undefined {
  const expression = typed(() => parseExpression(text));
  return "root" in expression ? expression : undefined;
}

describe("for any text", () => {
  it("throws typed errors alone, with a place inside of the text", () => {
    fc.assert(
      fc.property(arbitraryText, (text) => {
        try {
          const expression = parseExpression(text);
          checkExpression(expression);
          toGraphSchema(expression);
          typed(() => evaluateExpression(expression, contextOf({ a: "x", list: ["y"] })));
        } catch (error) {
          expect(isExpressionError(error)).toBe(true);
          if (isExpressionError(error)) expect(error.position ?? 0).toBeLessThanOrEqual(text.length);
        }
      }),
      { seed: SEED, numRuns: 3_000 },
    );
  });
});

describe("for any valid expression", () => {
  it("prints what reads as the same tree", () => {
    let read = 0;
    fc.assert(
      fc.property(validText, (text) => {
        const expression = parsed(text);
        if (expression === undefined) return;
        read += 1;
        const printed = printExpression(expression.root);
        expect(withoutPlaces(parseExpression(printed).root)).toEqual(withoutPlaces(expression.root));
        expect(printExpression(parseExpression(printed).root)).toBe(printed);
      }),
      { seed: SEED, numRuns: 1_000 },
    );
    expect(read).toBeGreaterThan(500);
  });

  it("gives the same for the same, with typed errors alone, and explains exactly that", () => {
    fc.assert(
      fc.property(validText, attributes, (text, given) => {
        const expression = parsed(text);
        if (expression === undefined) return;
        const before = structuredClone(given);
        const result = typed(() => evaluateExpression(expression, contextOf(given)));
        expect(typed(() => evaluateExpression(expression, contextOf(given)))).toEqual(result);
        const explained = explainExpression(expression, contextOf(given));
        expect(explained.result).toMatchObject(result);
        expect(given).toEqual(before);
        expect(() => JSON.stringify([result, explained])).not.toThrow();
      }),
      { seed: SEED, numRuns: 1_000 },
    );
  });

  it("takes a bounded time for calls nested and repeated as far as they go", () => {
    const value = fc.constantFrom("a", "ab ", "é\u0301", "😀", "$_").map((part) => part.repeat(100_000 / part.length));
    const wrap = fc.constantFrom(
      (inner: string) => `Replace(${inner}, , "(a|b| )*?(\\\\w*)", , "$_$2", , )`,
      (inner: string) => `Replace(${inner}, "a", , , "aa", , )`,
      (inner: string) => `Join(", ", ${inner}, ${inner})`,
      (inner: string) => `ToUpper(${inner}, "tr")`,
      (inner: string) => `Join("", Split(${inner}, "a"), [list])`,
      (inner: string) => `NormalizeDiacritics(ConvertToUTF8Hex(${inner}))`,
      (inner: string) => `PCase(Word(${inner}, 1000, "b"))`,
    );
    fc.assert(
      fc.property(fc.array(wrap, { minLength: 1, maxLength: 12 }), value, (wraps, a) => {
        const expression = parsed(wraps.reduce((inner, wrapped) => wrapped(inner), "[a]"));
        if (expression === undefined) return;
        const start = performance.now();
        typed(() => evaluateExpression(expression, contextOf({ a, list: Array.from({ length: 9_000 }, () => "a") })));
        expect(performance.now() - start).toBeLessThan(2_000);
      }),
      { seed: SEED, numRuns: 100 },
    );
  });
});
