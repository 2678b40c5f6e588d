/**
 * The committed figures, and the table that the documentation shows of them. Pure.
 *
 * @module
 */
import { InteropError } from "./errors.ts";
import type { FamilyName } from "./suite.ts";
import type { SuiteReport } from "./verdict.ts";

/** One suite's line; what a file in `interop/results` holds. */
export interface Figures extends Omit<SuiteReport, "excused" | "problems"> {
  /** The checks in which the suite is wrong. */
  readonly excused: readonly string[];
}

export function figuresOf({ problems: _problems, excused, ...counts }: SuiteReport): Figures {
  return { ...counts, excused: excused.map(({ check }) => check) };
}

const begin = (family: FamilyName) =>
  `<!-- interop ${family}: written by \`pnpm interop ${family} --write-readme\` -->`;
const end = (family: FamilyName) => `<!-- /interop ${family} -->`;

/** The block with its markers. */
export function figuresBlock(family: FamilyName, figures: readonly Figures[]): string {
  const rows = figures.map(
    ({ suite, version, passed, failed, excused, warned, skipped }) =>
      `| ${suite} | ${version} | ${passed} | ${failed} | ${excused.length} | ${warned} | ${skipped} |`,
  );
  return [
    begin(family),
    "| suite | version | passed | failed | excused | warned | skipped |",
    "|---|---|---|---|---|---|---|",
    ...rows,
    end(family),
  ].join("\n");
}

/**
 * Replaces the block in a document.
 *
 * @throws {InteropError} `usage` when the document has no markers
 */
export function withFigures(document: string, family: FamilyName, figures: readonly Figures[]): string {
  const [first, last] = [document.indexOf(begin(family)), document.indexOf(end(family))];
  if (first === -1 || last < first) {
    throw new InteropError("usage", `The document has no place for figures: ${begin(family)}`);
  }
  return document.slice(0, first) + figuresBlock(family, figures) + document.slice(last + end(family).length);
}
