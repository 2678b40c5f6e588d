import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  compileFilter,
  complex,
  dateTime,
  defineResourceType,
  defineSchema,
  demandedUniqueValues,
  extension,
  integer,
  parseFilter,
  type ResourceType,
  text,
  uniqueValues,
} from "../src/index.ts";

const WARRANTY = "urn:example:Warranty";

const device: ResourceType = defineResourceType({
  name: "Device",
  endpoint: "/Devices",
  schema: defineSchema("urn:example:Device", "Device", {
    serial: text({ uniqueness: "server" }),
    code: text({ uniqueness: "server", caseExact: true }),
    number: integer({ uniqueness: "global" }),
    bootedAt: dateTime({ uniqueness: "server" }),
    label: text(),
    given: text({ uniqueness: "server", mutability: "readOnly" }),
    tags: text({ uniqueness: "server", multiValued: true }),
    ports: complex({ value: text(), mac: text({ uniqueness: "server" }) }, { multiValued: true }),
  }),
  extensions: [extension(WARRANTY, { contract: text({ uniqueness: "server" }) })],
});

describe("uniqueValues", () => {
  it("A10: folds as caseExact says, dateTimes as instants", () => {
    const attributes = { serial: "SN-A", code: "C", number: 7, bootedAt: "2026-05-01T02:00:00+02:00", label: "L" };
    expect(uniqueValues(attributes, device)).toEqual([
      { path: "serial", value: "sn-a" },
      { path: "code", value: "C" },
      { path: "number", value: 7 },
      { path: "bootedAt", value: Date.UTC(2026, 4, 1) },
    ]);
  });

  it("A10: takes every value, parts and extensions along", () => {
    const ports = [{ value: "a", mac: "AA" }, { value: "b" }, { value: "c", mac: "bb" }];
    expect(uniqueValues({ tags: ["x", "Y"], ports, [WARRANTY]: { contract: "C" } }, device)).toEqual([
      { path: "tags", value: "x" },
      { path: "tags", value: "y" },
      { path: "ports.mac", value: "aa" },
      { path: "ports.mac", value: "bb" },
      { path: `${WARRANTY}:contract`, value: "c" },
    ]);
  });

  it("A17: leaves read-only attributes to the service", () => {
    expect(uniqueValues({ given: "x" }, device)).toEqual([]);
  });
});

describe("demandedUniqueValues", () => {
  const demanded = (filter: string) => demandedUniqueValues(parseFilter(filter, device));

  it.each([
    ['serial eq "A"', [{ path: "serial", value: "a" }], true],
    [
      'serial eq "A" and code eq "A"',
      [
        { path: "serial", value: "a" },
        { path: "code", value: "A" },
      ],
      true,
    ],
    ['serial eq "A" and label eq "A"', [{ path: "serial", value: "a" }], false],
    ['serial eq "A" or code eq "A"', [], false],
    ['not (serial eq "A")', [], false],
    ['serial ne "A"', [], false],
    ["serial eq null", [], false],
    ["serial pr", [], false],
    ['id eq "A"', [], false],
    ['ports.mac eq "AA"', [{ path: "ports.mac", value: "aa" }], true],
    ['ports[mac eq "AA"]', [], false],
  ])("decision 6: %s", (filter, values, exact) => {
    expect(demanded(filter)).toEqual({ values, exact });
  });

  it("decision 6: whatever an exact filter matches is what has the demanded values", () => {
    const word = fc.constantFrom("a", "A", "b", "ä", "Ä", "");
    const resource = fc.record({ serial: word, code: word, tags: fc.array(word, { maxLength: 3 }) });
    const clause = fc
      .tuple(fc.constantFrom("serial", "code", "tags"), word)
      .map(([name, value]) => `${name} eq "${value}"`);
    fc.assert(
      fc.property(resource, fc.array(clause, { minLength: 1, maxLength: 3 }), (attributes, clauses) => {
        const filter = parseFilter(clauses.join(" and "), device);
        const { values, exact } = demandedUniqueValues(filter);
        const has = uniqueValues(attributes, device).map((value) => JSON.stringify(value));
        const hasAll = values.every((value) => has.includes(JSON.stringify(value)));
        const candidate = { id: "1", attributes, created: "", lastModified: "" };
        expect(exact).toBe(true);
        expect(compileFilter(filter, device)(candidate)).toBe(hasAll);
      }),
      { seed: 7, numRuns: 300 },
    );
  });
});
