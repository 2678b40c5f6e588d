import { describe, expect, it } from "vitest";
import { type Attributes, sortResources } from "../src/index.ts";
import { testResource, user } from "./types.ts";

function sorted(by: string, descending: boolean, ...all: readonly Attributes[]): readonly string[] {
  const resources = all.map((attributes, at) => ({
    id: String(at),
    attributes,
    created: `2026-01-0${at + 1}T00:00:00.000Z`,
    lastModified: "2026-01-01T00:00:00.000Z",
  }));
  return sortResources(resources, { by, descending }, user).map(({ id }) => id);
}

const names: readonly Attributes[] = [{ displayName: "b" }, {}, { displayName: "A" }, { displayName: "C" }];

describe("sortResources", () => {
  it("C10: what has no value is last in ascending order", () => {
    expect(sorted("displayName", false, ...names)).toEqual(["2", "0", "3", "1"]);
  });

  it("C09, C11: and first in descending order", () => {
    expect(sorted("displayName", true, ...names)).toEqual(["1", "3", "0", "2"]);
  });

  it("compares as the schema says: text without case, ids with case, instants by time, Booleans", () => {
    expect(sorted("externalId", false, { externalId: "a" }, { externalId: "B" })).toEqual(["1", "0"]);
    expect(sorted("meta.created", true, {}, {}, {})).toEqual(["2", "1", "0"]);
    expect(sorted("active", false, { active: true }, { active: false })).toEqual(["1", "0"]);
    const instants = ["2026-01-01T03:00:00+05:00", "2026-01-01T00:00:00Z"].map((dateTimeAttr, at) => ({
      id: String(at),
      attributes: { dateTimeAttr },
      created: "",
      lastModified: "",
    }));
    const byInstant = sortResources(instants.reverse(), { by: "dateTimeAttr", descending: false }, testResource);
    expect(byInstant.map(({ id }) => id)).toEqual(["0", "1"]);
  });

  it("takes the primary value, or the first", () => {
    const two = { emails: [{ value: "z" }, { value: "a", primary: true }] };
    expect(sorted("emails.value", false, { emails: [{ value: "m" }, { value: "b" }] }, two)).toEqual(["1", "0"]);
  });

  it("keeps the order of equals, and its argument", () => {
    const equals = [{ displayName: "x" }, { displayName: "X" }, { displayName: "x" }];
    expect(sorted("displayName", false, ...equals)).toEqual(["0", "1", "2"]);
    expect(sorted("displayName", true, ...equals)).toEqual(["0", "1", "2"]);
    const frozen = Object.freeze([]);
    expect(sortResources(frozen, { by: "displayName", descending: false }, user)).toEqual([]);
  });
});
