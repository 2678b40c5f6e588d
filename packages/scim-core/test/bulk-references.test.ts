import { describe, expect, it } from "vitest";
import { referencesIn, replaceReferences, splitData } from "../src/bulk-references.ts";
import { ENTERPRISE_USER_URN } from "../src/index.ts";
import { user } from "./types.ts";

const upper = (bulkId: string): string => bulkId.toUpperCase();

describe("references", () => {
  it("J20: are found and replaced at any depth", () => {
    const value = { a: ["bulkId:x", { b: { c: "bulkId:y" } }], d: "bulkId:x", e: [1, null, true] };
    expect([...referencesIn(value)]).toEqual(["x", "y"]);
    expect(replaceReferences(value, upper)).toEqual({ a: ["X", { b: { c: "Y" } }], d: "X", e: [1, null, true] });
  });

  it.each(["about bulkId:x", "bulkid:x", "bulkId", "BULKID:x", " bulkId:x"])("%j is none", (text) => {
    expect(referencesIn({ value: text }).size).toBe(0);
    expect(replaceReferences(text, upper)).toBe(text);
  });

  it("J20: are the literals of a PATCH's path, too, but of no other text", () => {
    const text = 'members[value eq "bulkId:x" or value eq "bulkId:y"]';
    expect([...referencesIn({ path: text })]).toEqual(["x", "y"]);
    expect(replaceReferences({ path: text }, upper)).toEqual({ path: 'members[value eq "X" or value eq "Y"]' });
    expect(referencesIn({ title: text }).size).toBe(0);
  });

  it("an id with a quotation mark stays within its literal", () => {
    const { path } = replaceReferences({ path: 'a[value eq "bulkId:x"]' }, () => '" or b pr or c eq "') as {
      readonly path: string;
    };
    expect(path).toBe(String.raw`a[value eq "\" or b pr or c eq \""]`);
  });

  it("A33: names that every object inherits stay names", () => {
    const value: unknown = JSON.parse('{"__proto__":{"polluted":"bulkId:x"}}');
    const replaced = replaceReferences(value, upper) as object;
    expect(Object.getOwnPropertyDescriptor(replaced, "__proto__")?.value).toEqual({ polluted: "X" });
    expect(Object.getPrototypeOf(replaced)).toBe(Object.prototype);
  });

  it("are found in linear time", () => {
    const path = 'a[value eq "bulkId:'.repeat(50_000);
    const started = performance.now();
    referencesIn({ path, value: "bulkId:".repeat(100_000) });
    expect(performance.now() - started).toBeLessThan(500);
  });
});

describe("splitData", () => {
  it("J19: puts aside the attributes that refer to what is not there yet, and nothing else of an extension", () => {
    const data = {
      schemas: ["urn:s"],
      userName: "ada",
      emails: [{ value: "bulkId:other" }],
      roles: [{ value: "x" }, { value: "bulkId:b" }],
      [ENTERPRISE_USER_URN]: { department: "Docs", manager: { value: "bulkId:b" } },
    };
    const { emails, schemas, userName, roles } = data;
    expect(splitData(data, user, new Set(["b"]))).toEqual({
      now: { schemas, userName, emails, [ENTERPRISE_USER_URN]: { department: "Docs" } },
      later: { roles, [ENTERPRISE_USER_URN]: { manager: { value: "bulkId:b" } } },
    });
  });
});
