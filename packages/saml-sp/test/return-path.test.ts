import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isSameOriginPath, readReturnPath } from "../src/return-path.ts";

const ORIGIN = "https://app.example";

describe("isSameOriginPath", () => {
  it.each(["/", "/docs", "/docs?page=2#top", "/a//b", "/über uns", "/?next=https://elsewhere.example", "/@elsewhere"])(
    "R19: %s is a path of this site",
    (text) => expect(isSameOriginPath(text)).toBe(true),
  );

  it.each([
    "",
    "docs",
    "//elsewhere.example",
    "///elsewhere.example",
    "/\\elsewhere.example",
    "\\\\elsewhere.example",
    "/\t/elsewhere.example",
    "/\n/elsewhere.example",
    "/docs\r\nset-cookie: a=b",
    "/docs\u0000",
    "/docs\u0085",
    "/docs\uD800",
    " /docs",
    "https://elsewhere.example/",
    "javascript:alert(1)",
    "?x=/docs",
    `/${"a".repeat(2048)}`,
  ])("R19: %j is not", (text) => expect(isSameOriginPath(text)).toBe(false));

  it("R19: whatever is accepted stays on the origin, in a browser's eyes", () => {
    const piece = fc.constantFrom(
      "/",
      "\\",
      "\t",
      "\n",
      "@",
      ":",
      ".",
      "..",
      "evil.example",
      "https",
      "%2f",
      "?",
      "#",
      "é",
    );
    const text = fc.array(piece, { maxLength: 8 }).map((pieces) => `/${pieces.join("")}`);
    fc.assert(
      fc.property(text, (path) => {
        if (isSameOriginPath(path)) expect(new URL(path, ORIGIN).origin).toBe(ORIGIN);
      }),
      { seed: 19, numRuns: 5000 },
    );
  });
});

describe("readReturnPath", () => {
  it("R19: makes a header value of a path, and nothing of anything else", () => {
    expect(readReturnPath("/docs/über uns?q=%20")).toBe("/docs/%C3%BCber%20uns?q=%20");
    expect(readReturnPath("/🙂")).toBe("/%F0%9F%99%82");
    expect(readReturnPath("//elsewhere.example")).toBeUndefined();
  });
});
