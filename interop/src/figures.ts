/**
 * The committed figures, and the table that the documentation shows of them. Pure.
 *
 * @module
 */
import { InteropError } from "./errors.ts";
import type { SuiteReport } from "./verdict.ts";

/** One suite's line; what `interop/results/scim.json` holds. */
export interface Figures {
  readonly suite: string;
  readonly version: string;
  readonly passed: number;
  readonly failed: number;
  readonly warned: number;
  readonly skipped: number;
  /** The checks in which the suite is wrong. */
  readonly excused: readonly string[];
}

export function figuresOf({ problems: _problems, excused, ...counts }: SuiteReport): Figures {
  return { ...counts, excused: excused.map(({ check }) => check) };
}

const BEGIN = "<!-- interop scim: written by `pnpm interop scim --write-readme` -->";
const END = "<!-- /interop scim -->";

/** The block with its markers. */
export function figuresBlock(figures: readonly Figures[]): string {
  const rows = figures.map(
    ({ suite, version, passed, failed, excused, warned, skipped }) =>
      `| ${suite} | ${version} | ${passed} | ${failed} | ${excused.length} | ${warned} | ${skipped} |`,
  );
  return [
    BEGIN,
    "| suite | version | passed | failed | excused | warned | skipped |",
    "|---|---|---|---|---|---|---|",
    ...rows,
    END,
  ].join("\n");
}

/**
 * Replaces the block in a document.
 *
 * @throws {InteropError} `usage` when the document has no markers
 */
export function withFigures(document: string, figures: readonly Figures[]): string {
  const [begin, end] = [document.indexOf(BEGIN), document.indexOf(END)];
  if (begin === -1 || end < begin) throw new InteropError("usage", `The document has no place for figures: ${BEGIN}`);
  return document.slice(0, begin) + figuresBlock(figures) + document.slice(end + END.length);
}
