import { describe, expect, it } from "vitest";
import { etagMatches, etagOf, parseIfMatch, parseIfNoneMatch } from "../src/index.ts";

describe("entity tags", () => {
  it("E01: a version is a weak tag", () => {
    expect(etagOf("3")).toBe('W/"3"');
  });

  it.each([
    ["*", "*"],
    [" * ", "*"],
    ['W/"3"', ["3"]],
    ['"3"', ["3"]],
    ['w/"3" , "4",W/"5"', ["3", "4", "5"]],
    ["3", ["3"]],
    ['"a, b"', ["a, b"]],
    ['""', [""]],
    ["", []],
    [",", []],
    [undefined, undefined],
    [null, undefined],
  ])("J18: %j names %j", (header, expected) => {
    expect(parseIfMatch(header)).toEqual(expected);
    expect(parseIfNoneMatch(header)).toEqual(expected);
  });

  it("E05: matches weakly; without a condition nothing matches, and * always does", () => {
    expect(etagMatches(["2", "3"], "3")).toBe(true);
    expect(etagMatches(["2"], "3")).toBe(false);
    expect(etagMatches([], "3")).toBe(false);
    expect(etagMatches("*", "3")).toBe(true);
    expect(etagMatches(undefined, "3")).toBe(false);
  });

  it("E02: what clients get is what they may send back", () => {
    expect(etagMatches(parseIfMatch(etagOf("7-b")), "7-b")).toBe(true);
  });

  it("a hostile header is read in no time", () => {
    const started = performance.now();
    for (const piece of ['"', 'W/"', "W/", ",", 'a"']) parseIfMatch(piece.repeat(20_000));
    expect(performance.now() - started).toBeLessThan(500);
  });
});
