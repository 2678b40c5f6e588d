import { describe, expect, it } from "vitest";
import { isInFuture, isOver, readInstant } from "../src/instant.ts";

const now = new Date("2026-03-01T12:00:00Z");
const clock = { now, skewMs: 60_000 };

function at(seconds: number): Date {
  return new Date(now.getTime() + seconds * 1000);
}

describe("readInstant", () => {
  it.each(["2026-03-01T12:00:00Z", "2026-03-01T12:00:00.0Z", "2026-03-01T12:00:00.0000000Z"])("reads %s", (text) => {
    expect(readInstant(text)).toEqual(now);
  });

  it.each([
    "2026-03-01T12:00:00",
    "2026-03-01T12:00:00+01:00",
    "2026-03-01",
    "2026-02-29T12:00:00Z",
    "2026-03-01T12:60:00Z",
    "2026-03-01T12:00:00.Z",
    "+02026-03-01T12:00:00Z",
    " 2026-03-01T12:00:00Z",
    "2026-03-01T12:00:00Z\n",
  ])("P23: refuses %j", (text) => {
    expect(() => readInstant(text)).toThrow(expect.objectContaining({ code: "instant_invalid" }));
  });
});

describe("isInFuture, isOver", () => {
  it("R13: tolerate the clock difference and not more", () => {
    expect(isInFuture(at(60), clock)).toBe(false);
    expect(isInFuture(at(60.001), clock)).toBe(true);
    expect(isOver(at(-59.999), clock)).toBe(false);
    expect(isOver(at(-60), clock)).toBe(true);
  });

  it("refuse when anything is no number", () => {
    const broken = { now: new Date(Number.NaN), skewMs: 0 };
    expect(isInFuture(now, broken) && isOver(now, broken)).toBe(true);
    expect(isInFuture(now, { now, skewMs: Number.NaN }) && isOver(now, { now, skewMs: Number.NaN })).toBe(true);
    expect(isInFuture(broken.now, clock) && isOver(broken.now, clock)).toBe(true);
  });
});
