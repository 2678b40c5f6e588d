import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { isSamlError, SAML_ERROR_CODES, SamlError } from "../src/errors.ts";

const REFERENCE = readFileSync(new URL("../../../docs/reference/errors.md", import.meta.url), "utf8");

describe("SamlError", () => {
  it.each(SAML_ERROR_CODES)("the reference explains %s, with its stage", (code) => {
    expect(REFERENCE).toContain(`| \`${code}\` | ${new SamlError(code, "").stage} |`);
  });

  it("has a closed list of codes, each with one stage and a status of a client's fault", () => {
    expect(new Set(SAML_ERROR_CODES).size).toBe(SAML_ERROR_CODES.length);
    expect(SAML_ERROR_CODES.length).toBeGreaterThan(55);
    for (const code of SAML_ERROR_CODES) {
      const { stage, httpStatus } = new SamlError(code, "Message.");
      expect(code).toMatch(/^[a-z0-9_]+$/);
      expect(stage, code).toMatch(/^[a-z]+$/);
      expect(httpStatus, code).toBeGreaterThanOrEqual(400);
      expect(httpStatus, code).toBeLessThan(500);
    }
  });

  it("says 400 for what cannot be read, 403 for what is not believed, 409 for what an admin must finish", () => {
    expect(new SamlError("xml_invalid", "x").httpStatus).toBe(400);
    expect(new SamlError("signature_invalid", "x").httpStatus).toBe(403);
    expect(new SamlError("certificate_missing", "x").httpStatus).toBe(409);
    expect(new SamlError("response_too_large", "x").httpStatus).toBe(413);
    expect(new SamlError("certificate_invalid", "x").httpStatus).toBe(400);
  });

  it("carries a hint, facts and a cause", () => {
    const cause = new TypeError("why");
    const error = new SamlError("audience_mismatch", "x", { hint: "Do this.", details: { expected: "a" }, cause });
    expect(error).toMatchObject({
      name: "SamlError",
      message: "x",
      hint: "Do this.",
      details: { expected: "a" },
      cause,
    });
    expect(new SamlError("audience_mismatch", "x")).toMatchObject({ hint: undefined, details: {} });
    expect(Object.hasOwn(new SamlError("audience_mismatch", "x"), "cause")).toBe(false);
  });

  it("is recognised by its brand, also when it comes from another copy of the package", () => {
    const foreign = { [Symbol.for("@muster/saml-sp/SamlError")]: true };
    expect(isSamlError(new SamlError("xml_invalid", "x"))).toBe(true);
    expect(isSamlError(foreign)).toBe(true);
    expect(isSamlError(new Error("xml_invalid"))).toBe(false);
    expect(isSamlError(null)).toBe(false);
    expect(isSamlError("xml_invalid")).toBe(false);
  });
});
