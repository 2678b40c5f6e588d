import { describe, expect, it } from "vitest";
import {
  type Attributes,
  complex,
  defineResourceType,
  defineSchema,
  extension,
  integer,
  PATCH_OP_URN,
  parsePatch,
  parseResource,
  text,
} from "../src/index.ts";
import { codeOf, detailOf } from "./types.ts";

const URN = "urn:example:Device";
const WARRANTY = "urn:example:Warranty";

const device = defineResourceType({
  name: "Device",
  endpoint: "/Devices",
  schema: defineSchema(URN, "Device", {
    place: complex({ room: text({ required: true }), floor: integer(), by: text({ mutability: "readOnly" }) }),
    ports: complex(
      { value: text(), slot: integer({ required: true, mutability: "immutable" }) },
      { multiValued: true },
    ),
    pin: text({ required: true, returned: "never" }),
    note: text(),
  }),
  extensions: [extension(WARRANTY, { until: text(), by: text() }, { required: true })],
});

const stored: Attributes = { place: { room: "lab", floor: 2 }, [WARRANTY]: { until: "2030" } };

const parse = (given: object, mode: "create" | "replace" = "create") =>
  parseResource({ schemas: [URN], pin: "1", [WARRANTY]: { until: "2030" }, ...given }, device, mode);
const patch = (attributes: Attributes, ...Operations: readonly object[]) =>
  parsePatch({ schemas: [PATCH_OP_URN], Operations }, device).apply(attributes);

describe("required parts", () => {
  it("A11: must be in a complex value that is there", () => {
    expect(detailOf(() => parse({ place: { floor: 1 } }))).toContain("place.room is required");
    expect(detailOf(() => parse({ place: { room: "  ", floor: 1 } }))).toContain("place.room is required");
    expect(parse({ place: null }).attributes).not.toHaveProperty("place");
    expect(detailOf(() => parse({ ports: [{ value: "a", slot: 1 }, { value: "b" }] }))).toContain("ports.slot");
  });

  it("J13: may be left out of PUT when they are immutable", () => {
    expect(parse({ ports: [{ value: "a" }] }, "replace").attributes.ports).toEqual([{ value: "a" }]);
  });

  it("D20: PATCH cannot take them away, whatever way it goes", () => {
    expect(codeOf(() => patch(stored, { op: "remove", path: "place.room" }))).toBe("mutability");
    expect(codeOf(() => patch(stored, { op: "replace", path: "place.room", value: "" }))).toBe("invalidValue");
    expect(codeOf(() => patch(stored, { op: "add", path: "ports", value: [{ value: "b" }] }))).toBe("invalidValue");
    expect(codeOf(() => patch({}, { op: "add", path: "place.floor", value: 1 }))).toBe("invalidValue");
    expect(patch(stored, { op: "remove", path: "place.floor" }).place).toEqual({ room: "lab" });
    expect(patch(stored, { op: "remove", path: "place" })).toEqual({ [WARRANTY]: { until: "2030" } });
  });

  it("J15: PATCH is not refused for gaps that it did not touch", () => {
    const gap: Attributes = { ...stored, place: { floor: 2 } };
    expect(patch(gap, { op: "add", path: "note", value: "x" })).toEqual({ ...gap, note: "x" });
  });
});

describe("required values that are never returned", () => {
  it("A11: come with POST and need not come with PUT", () => {
    expect(codeOf(() => parse({ pin: undefined }))).toBe("invalidValue");
    expect(parse({}).attributes).not.toHaveProperty("pin");
    expect(parse({ pin: undefined }, "replace").attributes).toEqual({ [WARRANTY]: { until: "2030" } });
  });

  it("D20: PATCH changes them beside others, and clears none", () => {
    const change = { op: "replace", path: "pin", value: "2" };
    expect(patch(stored, change, { op: "add", path: "note", value: "x" })).toEqual({ ...stored, note: "x" });
    expect(codeOf(() => patch(stored, { op: "remove", path: "pin" }))).toBe("mutability");
    expect(codeOf(() => patch(stored, { ...change, value: "" }))).toBe("invalidValue");
  });
});

describe("a required extension", () => {
  it("A11: must be there, with something in it", () => {
    for (const warranty of [null, {}, { until: null }]) {
      expect(detailOf(() => parse({ [WARRANTY]: warranty }))).toContain(`${WARRANTY} is required`);
    }
  });

  it("D20: keeps its last value", () => {
    const remove = (name: string) => ({ op: "remove", path: `${WARRANTY}:${name}` });
    expect(codeOf(() => patch(stored, remove("until")))).toBe("mutability");
    expect(codeOf(() => patch(stored, { op: "replace", value: { [WARRANTY]: { until: "" } } }))).toBe("mutability");
    const other = { op: "add", path: `${WARRANTY}:by`, value: "acme" };
    expect(patch(stored, remove("until"), other)).toEqual({ ...stored, [WARRANTY]: { by: "acme" } });
  });
});
