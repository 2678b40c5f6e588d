import { describe, expect, it } from "vitest";
import { outcomeOf } from "../evaluation.ts";

describe("Append", () => {
  it("keeps the source when the suffix is absent, and makes nothing of an absent source", () => {
    expect(outcomeOf("Append([a], [b])", { a: "x" })).toBe("x");
    expect(outcomeOf('Append([a], ".test")')).toBeNull();
  });

  it("takes numbers, truth values and dates as text", () => {
    expect(outcomeOf('Append([a], "!")', { a: 7 })).toBe("7!");
    expect(outcomeOf('Append([a], "!")', { a: true })).toBe("True!");
    expect(outcomeOf('Append([a], "!")', { a: new Date("2020-03-16T07:00:00Z") })).toBe("3/16/2020 7:00:00 AM!");
  });

  it("takes the one value of a list, and refuses several and objects", () => {
    expect(outcomeOf('Append([a], "!")', { a: ["x"] })).toBe("x!");
    expect(outcomeOf('Append([a], "!")', { a: ["x", "y"] })).toEqual({ error: "type" });
    expect(outcomeOf('Append([a], "!")', { a: { value: "x" } })).toEqual({ error: "type" });
  });
});

describe("Join", () => {
  it("A7: skips null elements like empty ones", () => {
    expect(outcomeOf('Join(", ", [a], "", [b], [c])', { b: "b", c: ["c", "", "d"] })).toBe("b, c, d");
    expect(outcomeOf('Join(", ", [a], [b])')).toBe("");
  });

  it("puts nothing between when the separator is absent", () => {
    expect(outcomeOf('Join([s], "a", "b")')).toBe("ab");
  });
});

describe("Left", () => {
  it("takes no half of a character", () => {
    expect(outcomeOf("Left([a], 1)", { a: "😀x" })).toBe("");
    expect(outcomeOf("Left([a], 2)", { a: "😀x" })).toBe("😀");
  });

  it("takes lengths beyond any text, and refuses what is no whole number", () => {
    expect(outcomeOf("Left([a], 9223372036854775807)", { a: "abc" })).toBe("abc");
    expect(outcomeOf('Left("abc", "2")')).toBe("ab");
    expect(outcomeOf('Left("abc", "two")')).toEqual({ error: "type" });
    expect(outcomeOf("Left([a], [n])", { a: "abc", n: 1.5 })).toEqual({ error: "type" });
    expect(outcomeOf("Left([a], [n])", { a: "abc" })).toEqual({ error: "type" });
  });
});

describe("Mid", () => {
  it("A10: is empty before the first and beyond the last position, and goes to the end without a length", () => {
    expect(outcomeOf("Mid([a], 0, 2)", { a: "abc" })).toBe("");
    expect(outcomeOf("Mid([a], 4, 2)", { a: "abc" })).toBe("");
    expect(outcomeOf("Mid([a], 2, -1)", { a: "abc" })).toBe("");
    expect(outcomeOf("Mid([a], 2)", { a: "abc" })).toBe("bc");
    expect(outcomeOf("Mid([a], 2, 1)")).toBeNull();
  });

  it("takes no half of a character on either side", () => {
    expect(outcomeOf("Mid([a], 2, 2)", { a: "😀😀" })).toBe("");
    expect(outcomeOf("Mid([a], 3, 1)", { a: "a😀b" })).toBe("");
    expect(outcomeOf("Mid([a], 3, 2)", { a: "a😀b" })).toBe("b");
  });
});

describe("InStr", () => {
  it("A9: compares exactly, finds nothing at the start, and nothing beyond the end", () => {
    expect(outcomeOf('InStr("repEated", "E")')).toBe(4);
    expect(outcomeOf('InStr("abc", "")')).toBe(1);
    expect(outcomeOf('InStr("abc", "c", 4)')).toBe(0);
    expect(outcomeOf('InStr([a], "c")')).toBe(0);
  });

  it("finds in any case when it compares as text", () => {
    expect(outcomeOf('InStr("STRASSE ÉTÉ", "été", 1, vbTextCompare)')).toBe(9);
    expect(outcomeOf('InStr("aſs", "S", 1, vbTextCompare)')).toBe(2);
  });

  it("refuses a start before the first position, and other words", () => {
    expect(outcomeOf('InStr("abc", "a", 0)')).toEqual({ error: "range" });
    expect(outcomeOf('InStr("abc", "a", 1, UTF8)')).toEqual({ error: "syntax" });
    expect(outcomeOf('InStr("abc", "a", 1, "vbWrong")')).toEqual({ error: "range" });
  });
});

describe("Word", () => {
  it("A8: skips empty words, and takes a text without delimiters as one word", () => {
    expect(outcomeOf('Word("a  b", 2, " ")')).toBe("b");
    expect(outcomeOf('Word(" a b", 1, " ")')).toBe("a");
    expect(outcomeOf('Word("abc", 1, " ")')).toBe("abc");
    expect(outcomeOf('Word("abc", -1, " ")')).toBe("");
    expect(outcomeOf('Word("", 1, " ")')).toBe("");
  });
});

describe("StripSpaces", () => {
  it("removes spaces, and no other white space", () => {
    expect(outcomeOf("StripSpaces([a])", { a: " a\tb c\u00a0" })).toBe("a\tbc\u00a0");
    expect(outcomeOf("StripSpaces([a])")).toBeNull();
  });
});

describe("Trim", () => {
  it("takes white space from both ends, of each value of a list", () => {
    expect(outcomeOf("Trim([a])", { a: " \tx y\n" })).toBe("x y");
    expect(outcomeOf("Trim([a])", { a: [" x", "y "] })).toEqual(["x", "y"]);
    expect(outcomeOf("Trim([a])")).toBeNull();
  });
});
