import { describe, expect, it } from "vitest";
import { outcomeOf } from "../evaluation.ts";

describe("ConvertToBase64", () => {
  it("writes UTF-16, low byte first", () => {
    expect(outcomeOf("ConvertToBase64([a])", { a: "é😀" })).toBe(Buffer.from("é😀", "utf16le").toString("base64"));
    expect(outcomeOf('ConvertToBase64("")')).toBe("");
    expect(outcomeOf("ConvertToBase64([a])")).toBeNull();
  });
});

describe("ConvertFromBase64", () => {
  it("reads what ConvertToBase64 wrote, and the other encodings", () => {
    expect(outcomeOf("ConvertFromBase64(ConvertToBase64([a]))", { a: "é😀" })).toBe("é😀");
    expect(outcomeOf('ConvertFromBase64("SGVsbG8gd29ybGQh", UTF8)')).toBe("Hello world!");
    expect(outcomeOf('ConvertFromBase64("SGVsbG8gd29ybGQh", ASCII)')).toBe("Hello world!");
  });

  it("refuses what is no base64, and bytes that are no text", () => {
    expect(outcomeOf('ConvertFromBase64("SGVsbG8", UTF8)')).toEqual({ error: "type" });
    expect(outcomeOf('ConvertFromBase64("/w==", UTF8)')).toEqual({ error: "type" });
    expect(outcomeOf('ConvertFromBase64("SGVs")')).toEqual({ error: "type" });
    expect(outcomeOf('ConvertFromBase64("SGVs", UTF16)')).toEqual({ error: "syntax" });
    expect(outcomeOf('ConvertFromBase64("SGVs", "UTF16")')).toEqual({ error: "range" });
  });
});

describe("ConvertToUTF8Hex", () => {
  it("writes two capital digits for a byte", () => {
    expect(outcomeOf("ConvertToUTF8Hex([a])", { a: "\u0001é" })).toBe("01C3A9");
    expect(outcomeOf("ConvertToUTF8Hex([a])")).toBeNull();
  });
});
