import { describe, expect, it } from "vitest";
import { type Attribute, defineAttribute, parsePath, VALUE_DIALECTS } from "../src/index.ts";
import { rewriteValue } from "../src/value-dialects.ts";
import { user } from "./types.ts";

const attribute = (path: string): Attribute => {
  const { attribute: whole, subAttribute } = parsePath(path, user);
  return subAttribute ?? whole;
};

describe("VALUE_DIALECTS", () => {
  it("have names of their own and the capture that shows them", () => {
    expect(new Set(VALUE_DIALECTS.map(({ name }) => name)).size).toBe(VALUE_DIALECTS.length);
    for (const { captured, client } of VALUE_DIALECTS) expect([captured, client]).not.toContain("");
  });

  it.each([
    ["array-around-single-value", "manager", [{ value: "2819c223" }], { value: "2819c223" }],
    ["array-around-single-value", "title", [], null],
    ["object-around-scalar", "title", [{ value: "Editor" }], "Editor"],
    ["plain-value-for-complex", "manager", "2819c223", { value: "2819c223" }],
    ["boolean-as-text", "active", "False", false],
    ["boolean-as-text", "active", "TRUE", true],
    ["empty-text-unassigns", "manager", "", null],
    ["empty-text-unassigns", "title", "", null],
  ])("%s: %s %j becomes %j", (_name, path, value, expected) => {
    expect(rewriteValue(value, attribute(path), false)).toEqual(expected);
  });

  it.each([
    [{ value: "mira@example.com", primary: true }, [{ value: "mira@example.com", primary: true }]],
    ["mira@example.com", ["mira@example.com"]],
    ["", null],
    [[], []],
    [null, null],
  ])("single-value-for-multi-valued: emails %j becomes %j", (value, expected) => {
    expect(rewriteValue(value, attribute("emails"), true)).toEqual(expected);
  });

  it.each([
    ["active", "maybe"],
    ["active", ""],
    ["active", 1],
    ["title", ["a", "b"]],
    ["title", { value: "a", display: "b" }],
    ["title", "True"],
    ["name", "Mira"],
    ["floor", ""],
  ])("leave %s %j to be judged", (path, value) => {
    expect(rewriteValue(value, attribute(path), false)).toEqual(value);
  });

  it("a complex attribute without a value is not made of a text", () => {
    const place = defineAttribute({ name: "place", type: "complex", description: "", subAttributes: [] });
    expect(rewriteValue("x", place, false)).toBe("x");
  });
});
