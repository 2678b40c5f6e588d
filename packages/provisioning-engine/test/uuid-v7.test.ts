import { describe, expect, it } from "vitest";
import { uuidV7 } from "../src/uuid-v7.ts";

const NOON = new Date("2026-03-01T12:00:00.000Z");

describe("uuidV7", () => {
  it("has version, variant and the time of RFC 9562 §5.7", () => {
    const id = uuidV7(() => NOON)();
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(Number.parseInt(id.replaceAll("-", "").slice(0, 12), 16)).toBe(NOON.getTime());
  });

  it("grows within one millisecond, also when the counter runs out", () => {
    const newId = uuidV7(() => NOON);
    const ids = Array.from({ length: 20_000 }, newId);
    expect(ids.toSorted()).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("grows when the clock goes back", () => {
    let now = NOON;
    const newId = uuidV7(() => now);
    const before = newId();
    now = new Date(NOON.getTime() - 60_000);
    expect(newId() > before).toBe(true);
  });

  it("shares nothing between two sources", () => {
    const [first, second] = [uuidV7(() => NOON), uuidV7(() => NOON)];
    expect(first()).not.toBe(second());
  });
});
