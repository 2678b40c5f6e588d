import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { figuresBlock, figuresOf, withFigures } from "../src/figures.ts";
import { DOCUMENTS, readFigures } from "../src/results.ts";
import { SAML_SUITES, SCIM_SUITES } from "../src/suites/index.ts";

const [line] = [
  { suite: "suite", version: "1", passed: 9, failed: 0, warned: 2, skipped: 3, excused: ["wrong"] },
] as const;

describe("the figures", () => {
  it("are the counts of a report, and the names of what is excused", () => {
    const { excused, ...counts } = line;
    const reason = "The suite is wrong.";
    const report = { ...counts, excused: [{ suite: "suite", check: "wrong", reason }], problems: [] };
    expect(figuresOf(report)).toEqual(line);
  });

  it("replace those that a document had, and nothing around them", () => {
    const old = `before\n${figuresBlock("scim", [])}\nafter\n`;
    const written = withFigures(old, "scim", [line]);
    expect(written).toBe(`before\n${figuresBlock("scim", [line])}\nafter\n`);
    expect(written).toContain("| suite | 1 | 9 | 0 | 1 | 2 | 3 |");
    expect(withFigures(written, "scim", [line])).toBe(written);
  });

  it("of two families stand side by side", () => {
    const both = `${figuresBlock("scim", [])}\n${figuresBlock("saml", [])}`;
    const written = withFigures(both, "saml", [line]);
    expect(written).toBe(`${figuresBlock("scim", [])}\n${figuresBlock("saml", [line])}`);
  });

  it("need a place in the document", () => {
    expect(() => withFigures("text", "scim", [line])).toThrow(expect.objectContaining({ code: "usage" }));
  });
});

describe.each([
  ["scim", SCIM_SUITES],
  ["saml", SAML_SUITES],
] as const)("the committed figures of %s", (family, suites) => {
  const figures = readFigures(family);

  it("are those that the documents show", () => {
    for (const path of DOCUMENTS) expect(readFileSync(path, "utf8")).toContain(figuresBlock(family, figures));
  });

  it("are of the suites that are pinned now, and of a good run", () => {
    expect(figures.map(({ suite, version }) => [suite, version])).toEqual(
      suites.map(({ name, version }) => [name, version]),
    );
    for (const { passed, failed } of figures) expect([passed > 0, failed]).toEqual([true, 0]);
  });
});

it.each([
  ["requirements.txt", SCIM_SUITES, ["scim2-tester", "scim2-cli", "scim-sanity"]],
  ["requirements-saml.txt", SAML_SUITES, ["pysaml2"]],
] as const)("the versions that are shown are those that %s installs", (file, suites, names) => {
  const requirements = readFileSync(new URL(`../${file}`, import.meta.url), "utf8");
  const shown = suites.map(({ name, version }) => `${name} ${version}`).join("\n");
  for (const name of names) {
    const pinned = new RegExp(`^${name}==(\\S+)`, "m").exec(requirements)?.[1];
    expect(shown).toContain(`${name} ${pinned}`);
  }
});
