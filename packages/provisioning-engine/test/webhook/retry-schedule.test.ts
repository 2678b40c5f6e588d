import { describe, expect, it } from "vitest";
import { pauseAfter, retryAfterSeconds } from "../../src/webhook/retry-schedule.ts";

const pauses = (random: number) => Array.from({ length: 11 }, (_, index) => pauseAfter(index + 1, random));

describe("the retry schedule", () => {
  it("is ten attempts over about 75 hours", () => {
    const all = pauses(0.5);
    expect(all.slice(0, 3)).toEqual([5, 300, 1800]);
    expect(all.slice(9)).toEqual([undefined, undefined]);
    const hours = all.reduce<number>((sum, pause) => sum + (pause ?? 0), 0) / 3600;
    expect(Math.round(hours)).toBe(76);
  });

  it("is spread by a tenth to both sides", () => {
    expect([pauseAfter(2, 0), pauseAfter(2, 1)]).toEqual([270, 330]);
  });

  it("waits as long as the receiver asks, but not longer than a day, and never less than planned", () => {
    expect(pauseAfter(1, 0.5, 60)).toBe(60);
    expect(pauseAfter(3, 0.5, 60)).toBe(1800);
    expect(pauseAfter(1, 0.5, 1e9)).toBe(24 * 3600);
    expect(pauseAfter(10, 0.5, 60)).toBeUndefined();
  });

  it("reads Retry-After as seconds and as a date, of answers that say later", () => {
    const now = new Date("2026-03-01T12:00:00Z");
    expect(retryAfterSeconds(429, "120", now)).toBe(120);
    expect(retryAfterSeconds(503, "Sun, 01 Mar 2026 12:01:00 GMT", now)).toBe(60);
    expect(retryAfterSeconds(503, "Sun, 01 Mar 2020 12:01:00 GMT", now)).toBe(0);
    for (const header of ["soon", "-5", null]) expect(retryAfterSeconds(429, header, now)).toBe(0);
    expect(retryAfterSeconds(500, "120", now)).toBe(0);
  });
});
