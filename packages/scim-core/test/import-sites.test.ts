import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const source = join(import.meta.dirname, "../src");

it("scim-patch is imported by patch-apply alone, and no other package is imported at all", () => {
  const sites = readdirSync(source, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .flatMap((file) => {
      const text = readFileSync(join(source, file), "utf8");
      return Array.from(text.matchAll(/^[^*\n]*from "([^."][^"]*)"/gm), ([, name]) => `${file}: ${name}`);
    })
    .filter((site) => !site.includes(": node:"));
  expect(sites).toEqual(["patch-apply.ts: scim-patch"]);
});
