import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isScimError } from "../../src/errors.ts";
import { parseJson } from "../../src/http/json-text.ts";

const code = (text: string, maxDepth = 8): string => {
  try {
    parseJson(text, maxDepth);
    return "accepted";
  } catch (error) {
    return isScimError(error) ? error.code : String(error);
  }
};

describe("JSON from a stranger", () => {
  it.each(["{", "[1,]", "{'a':1}", "nope", '"', '{"a":"\\"', '{"\\x":1}', "1 2"])("A04: refuses %s", (text) => {
    expect(code(text)).toBe("invalidSyntax");
  });

  it("B28: bounds the depth, and before anything is parsed", () => {
    expect(code("[".repeat(8) + "]".repeat(8))).toBe("accepted");
    expect(code("[".repeat(9) + "]".repeat(9))).toBe("invalidSyntax");
    const started = performance.now();
    expect(code("[".repeat(5_000_000))).toBe("invalidSyntax");
    expect(performance.now() - started).toBeLessThan(500);
  });

  it("counts no brackets inside of texts", () => {
    expect(code(JSON.stringify({ a: "[[[[[[[[[[{{{{{{", 'b"[[[[[[[[[[[': "\\" }))).toBe("accepted");
  });

  it.each([
    '{"a":1,"a":2}',
    '{"a":1,"\\u0061":2}',
    '{"x":[{"b":1,"b" :2}]}',
    '{"a":{"c":1},"a":1}',
    '{"__proto__":1,"__proto__":2}',
    '{"a":"\\\\","a":1}',
  ])("A15: refuses a name that stands twice: %s", (text) => {
    expect(code(text)).toBe("invalidSyntax");
  });

  it.each(['{"a":{"a":1},"b":{"a":1}}', '[{"a":1},{"a":1}]', '{"a":"a","b":["a","a"]}', '{"a":"x\\": ","b":"x\\": "}'])(
    "accepts equal names where they do not meet: %s",
    (text) => {
      expect(code(text)).toBe("accepted");
    },
  );

  it.each(['{"a":"\\u0000"}', '["\\ud800"]', '{"\\udc00x":1}'])("refuses characters that are no text: %s", (text) => {
    expect(code(text)).toBe("invalidValue");
  });

  it("accepts escaped pairs, as Python writes them", () => {
    expect(parseJson('{"a":"\\ud83d\\ude00"}', 8)).toEqual({ a: "😀" });
  });

  it("A33: takes __proto__ for a name like any other", () => {
    const value = parseJson('{"__proto__":{"admin":true}}', 8);
    expect(Object.keys(Object(value))).toEqual(["__proto__"]);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  });

  it("reads every JSON text as JSON.parse does", () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(parseJson(text, 1000)).toEqual(JSON.parse(text));
      }),
      { seed: 7 },
    );
  });

  it("works in linear time", () => {
    const started = performance.now();
    code(`["${'\\"'.repeat(2_000_000)}"]`);
    code(`["${"\\".repeat(4_000_000)}`);
    code(`{"a"${" ".repeat(4_000_000)}`);
    code('"a"'.repeat(1_000_000));
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
