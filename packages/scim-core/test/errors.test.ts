import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { SCIM_TYPES, ScimError, type ScimErrorCode } from "../src/errors.ts";

const REFERENCE = readFileSync(new URL("../../../docs/reference/errors.md", import.meta.url), "utf8");

it.each([...SCIM_TYPES] as ScimErrorCode[])("the reference explains %s, with its status", (code) => {
  expect(REFERENCE).toContain(`| \`${code}\` | ${new ScimError(code, "").status} | yes |`);
});
