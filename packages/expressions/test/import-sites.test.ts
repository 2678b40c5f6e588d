import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const source = join(import.meta.dirname, "../src");

it("re2js is imported by regex alone, and nothing else is imported at all", () => {
  const sites = readdirSync(source, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .flatMap((file) => {
      const text = readFileSync(join(source, file), "utf8");
      return Array.from(text.matchAll(/^[^*\n]*from "([^."][^"]*)"/gm), ([, name]) => `${file}: ${name}`);
    });
  expect(sites).toEqual(["regex.ts: re2js"]);
});

it("no clock, no chance and no code of the text's own is used", () => {
  const forbidden = /Math\.random|new Date\(\)|Date\.now|new Function|\beval\(|setTimeout|process\./;
  const offenders = readdirSync(source, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .filter((file) => {
      const code = readFileSync(join(source, file), "utf8").replaceAll(/^ \*.*$/gm, "");
      return forbidden.test(code);
    });
  expect(offenders).toEqual([]);
});
