import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { figuresBlock, figuresOf, withFigures } from "../src/figures.ts";
import { DOCUMENTS, readFigures } from "../src/results.ts";
import { SCIM_SUITES } from "../src/suites/index.ts";

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
    const old = `before\n${figuresBlock([])}\nafter\n`;
    const written = withFigures(old, [line]);
    expect(written).toBe(`before\n${figuresBlock([line])}\nafter\n`);
    expect(written).toContain("| suite | 1 | 9 | 0 | 1 | 2 | 3 |");
    expect(withFigures(written, [line])).toBe(written);
  });

  it("need a place in the document", () => {
    expect(() => withFigures("text", [line])).toThrow(expect.objectContaining({ code: "usage" }));
  });
});

describe("the committed figures", () => {
  const figures = readFigures();

  it("are those that the documents show", () => {
    for (const path of DOCUMENTS) expect(readFileSync(path, "utf8")).toContain(figuresBlock(figures));
  });

  it("are of the suites that are pinned now, and of a good run", () => {
    expect(figures.map(({ suite, version }) => [suite, version])).toEqual(
      SCIM_SUITES.map(({ name, version }) => [name, version]),
    );
    for (const { passed, failed } of figures) expect([passed > 0, failed]).toEqual([true, 0]);
  });
});

it("the versions that are shown are those that are installed", () => {
  const requirements = readFileSync(new URL("../requirements.txt", import.meta.url), "utf8");
  const shown = SCIM_SUITES.map(({ name, version }) => `${name} ${version}`).join("\n");
  for (const name of ["scim2-tester", "scim2-cli", "scim-sanity"]) {
    const pinned = new RegExp(`^${name}==(\\S+)`, "m").exec(requirements)?.[1];
    expect(shown).toContain(`${name} ${pinned}`);
  }
});
