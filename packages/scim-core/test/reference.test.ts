import { describe, expect, it } from "vitest";
import { defineAttribute } from "../src/index.ts";
import { isMadeReference, referencedEndpoint } from "../src/reference.ts";

const reference = (name: string, ...referenceTypes: readonly string[]) =>
  defineAttribute({ name, type: "reference", description: "", referenceTypes });

describe("J32: a reference", () => {
  it.each([
    ["User", "/Users"],
    ["Group", "/Groups"],
    ["external", undefined],
    ["Device", undefined],
  ])("to %s leads to %s", (target, endpoint) => {
    expect(referencedEndpoint(reference("$ref", target))).toBe(endpoint);
  });

  it("is made by the service when it leads to one endpoint and is called $ref", () => {
    expect(isMadeReference(reference("$ref", "User"))).toBe(true);
    expect(isMadeReference(reference("$ref", "User", "Group"))).toBe(false);
    expect(isMadeReference(reference("$ref", "external"))).toBe(false);
    expect(isMadeReference(reference("photo", "User"))).toBe(false);
    expect(isMadeReference(defineAttribute({ name: "$ref", type: "string", description: "" }))).toBe(false);
  });
});
