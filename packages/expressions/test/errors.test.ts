import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { EXPRESSION_ERROR_CODES } from "../src/errors.ts";

const REFERENCE = readFileSync(new URL("../../../docs/reference/errors.md", import.meta.url), "utf8");

it.each(EXPRESSION_ERROR_CODES)("the reference explains %s", (code) => {
  expect(REFERENCE).toContain(`| \`${code}\` |`);
});
