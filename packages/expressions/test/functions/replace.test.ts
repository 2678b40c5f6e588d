import { describe, expect, it } from "vitest";
import { outcomeOf } from "../evaluation.ts";

function replaced(pattern: string, replacement: string, a: string): unknown {
  return outcomeOf("Replace([a], , [p], , [r], , )", { a, p: pattern, r: replacement });
}

describe("Replace", () => {
  it("is null for an absent source, unless another attribute stands in", () => {
    expect(outcomeOf('Replace([a], "x", , , "y", , )')).toBeNull();
    expect(outcomeOf('Replace([a], "x", , , , , "x!")')).toBeNull();
    expect(outcomeOf('Replace([a], , "x", , "y", , )')).toBeNull();
    expect(outcomeOf('Replace([a], , "(?<g>x)", "g", "y", , )')).toBeNull();
    expect(outcomeOf('Replace([a], , "(?<g>x+)", "g", , [b], )', { b: "axxb" })).toBe("xx");
    expect(outcomeOf('Replace([a], , "(?<g>x+)", "g", , [b], )', { b: "ab" })).toBeNull();
    expect(outcomeOf('Replace([a], , "(?<g>x+)", "g", , [b], )')).toBeNull();
  });

  it("A21: gives the source when there is one, whatever the other attribute says", () => {
    expect(outcomeOf('Replace([a], , "(?<g>x+)", "g", , [b], )', { a: "here", b: "xx" })).toBe("here");
  });

  it("A6: lets the pattern decide, also against the published sample", () => {
    expect(replaced("[()\\s-]+", "", "+1 (999) 888-7777")).toBe("+19998887777");
  });

  it("replaces nothing where nothing is looked for", () => {
    expect(outcomeOf('Replace([a], "", , , "y", , )', { a: "abc" })).toBe("abc");
  });

  it("replaces the group alone, in every match, where it took part", () => {
    expect(outcomeOf('Replace([a], , "x(?<g>\\d)?", "g", "#", , )', { a: "x1 x x2" })).toBe("x# x x#");
    expect(outcomeOf('Replace([a], , "x(\\d)", "1", "$1", , )', { a: "x1 x2" })).toBe("x$1 x$1");
  });

  it("reads the substitutions of .NET, and leaves others as they are", () => {
    expect(replaced("b(c)(?<n>d)", `<$1|$2|\${n}|\${2}|$&|$0|$\`|$'|$+|$_|$$|$9|\${x}|$`, "abcde")).toBe(
      `a<c|d|d|d|bcd|bcd|a|e|d|abcde|$|$9|\${x}|$e`,
    );
  });

  it("numbers groups as .NET does: those without a name first", () => {
    expect(replaced("(?<first>a)(b)(?<last>c)(d)", "$1$2$3$4", "abcd")).toBe("bdac");
  });

  it("reads digits, words and spaces in all scripts, as .NET does", () => {
    expect(replaced("\\d", "#", "1٣x")).toBe("##x");
    expect(replaced("\\w+", "#", "né_é ñ-x")).toBe("# #-#");
    expect(replaced("[^\\w]", "", "né ñ-x")).toBe("néñx");
    expect(replaced("\\W", "", "né ñ-x")).toBe("néñx");
    expect(replaced("[\\s_]+", "", "a\u00a0b\u2003c_d")).toBe("abcd");
    expect(replaced("\\S", "", "a\u00a0é")).toBe("\u00a0");
    expect(replaced("\\D", "", "+1 ٣é")).toBe("1٣");
  });

  it("reads brackets as .NET does", () => {
    expect(replaced("[[:alpha:]]", "#", "a]:]")).toBe("##");
    expect(replaced("[]x]", "#", "a]x")).toBe("a##");
    expect(replaced("[^]x]", "#", "a]x")).toBe("#]x");
    expect(replaced("\\u00e9[\\u0041-\\u0043]", "#", "éBé")).toBe("#é");
    expect(replaced("(?i)X", "#", "xX")).toBe("##");
  });

  it("counts characters beyond the first plane as .NET counts them, and cuts none", () => {
    expect(replaced("x", "-", "😀x😀x")).toBe("😀-😀-");
    expect(replaced(".", "-", "😀x")).toBe("--");
  });

  it.each([
    "(?<=a)b",
    "(?=a)",
    "(a)\\1",
    "(?>a)",
    "(?<n>a)\\k<n>",
    "[a-z-[aeiou]]",
    "[\\W]",
    "[\\S]",
    "\\Qa\\E",
    "(",
    "a**",
    "a{1001}",
    "(?<n>a)(?<n>b)",
    "(".repeat(400) + "a".repeat(700),
    "((a{100}){100}){100}",
    `(((${"x".repeat(300)}{10}){10}){10})`,
    `((([^\\]{}]{10}){10}){10})(${"y".repeat(100)}){300}`,
    "(((){10}){10}){10}".repeat(25),
  ])("refuses %s, in the expression and in an attribute", (pattern) => {
    expect(replaced(pattern, "", "a")).toEqual({ error: "regex" });
    expect(outcomeOf(`Replace([a], , ${JSON.stringify(pattern)}, , "", , )`)).toEqual({ error: "regex" });
  });

  it("refuses a group that the pattern does not have, and arguments that fit no mode", () => {
    expect(outcomeOf('Replace([a], , "(?<g>x)", "constructor", "y", , )', { a: "x" })).toEqual({ error: "range" });
    expect(outcomeOf('Replace([a], "x", , , , , )')).toEqual({ error: "arity" });
    expect(outcomeOf('Replace([a], , , , "y", , )')).toEqual({ error: "arity" });
    expect(outcomeOf('Replace([a], "x", , , "y")', { a: "ax" })).toBe("ay");
  });
});
