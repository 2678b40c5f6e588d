import { describe, expect, it } from "vitest";
import { type Attributes, sortPosition, sortResources } from "../src/index.ts";
import { codeOf, testResource, user } from "./types.ts";

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

  it("puts equals in the order of their ids, and keeps its argument", () => {
    const equals = [{ displayName: "x" }, { displayName: "X" }, { displayName: "x" }];
    expect(sorted("displayName", false, ...equals)).toEqual(["0", "1", "2"]);
    expect(sorted("displayName", true, ...equals)).toEqual(["0", "1", "2"]);
    const frozen = Object.freeze([]);
    expect(sortResources(frozen, { by: "displayName", descending: false }, user)).toEqual([]);
  });

  it("J26: goes on after a position, whatever became of who stood there", () => {
    const all = ["d", "b", undefined, "a", "B", "c"].map((displayName, at) => ({
      id: String(at),
      attributes: displayName === undefined ? {} : { displayName },
      created: "2026-01-01T00:00:00.000Z",
      lastModified: "2026-01-01T00:00:00.000Z",
    }));
    for (const descending of [false, true]) {
      const sort = { by: "displayName", descending };
      const order = sortResources(all, sort, user);
      order.forEach((here, index) => {
        const others = all.filter((resource) => resource !== here);
        const position = sortPosition(here, sort, user);
        expect(sortResources(others, sort, user, position)).toEqual(order.slice(index + 1));
        expect(sortResources(all, sort, user, position)).toEqual(order.slice(index + 1));
      });
    }
  });

  it("J26: positions stay short, however long a value is", () => {
    const [id, created, lastModified] = ["1", "", ""];
    const resource = { id, created, lastModified, attributes: { displayName: "x".repeat(100_000) } };
    const sort = { by: "displayName", descending: false };
    expect(sortPosition(resource, sort, user).length).toBeLessThan(300);
    expect(sortResources([resource], sort, user, sortPosition(resource, sort, user))).toEqual([]);
  });

  it.each(["x", "5", "null", "{}"])("J23: %s is no position", (text) => {
    expect(codeOf(() => sortResources([], { by: "displayName", descending: false }, user, text))).toBe("invalidCursor");
  });
});
