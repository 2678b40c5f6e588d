import { createRequire } from "node:module";
import { describe, expect, test, vi } from "vitest";
import { keepingLast } from "../src/end-tag-pattern.ts";
import { parseXml } from "../src/xml.ts";

const QNAME = /[a-z]+/u;

describe("R2: the parser builds the pattern of an end tag once", () => {
  test("R2: the same parts give the pattern that was built", () => {
    const build = vi.fn((...parts: (RegExp | string)[]) => new RegExp(parts.map(sourceOf).join(""), "u"));
    const kept = keepingLast(build);
    const pattern = kept("^", QNAME, "$");
    expect(kept("^", QNAME, "$")).toBe(pattern);
    expect(build).toHaveBeenCalledTimes(1);
    expect([pattern.source, pattern.flags]).toEqual(["^[a-z]+$", "u"]);
  });

  test.each([
    ["fewer parts", ["^", QNAME]],
    ["a part of its own that looks the same", ["^", /[a-z]+/u, "$"]],
    ["other parts", ["^", QNAME, "!"]],
  ])("R2: %s are another pattern", (_, parts) => {
    const kept = keepingLast((...of) => new RegExp(of.map(sourceOf).join(""), "u"));
    const before = kept("^", QNAME, "$");
    const pattern = kept(...parts);
    expect(pattern).not.toBe(before);
    expect(pattern.source).toBe(parts.map(sourceOf).join(""));
  });

  test("R2: what cannot be built is not kept", () => {
    const build = vi.fn((..._parts: (RegExp | string)[]): RegExp => {
      throw new Error("no pattern");
    });
    const kept = keepingLast(build);
    expect(() => kept("|")).toThrow("no pattern");
    expect(() => kept("|")).toThrow("no pattern");
    expect(build).toHaveBeenCalledTimes(2);
  });

  test("R2: the parser that is installed is one of those, and its patterns have no state", () => {
    parseXml("<a></a>");
    const grammar = createRequire(import.meta.url)("@xmldom/xmldom/lib/grammar.js");
    const endTag = () => grammar.reg("^", grammar.QName_group, grammar.S_OPT, "$");
    expect(endTag()).toBe(endTag());
    expect(endTag().flags).toBe("u");
    expect(endTag().exec("saml:Assertion \n")?.[1]).toBe("saml:Assertion");
    expect(endTag().exec("saml:Assertion x")).toBeNull();
  });
});

function sourceOf(part: RegExp | string): string {
  return typeof part === "string" ? part : part.source;
}
