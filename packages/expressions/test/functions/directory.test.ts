import { describe, expect, it } from "vitest";
import { evaluateExpression, parseExpression } from "../../src/index.ts";
import { contextOf, outcomeOf } from "../evaluation.ts";

describe("Redact", () => {
  it("gives the value, and marks the result", () => {
    const result = evaluateExpression(parseExpression('Append(Redact([a]), "!")'), contextOf({ a: "x" }));
    expect(result).toEqual({ kind: "value", value: "x!", redacted: true });
    expect(outcomeOf("Redact([a])", { a: ["x", "y"] })).toEqual(["x", "y"]);
  });
});

describe("DefaultDomain", () => {
  it("is the host's, who must know one", () => {
    expect(outcomeOf("DefaultDomain()", {}, { defaultDomain: "contoso.com" })).toBe("contoso.com");
    expect(outcomeOf("DefaultDomain()")).toEqual({ error: "unsupported" });
  });
});

describe("Error", () => {
  it("refuses the object with the message of the expression", () => {
    const text = 'IIF(IsPresent([accountName]), [accountName], Error("AccountName is required"))';
    expect(() => evaluateExpression(parseExpression(text), contextOf())).toThrow(
      expect.objectContaining({ code: "rejected", message: "AccountName is required", position: 45 }),
    );
    expect(outcomeOf(text, { accountName: "x" })).toBe("x");
  });
});

describe("DNComponent", () => {
  it("counts components from the left, and reads their escapes", () => {
    const attributes = { dn: "cn=Joe\\, Jr\\2E \\C3\\A9,ou=People,dc=contoso" };
    expect(outcomeOf("DNComponent([dn], 1)", attributes)).toBe("Joe, Jr. é");
    expect(outcomeOf("DNComponent([dn], 2)", attributes)).toBe("People");
    expect(outcomeOf("DNComponent([dn], 4)", attributes)).toBe("");
    expect(outcomeOf("DNComponent([dn], 0)", attributes)).toBe("");
    expect(outcomeOf("DNComponent([none], 1)", attributes)).toBeNull();
  });
});

describe("StringFromSid", () => {
  it("reads the bytes of a security identifier", () => {
    const bytes = [1, 5, 0, 0, 0, 0, 0, 5, 21, 0, 0, 0, 1, 0, 0, 0, 255, 255, 255, 255, 3, 0, 0, 0, 244, 1, 0, 0];
    expect(outcomeOf("StringFromSid([a])", { a: Buffer.from(bytes).toString("base64") })).toBe(
      "S-1-5-21-1-4294967295-3-500",
    );
    expect(outcomeOf("StringFromSid([a])", { a: Buffer.from(bytes.slice(0, 20)).toString("base64") })).toEqual({
      error: "type",
    });
    expect(outcomeOf("StringFromSid([a])", { a: "?" })).toEqual({ error: "type" });
  });
});
