import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { PROVISIONING_ERROR_CODES, ProvisioningError } from "../src/errors.ts";

const REFERENCE = readFileSync(new URL("../../../docs/reference/errors.md", import.meta.url), "utf8");

it.each(PROVISIONING_ERROR_CODES)("the reference explains %s, with its status", (code) => {
  expect(REFERENCE).toContain(`| \`${code}\` | ${new ProvisioningError(code, "").status} |`);
});
