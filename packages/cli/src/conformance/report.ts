/**
 * The results of a check in words: failures as they come, a line per section, a closing table.
 *
 * @module
 */
import type { ConformanceResult } from "@muster/scim-core/testing";

type Outcome = ConformanceResult["outcome"];
type Counts = Readonly<Record<Outcome, number>>;

const OUTCOMES = ["passed", "failed", "skipped"] as const satisfies readonly Outcome[];

/** Takes results in order, and gives the lines to print at each point. */
export interface Report {
  add(result: ConformanceResult): readonly string[];
  close(): readonly string[];
  failed(): boolean;
}

/** @param url what is checked, for the first line */
export function createReport(url: string): Report {
  const results: ConformanceResult[] = [];
  return {
    add: (result) => {
      const section = results.at(-1)?.section;
      const heading = section === undefined ? [`Checking ${url}`, ""] : [];
      const isNext = section !== result.section;
      results.push(result);
      return [...heading, ...(isNext ? [result.section] : []), ...resultLines(result, results)];
    },
    close: () => ["", ...table(results), "", sum(results)],
    failed: () => countsOf(results).failed > 0,
  };
}

/** One JSON object on one line. */
export function resultJson(url: string, results: readonly ConformanceResult[]): string {
  return JSON.stringify({ url, ...countsOf(results), results });
}

/** What passed needs no line, and a reason for skipping is told once per section. */
function resultLines(result: ConformanceResult, results: readonly ConformanceResult[]): readonly string[] {
  if (result.outcome === "passed") return [];
  if (result.outcome === "failed") return [`  FAILED   ${result.name}`, `           ${result.reason}`];
  const { section, reason } = result;
  const same = results.filter((one) => one.outcome === "skipped" && one.section === section && one.reason === reason);
  return same.length > 1 ? [] : [`  skipped  ${reason}`];
}

function table(results: readonly ConformanceResult[]): readonly string[] {
  const sections = [...new Set(results.map(({ section }) => section))];
  const width = Math.max(...sections.map((section) => section.length), "section".length);
  const row = (first: string, cells: readonly (string | number)[]) =>
    `  ${first.padEnd(width)}${cells.map((cell) => String(cell).padStart(9)).join("")}`;
  return [
    row("section", OUTCOMES),
    ...sections.map((section) => {
      const counts = countsOf(results.filter((result) => result.section === section));
      return row(
        section,
        OUTCOMES.map((outcome) => counts[outcome]),
      );
    }),
  ];
}

function sum(results: readonly ConformanceResult[]): string {
  const { passed, failed, skipped } = countsOf(results);
  return `${results.length} cases: ${passed} passed, ${failed} failed, ${skipped} skipped.`;
}

function countsOf(results: readonly ConformanceResult[]): Counts {
  const count = (outcome: Outcome) => results.filter((result) => result.outcome === outcome).length;
  return { passed: count("passed"), failed: count("failed"), skipped: count("skipped") };
}
