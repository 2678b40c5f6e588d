/**
 * From what a suite printed to findings: every suite's parser is judged by the same two rules.
 *
 * @module
 */
import { type CommandResult, lastWords } from "./command.ts";
import { InteropError } from "./errors.ts";
import type { Findings } from "./suite.ts";

/**
 * @param parse reads what the suite printed on stdout
 * @throws {InteropError} `unreadable` when nothing was checked, or the suite failed without naming a check
 */
export function readReport(suite: string, result: CommandResult, parse: (stdout: string) => Findings): Findings {
  const findings = parse(result.stdout);
  const silent = findings.problems.every(({ grade }) => grade === "skipped");
  if (findings.passed > 0 && (result.exitCode === 0 || !silent)) return findings;
  const end = result.exitCode === null ? "was ended by a signal" : `ended with exit code ${result.exitCode}`;
  throw new InteropError(
    "unreadable",
    `${suite} ${end} without a usable report. Its last words:\n${lastWords(result)}`,
  );
}
