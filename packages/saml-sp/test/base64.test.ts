import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeBase64 } from "../src/base64.ts";

describe("decodeBase64", () => {
  it("R0: reads what it should, wrapped or not", () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.nat(80), (bytes, width) => {
        const base64 = Buffer.from(bytes).toString("base64");
        const wrapped = base64.replace(new RegExp(`(.{${width + 1}})`, "g"), "$1\r\n\t ");
        expect(decodeBase64(base64)).toEqual(Buffer.from(bytes));
        expect(decodeBase64(wrapped)).toEqual(Buffer.from(bytes));
      }),
      { seed: 1 },
    );
  });

  it.each([
    "A",
    "AA",
    "AAA",
    "AA=",
    "AA==A",
    "AB==",
    "AAB=",
    "====",
    "A===",
    "AA-_",
    "AA*A",
    "AAAA\u00A0",
    "AAAA\u0000",
  ])("R0, E32: refuses %j", (text) => {
    expect(decodeBase64(text)).toBeUndefined();
  });
});
