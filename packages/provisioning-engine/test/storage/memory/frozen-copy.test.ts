import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { frozenCopy } from "../../../src/storage/memory/frozen-copy.ts";

function isFrozenThroughout(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return true;
  return Object.isFrozen(value) && Object.values(value).every(isFrozenThroughout);
}

describe("frozenCopy", () => {
  it("copies: what happens to the original afterwards does not reach the copy", () => {
    const original = { name: { givenName: "Ada" }, emails: ["a"] };
    const copy = frozenCopy(original);
    original.name.givenName = "Eve";
    original.emails.push("b");
    expect(copy).toEqual({ name: { givenName: "Ada" }, emails: ["a"] });
  });

  it("leaves the original as it was", () => {
    const original = { list: [{}] };
    frozenCopy(original);
    expect(Object.isFrozen(original) || Object.isFrozen(original.list)).toBe(false);
  });

  it("drops undefined members, as JSON does", () => {
    expect(Object.keys(frozenCopy({ a: undefined, b: null }))).toEqual(["b"]);
  });

  it("D50: keeps a member named __proto__ a member", () => {
    const copy = frozenCopy(JSON.parse('{"__proto__": {"admin": true}}'));
    expect(Object.keys(copy)).toEqual(["__proto__"]);
    expect(copy.admin).toBeUndefined();
  });

  it("gives any JSON value back equal, and frozen throughout", () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const copy = frozenCopy(JSON.parse(text));
        expect(JSON.stringify(copy)).toBe(JSON.stringify(JSON.parse(text)));
        expect(isFrozenThroughout(copy)).toBe(true);
      }),
      { seed: 7, numRuns: 300 },
    );
  });
});
