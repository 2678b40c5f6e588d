import { describe, expect, it } from "vitest";
import {
  defineAttribute,
  defineResourceType,
  defineSchema,
  flag,
  integer,
  PATCH_OP_URN,
  parsePatch,
  parseResource,
  type ResourceType,
  type StandardSchema,
  text,
} from "../src/index.ts";
import { codeOf, detailOf } from "./types.ts";

const URN = "urn:example:Device";

function schemaOf<Value>(validate: StandardSchema<Value>["~standard"]["validate"]): StandardSchema<Value> {
  return { "~standard": { version: 1, vendor: "test", validate } };
}

const even: StandardSchema<number> = schemaOf((value) =>
  Number(value) % 2 === 0 ? { value } : { issues: [{ message: `${value} is odd` }] },
);

function typeOf(field: Parameters<typeof defineSchema>[2]): ResourceType {
  return defineResourceType({ name: "Device", endpoint: "/Devices", schema: defineSchema(URN, "Device", field) });
}

const parse = (type: ResourceType, given: object) => parseResource({ schemas: [URN], ...given }, type, "create");

describe("validate", () => {
  it("A23: judges each value, on POST, PUT and PATCH", () => {
    const type = typeOf({ size: integer({ validate: even }), sizes: integer({ validate: even, multiValued: true }) });
    expect(parse(type, { size: 2, sizes: [4, 6] }).attributes).toEqual({ size: 2, sizes: [4, 6] });
    expect(detailOf(() => parse(type, { size: 3 }))).toBe("size: 3 is odd.");
    expect(detailOf(() => parse(type, { sizes: [2, 5] }))).toBe("sizes, value 2: 5 is odd.");
    const patch = (value: unknown) =>
      parsePatch({ schemas: [PATCH_OP_URN], Operations: [{ op: "add", path: "sizes", value }] }, type);
    expect(codeOf(() => patch([7]))).toBe("invalidValue");
    expect(patch([8]).apply({ sizes: [2] })).toEqual({ sizes: [2, 8] });
  });

  it("A23: the type comes first", () => {
    const seen: unknown[] = [];
    const type = typeOf({ size: integer({ validate: schemaOf((value) => ({ value: seen.push(value) })) }) });
    expect(codeOf(() => parse(type, { size: "2" }))).toBe("invalidValue");
    expect(seen).toEqual([0]);
  });

  it("J40: changes no value", () => {
    const type = typeOf({ name: text({ validate: schemaOf(() => ({ value: "other" })) }) });
    expect(parse(type, { name: "mine" }).attributes).toEqual({ name: "mine" });
  });

  it("A21: nothing is repeated of what it says about a hidden value", () => {
    const quoting = schemaOf<string>((value) => ({ issues: [{ message: `not ${value}` }] }));
    const type = typeOf({ pin: text({ returned: "never", validate: quoting }) });
    expect(detailOf(() => parse(type, { pin: "hunter2" }))).toBe("pin: this value is not accepted.");
  });

  it("J43: what it says is cut", () => {
    const issues = Array.from({ length: 9 }, (_, at) => ({ message: `${at}`.repeat(1000) }));
    const type = typeOf({ name: text({ validate: schemaOf(() => ({ issues })) }) });
    expect(detailOf(() => parse(type, { name: "x" })).length).toBeLessThan(700);
  });

  it("refuses an asynchronous one when it is declared", () => {
    const rejecting = schemaOf<string>(async () => Promise.reject(new Error("late")));
    expect(() => text({ validate: rejecting })).toThrow(new TypeError(SYNCHRONOUS));
    expect(() => flag({ validate: schemaOf(async (value) => ({ value })) })).toThrow(TypeError);
  });

  it("refuses one that turns out to be asynchronous later", () => {
    const sometimes = schemaOf<string>((value) => (value === "slow" ? Promise.resolve({ value }) : { value }));
    const type = typeOf({ name: text({ validate: sometimes }) });
    expect(parse(type, { name: "fast" }).attributes).toEqual({ name: "fast" });
    expect(() => parse(type, { name: "slow" })).toThrow(new TypeError(SYNCHRONOUS));
  });

  it.each([[null], [{}], [() => true], [{ "~standard": { version: 2, validate: () => ({}) } }]])(
    "refuses %j, which is no Standard Schema",
    (validate) => {
      expect(() => text({ validate: validate as never })).toThrow(/must be a Standard Schema/);
    },
  );

  it("is for the type of the field", () => {
    // @ts-expect-error a rule for numbers does not judge text
    text({ validate: { ...even, "~standard": { ...even["~standard"], types: { input: 1, output: 1 } } } });
    expect(defineAttribute({ name: "a", type: "string", description: "" })).not.toHaveProperty("validate");
  });
});

const SYNCHRONOUS = "validate must be synchronous. Check what needs waiting for after the resource was stored.";
