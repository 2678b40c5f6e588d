import { describe, expect, it } from "vitest";
import {
  dateTime,
  decimal,
  defineAttribute,
  defineResourceType,
  ENTERPRISE_USER_URN,
  type Extension,
  extension,
  flag,
  integer,
  reference,
  text,
  type Urn,
  USER_SCHEMA,
  userResourceType,
} from "../src/index.ts";

describe("extension", () => {
  it("declares typed attributes with every characteristic", () => {
    const staff: Extension<{
      badge: string;
      writes: boolean;
      floor: number;
      load: number;
      hiredAt: string;
      page: string;
      tags: readonly string[];
    }> = extension(
      "urn:example:staff",
      {
        badge: text({ caseExact: true, required: true, description: "The badge." }),
        writes: flag({ default: false }),
        floor: integer(),
        load: decimal(),
        hiredAt: dateTime(),
        page: reference(),
        tags: text({ multiValued: true, canonicalValues: ["a"] }),
      },
      { required: true, name: "Staff", description: "Staff." },
    );
    expect(staff).toMatchObject({ urn: "urn:example:staff", required: true, defaults: { writes: false } });
    expect(staff.schema).toMatchObject({ id: "urn:example:staff", name: "Staff", description: "Staff." });
    expect(staff.schema.attributes[0]).toEqual({
      name: "badge",
      type: "string",
      multiValued: false,
      description: "The badge.",
      required: true,
      caseExact: true,
      mutability: "readWrite",
      returned: "default",
      uniqueness: "none",
    });
    expect(staff.schema.attributes.map(({ type }) => type)).toEqual([
      "string",
      "boolean",
      "integer",
      "decimal",
      "dateTime",
      "reference",
      "string",
    ]);
    expect(staff.schema.attributes[6]).toMatchObject({ multiValued: true, canonicalValues: ["a"] });
    expect(staff.schema.attributes[5]).toMatchObject({ referenceTypes: ["external"], caseExact: true });
  });

  it.each(["is Team", " isTeam", "isTeam ", "isTeam\u00a0", "isТeam", "1st", "_x", "a.b", "a:b", "", "__proto__"])(
    "R18, J34: %j is refused as an attribute name",
    (name) => {
      expect(() => extension("urn:example:staff", Object.fromEntries([[name, flag()]]))).toThrow(TypeError);
      expect(() => extension("urn:example:staff", Object.fromEntries([[name, flag()]]))).toThrow(
        /is not an attribute name/,
      );
    },
  );

  it.each(["constructor", "prototype", "toString", "hasOwnProperty"])(
    "D50: %s is refused, since objects inherit it",
    (name) => {
      expect(() => extension("urn:example:staff", { [name]: flag() })).toThrow(/inherits/);
      expect(() => defineAttribute({ name, type: "string", description: "" })).toThrow(TypeError);
    },
  );

  it.each([
    "",
    "urn:",
    "urn:x",
    "example:staff",
    "urn:example:",
    "urn:example:a b",
    "urn:example:ä",
    "urn:example:a[b]",
    "urn:-x:y",
  ])("R18: %j is refused as a URN", (urn) => {
    expect(() => extension(urn as Urn, { a: flag() })).toThrow(/cannot name a schema/);
  });

  it("has a name of its own when none is given", () => {
    expect(extension("urn:example:acme:2.0:User", { a: flag() }).schema.name).toBe("User extension");
  });
});

describe("defineResourceType", () => {
  it("refuses one URN for two schemas, in any case", () => {
    const one = extension("urn:example:staff", { a: flag() });
    const same = extension("urn:example:STAFF", { b: flag() });
    expect(() => userResourceType([one, same])).toThrow(/used twice/);
    expect(() => userResourceType([extension(ENTERPRISE_USER_URN, { a: flag() })])).toThrow(TypeError);
  });

  it("refuses names that differ in case only, and names of common attributes", () => {
    const attribute = (name: string) => defineAttribute({ name, type: "string", description: "" });
    const type = (...names: string[]) =>
      defineResourceType({
        name: "Device",
        description: "",
        endpoint: "/Devices",
        schema: { ...USER_SCHEMA, id: "urn:example:Device", attributes: names.map(attribute) },
        extensions: [],
      });
    expect(() => type("serial", "Serial")).toThrow(/used twice/);
    expect(() => type("externalID")).toThrow(/used twice/);
    expect(type("serial").schema.attributes).toHaveLength(1);
    expect(() => userResourceType([extension("urn:example:staff", { a: flag(), A: flag() })])).toThrow(/used twice/);
  });
});
