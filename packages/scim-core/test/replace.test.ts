import { describe, expect, it } from "vitest";
import { type Attributes, ENTERPRISE_USER_URN, parseResource, replaceAttributes } from "../src/index.ts";
import { codeOf, mira, TEAM_URN, TEST_URN, testResource, user } from "./types.ts";

const put = (current: Attributes, next: Attributes): Attributes => replaceAttributes(current, next, testResource);

describe("replaceAttributes", () => {
  it("D27: returns the present state itself when it is the same, in whatever order", () => {
    const reordered = Object.fromEntries(Object.entries(structuredClone(mira)).reverse());
    expect(replaceAttributes(mira, reordered, user)).toBe(mira);
  });

  it("A18: clears what is omitted, extensions too", () => {
    expect(replaceAttributes(mira, { userName: "mira" }, user)).toEqual({ userName: "mira" });
    expect(replaceAttributes(mira, { userName: "mira", [TEAM_URN]: { badge: "1" } }, user)).toEqual({
      userName: "mira",
      [TEAM_URN]: { badge: "1" },
    });
  });

  it("A17: keeps what only the service may change", () => {
    const current = { identifier: "1", readOnlyAttr: "ours" };
    expect(put(current, { identifier: "2" })).toEqual({ identifier: "2", readOnlyAttr: "ours" });
    expect(put(current, { identifier: "1", readOnlyAttr: "theirs" })).toBe(current);
  });

  it("J13: an immutable value may be omitted, repeated, set once, and not be changed", () => {
    const set = { identifier: "1", immutableAttr: "a" };
    expect(put(set, { identifier: "1" })).toBe(set);
    expect(put(set, { identifier: "1", immutableAttr: "a" })).toBe(set);
    expect(put({ identifier: "1" }, set)).toEqual(set);
    expect(codeOf(() => put(set, { identifier: "1", immutableAttr: "b" }))).toBe("mutability");
  });

  it("J13: elements with immutable parts come and go", () => {
    const current = { identifier: "1", multiComplex: [{ value: "a", type: "x" }] };
    expect(put(current, { identifier: "1", multiComplex: [{ value: "b", type: "y" }] }).multiComplex).toEqual([
      { value: "b", type: "y" },
    ]);
    expect(codeOf(() => put(current, { identifier: "1", multiComplex: [{ value: "a", type: "y" }] }))).toBe(
      "mutability",
    );
  });

  it("J14: keeps read-only parts of values that are still there", () => {
    const current = {
      identifier: "1",
      multiComplex: [
        { value: "a", note: "ours", type: "x", count: 1 },
        { value: "b", note: "gone" },
      ],
    };
    const next = { identifier: "1", multiComplex: [{ value: "c" }, { value: "A", count: 2 }] };
    expect(put(current, next).multiComplex).toEqual([
      { value: "c" },
      { value: "A", note: "ours", type: "x", count: 2 },
    ]);
  });

  it("J14: the name of a manager does not stay with another manager", () => {
    const current = { userName: "a", [ENTERPRISE_USER_URN]: { manager: { value: "m-1", displayName: "Ada" } } };
    const same = replaceAttributes(
      current,
      { userName: "a", [ENTERPRISE_USER_URN]: { manager: { value: "m-1" } } },
      user,
    );
    const other = replaceAttributes(
      current,
      { userName: "a", [ENTERPRISE_USER_URN]: { manager: { value: "m-2" } } },
      user,
    );
    expect(same).toBe(current);
    expect(other[ENTERPRISE_USER_URN]).toEqual({ manager: { value: "m-2" } });
  });

  it("does not touch its arguments", () => {
    const current = Object.freeze({ identifier: "1", multiStrings: Object.freeze(["a"]) });
    const { attributes } = parseResource(
      { schemas: [TEST_URN], identifier: "1", multiStrings: ["b"] },
      testResource,
      "replace",
    );
    expect(put(current, Object.freeze(attributes))).toEqual({ identifier: "1", multiStrings: ["b"] });
  });
});
