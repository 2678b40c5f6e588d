import { describe, expect, it } from "vitest";
import { type ExpressionError, isExpressionError, parseExpression } from "../src/index.ts";

function refusalOf(text: string): Pick<ExpressionError, "code" | "position" | "hint"> | undefined {
  try {
    parseExpression(text);
    return undefined;
  } catch (error) {
    if (!isExpressionError(error)) throw error;
    return { code: error.code, position: error.position, hint: error.hint };
  }
}

describe("parseExpression", () => {
  it("reads all kinds of operands, with their places", () => {
    expect(parseExpression('InStr([a], "b\\"", -3, vbTextCompare) >= &HfF').root).toEqual({
      kind: "comparison",
      operator: ">=",
      left: {
        kind: "call",
        name: "InStr",
        args: [
          { kind: "attribute", name: "a", start: 6, end: 9 },
          { kind: "text", value: 'b"', start: 11, end: 16 },
          { kind: "number", value: -3n, start: 18, end: 20 },
          { kind: "enumerator", name: "vbTextCompare", start: 22, end: 35 },
        ],
        start: 0,
        end: 36,
      },
      right: { kind: "number", value: 255n, start: 40, end: 44 },
      start: 0,
      end: 44,
    });
  });

  it("takes white space, new lines and any name of an attribute", () => {
    const name = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department";
    expect(parseExpression(`\n Append\t(\r\n[ ${name} ] ,\u00a0"x\ny" )\n`).root).toMatchObject({
      args: [{ name }, { value: "x\ny" }],
    });
  });

  it("tells arguments that are left out from none at all", () => {
    expect(parseExpression('Replace([a], "b", , , "c", ,)').root).toMatchObject({
      args: [{}, {}, undefined, undefined, {}, undefined, undefined],
    });
    expect(parseExpression("Now( )").root).toMatchObject({ args: [] });
    expect(refusalOf("Append( , )")?.code).toBe("arity");
  });

  it("takes brackets, commas and quotation marks in texts as text", () => {
    expect(parseExpression('Append("a,(b)[c]\\\\", "\\"")').root).toMatchObject({
      args: [{ value: "a,(b)[c]\\" }, { value: '"' }],
    });
  });

  it("A20: keeps a backslash before anything else", () => {
    expect(parseExpression('Append([a], "\\d")').root).toMatchObject({ args: [{}, { value: "\\d" }] });
  });

  it("A1: takes names exactly, and suggests the right spelling", () => {
    expect(refusalOf('switch([a], "d", "k", "v")')).toEqual({
      code: "unknown-function",
      position: 0,
      hint: "Did you mean Switch?",
    });
    expect(refusalOf("Not(IsNullorEmpty([a]))")).toMatchObject({ position: 4, hint: "Did you mean IsNullOrEmpty?" });
    expect(refusalOf("ToLwoer([a])")?.hint).toBe("Did you mean ToLower?");
    expect(refusalOf("constructor([a])")?.hint).toBe("listFunctions() names those there are.");
  });

  it("A19: refuses to put texts together by &, and tells what does", () => {
    expect(refusalOf('IIF([a]="Intern","t-" & [alias],[alias])')).toEqual({
      code: "syntax",
      position: 22,
      hint: "Texts are put together by Append or Join; hexadecimal numbers begin with &H.",
    });
  });

  it("A19: knows the form of cloud sync in its dialect alone", () => {
    const text = 'FormatDateTime([a], "yyyy", "yy")';
    expect(refusalOf(text)).toMatchObject({
      code: "arity",
      hint: "This form of FormatDateTime is known to cloud sync alone.",
    });
    expect(parseExpression(text, { dialect: "cloudSync" }).text).toBe(text);
  });

  it.each([
    ["", 0],
    ["   ", 3],
    ["Now(", 3],
    ["Append([a]", 6],
    ["Append([a], ", 6],
    ["Now())", 5],
    ["Now() Now()", 6],
    ["Append([a] [b])", 11],
    ["Append(, [a)", 9],
    ["Append([], [b])", 7],
    ["Append([a[b], [b])", 7],
    ['Append("a\\", "b")', 15],
    ["[a] = [b] = [c]", 10],
    ["= [a]", 0],
    ["([a])", 0],
    ["[a] == [b]", 5],
    ["IIF([a] AND [b], [c], [d])", 8],
    ["Append(vbTextCompare, [a])", 7],
    ["Append(True, [a])", 7],
    ["vbTextCompare", 0],
    ["Left([a], 1.5)", 11],
    ["Left([a], -)", 10],
    ["Append('a', [b])", 7],
    ["BitAnd(&HG, 1)", 7],
    ["Äpp", 0],
  ])("refuses %j at %i", (text, position) => {
    expect(refusalOf(text)).toMatchObject({ code: "syntax", position });
  });

  it("refuses numbers beyond 64 bits", () => {
    expect(parseExpression("CStr(-9223372036854775808)").text).toHaveLength(26);
    expect(refusalOf("CStr(9223372036854775808)")).toMatchObject({ code: "range", position: 5 });
    expect(refusalOf(`CStr(&H${"F".repeat(9_000)})`)?.code).toBe("range");
  });

  it("refuses texts beyond 10,000 characters, and calls more than 64 deep", () => {
    const nested = (depth: number) => `${"Not(".repeat(depth)}"x"${")".repeat(depth)}`;
    expect(parseExpression(nested(64)).root.kind).toBe("call");
    expect(refusalOf(nested(65))).toMatchObject({ code: "too-deep", position: 256 });
    expect(parseExpression(`CStr("${"x".repeat(9_992)}")`).text).toHaveLength(10_000);
    expect(refusalOf(`CStr("${"x".repeat(9_993)}")`)?.code).toBe("too-long");
  });

  it("refuses wrong patterns where they stand", () => {
    expect(refusalOf('Replace([a], , "(?<=x)", , "", , )')).toMatchObject({ code: "regex", position: 15 });
  });

  it("refuses patterns that take too long to compile together", () => {
    const patterns = Array.from(
      { length: 20 },
      (_, index) => `Replace([a], , "(abcdefghij){0,900}${index}", , "", , )`,
    );
    expect(refusalOf(`Coalesce(${patterns.slice(0, 2).join()})`)).toBeUndefined();
    expect(refusalOf(`Coalesce(${patterns.join()})`)?.code).toBe("limit");
  });
});
