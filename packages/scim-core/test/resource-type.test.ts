import { describe, expect, expectTypeOf, it } from "vitest";
import { defineResourceType, defineSchema, extension, type SchemaValues, text } from "../src/index.ts";

const schema = defineSchema("urn:example:Device", "Device", { serial: text() }, { description: "A thing." });
const define = (given: object) => defineResourceType({ name: "Device", endpoint: "/Devices", schema, ...given });

describe("defineResourceType", () => {
  it("G01: needs a name, an endpoint and a schema", () => {
    const type = define({});
    expect(type).toEqual({ name: "Device", description: "A thing.", endpoint: "/Devices", schema, extensions: [] });
    expectTypeOf<SchemaValues<typeof type.schema>>().toEqualTypeOf<{ readonly serial?: string }>();
  });

  it("G01: keeps whether an extension is required, and nothing else of it", () => {
    const warranty = extension("urn:example:Warranty", { until: text({ default: "never" }) }, { required: true });
    expect(define({ extensions: [warranty] }).extensions).toEqual([{ schema: warranty.schema, required: true }]);
  });

  it.each(["", "De vice", "Dévice", "1st", "Device/2", "__proto__"])("J34: %j is no name", (name) => {
    expect(() => define({ name })).toThrow(/cannot name a resource type/);
  });

  it.each([
    "Devices",
    "/",
    "/a/b",
    "/.search",
    "/Dévices",
    "/Me",
    "/schemas",
    "/ServiceProviderConfig",
    "/a?b",
    "/a%20b",
  ])("J34: %j is no endpoint", (endpoint) => {
    expect(() => define({ endpoint })).toThrow(/cannot be an endpoint/);
  });
});
