import { describe, expect, expectTypeOf, it } from "vitest";
import {
  type Attributes,
  binary,
  complex,
  dateTime,
  decimal,
  defineSchema,
  type FieldOptions,
  flag,
  integer,
  reference,
  type Schema,
  type SchemaValues,
  text,
  type Urn,
} from "../src/index.ts";

const URN = "urn:example:Device";

const device = defineSchema(URN, "Device", {
  serial: text({ required: true, uniqueness: "server", mutability: "immutable", caseExact: true }),
  managed: flag(),
  floor: integer(),
  load: decimal({ multiValued: true }),
  bootedAt: dateTime(),
  key: binary(),
  home: reference({ referenceTypes: ["User", "uri"] }),
  ports: complex({ value: text(), up: flag({ mutability: "readOnly" }) }, { multiValued: true, returned: "request" }),
  place: complex({ room: text({ canonicalValues: ["lab"] }) }),
});

describe("defineSchema", () => {
  it("A29, G06: gives every attribute all its characteristics", () => {
    expect(device).toMatchObject({ id: URN, name: "Device", description: "Attributes of this service." });
    const [serial, , , load, , key, home, ports, place] = device.attributes;
    expect(serial).toEqual({
      name: "serial",
      type: "string",
      multiValued: false,
      description: "The serial of this service.",
      required: true,
      caseExact: true,
      mutability: "immutable",
      returned: "default",
      uniqueness: "server",
    });
    expect(load).toMatchObject({ type: "decimal", multiValued: true });
    expect(key).toMatchObject({ type: "binary", caseExact: true });
    expect(home).toMatchObject({ type: "reference", caseExact: true, referenceTypes: ["User", "uri"] });
    expect(ports).toMatchObject({ type: "complex", multiValued: true, returned: "request" });
    expect(ports?.subAttributes?.map(({ name, mutability }) => [name, mutability])).toEqual([
      ["value", "readWrite"],
      ["up", "readOnly"],
    ]);
    expect(place?.subAttributes?.[0]).toMatchObject({ canonicalValues: ["lab"] });
  });

  it("infers the types of its values", () => {
    type Device = SchemaValues<typeof device>;
    expectTypeOf<Device>().toEqualTypeOf<{
      readonly serial?: string;
      readonly managed?: boolean;
      readonly floor?: number;
      readonly load?: readonly number[];
      readonly bootedAt?: string;
      readonly key?: string;
      readonly home?: string;
      readonly ports?: readonly { readonly value?: string; readonly up?: boolean }[];
      readonly place?: { readonly room?: string };
    }>();
  });

  it("A16: keeps defaults for views only", () => {
    const { attributes, defaults } = defineSchema(URN, "X", { a: flag({ default: false }), b: text() });
    expect(defaults).toEqual({ a: false });
    expect(attributes[0]).not.toHaveProperty("default");
  });

  it("knows nothing of the values of a schema that was written by hand", () => {
    expectTypeOf<SchemaValues<Schema>>().toEqualTypeOf<Attributes>();
  });

  it.each(["", "urn:", "example:x", "urn:example:a b", "urn:example:ä"])("J34: %j is refused as a URN", (urn) => {
    expect(() => defineSchema(urn as Urn, "X", {})).toThrow(/cannot name a schema/);
  });

  it.each(["sеrial", "straße", "a b", "1st", "__proto__", "constructor"])("J34: %j is refused as a name", (name) => {
    const fields = Object.fromEntries([[name, text()]]);
    expect(() => defineSchema(URN, "X", fields)).toThrow(TypeError);
    expect(() => defineSchema(URN, "X", { outer: complex(fields) })).toThrow(TypeError);
  });

  it("refuses complex attributes inside complex ones", () => {
    expect(() => complex({ inner: complex({ a: text() }) })).toThrow(/"inner" cannot be complex/);
  });

  it("refuses options that are none", () => {
    expect(() => text({ mutablity: "readOnly" } as object)).toThrow(/"mutablity" is no option/);
  });

  it.each([
    ["unique", { returned: "never", uniqueness: "server" }],
    ["unique", { mutability: "writeOnly", uniqueness: "global" }],
    ["immutable", { returned: "never", mutability: "immutable" }],
  ] as const)("A21: what is never returned is not kept, and so cannot be %s", (_what, options) => {
    expect(() => defineSchema(URN, "X", { a: text<FieldOptions>(options) })).toThrow(/neither unique nor immutable/);
  });

  it("A21: a part that is never returned cannot be required", () => {
    const fields = { a: complex({ secret: text({ returned: "never", required: true }) }) };
    expect(() => defineSchema(URN, "X", fields)).toThrow(/cannot be required/);
  });

  it("A10: a complex attribute cannot be unique as a whole", () => {
    expect(() => defineSchema(URN, "X", { a: complex({ b: text() }, { uniqueness: "server" }) })).toThrow(/its parts/);
  });
});
