import { describe, expect, it } from "vitest";
import { didYouMean } from "../../src/validation/did-you-mean.ts";

describe("didYouMean", () => {
  it.each([
    ["scimEnable", "scimEnabled"],
    ["SCIMENABLED", "scimEnabled"],
    ["gruopSync", "groupSync"],
    ["idpp", "idp"],
  ])("finds what %s was meant to be", (given, meant) => {
    expect(didYouMean(given, ["scimEnabled", "groupSync", "idp"])).toBe(meant);
  });

  it("does not guess when nothing is near", () => {
    expect(didYouMean("colour", ["scimEnabled", "groupSync", "idp"])).toBeUndefined();
    expect(didYouMean("x", [])).toBeUndefined();
  });

  it("takes the nearest of several", () => {
    expect(didYouMean("names", ["nameX", "name"])).toBe("nameX");
  });

  it("does no work for a hostile key", () => {
    expect(didYouMean("a".repeat(100_000), ["a".repeat(20)])).toBeUndefined();
  });
});
