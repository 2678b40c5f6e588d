/**
 * A verdict for a person to read. Pure.
 *
 * @module
 */
import type { SuiteReport, Verdict } from "./verdict.ts";

export function formatVerdict({ suites, missing, complaints }: Verdict): string {
  const problems = suites.flatMap(({ suite, problems }) =>
    problems
      .filter(({ grade }) => grade !== "skipped")
      .map(({ check, grade, message }) => `${grade}: ${suite}: ${check}\n${indent(message)}`),
  );
  const excused = suites
    .flatMap((report) => report.excused)
    .map(({ check, reason }) => `excused: ${check}\n${indent(reason)}`);
  const absent = missing.map(({ suite, reason }) => `not run: ${suite}\n${indent(reason)}`);
  const end = complaints.length === 0 ? ["Everything holds."] : complaints;
  return [...problems, ...excused, ...absent, formatCounts(suites), ...end].join("\n");
}

function formatCounts(suites: readonly SuiteReport[]): string {
  const header = ["suite", "passed", "failed", "excused", "warned", "skipped"];
  const rows = suites.map(({ suite, passed, failed, excused, warned, skipped }) =>
    [suite, passed, failed, excused.length, warned, skipped].map(String),
  );
  const widths = header.map((_, column) => Math.max(...[header, ...rows].map((row) => row[column]?.length ?? 0)));
  return [header, ...rows]
    .map((row) => row.map((cell, column) => pad(cell, widths[column] ?? 0, column)).join("  "))
    .join("\n");
}

/** Names to the left, numbers to the right. */
function pad(cell: string, width: number, column: number): string {
  return column === 0 ? cell.padEnd(width) : cell.padStart(width);
}

function indent(text: string): string {
  return text.replaceAll(/^/gm, "  ");
}
