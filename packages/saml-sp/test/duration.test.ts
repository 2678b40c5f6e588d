import { describe, expect, it } from "vitest";
import { readDuration } from "../src/duration.ts";

describe("readDuration", () => {
  it.each([
    ["PT6H", 21_600],
    ["P1D", 86_400],
    ["P7D", 604_800],
    ["PT604800S", 604_800],
    ["P1DT12H30M5.5S", 131_405],
    ["P1M", 2_592_000],
    ["P1Y", 31_536_000],
  ])("R74: %s is %d seconds", (text, seconds) => {
    expect(readDuration(text)).toBe(seconds);
  });

  it.each(["", "P", "PT", "6H", "PT0S", "-P1D", "P1H", "P1D ", "PT1e9S", "P1W"])("%j says nothing", (text) => {
    expect(readDuration(text)).toBeUndefined();
  });
});
