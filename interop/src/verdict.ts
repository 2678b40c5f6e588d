/**
 * What the findings mean: which failures are excused, and whether the run as a whole is good. Pure.
 *
 * @module
 */
import type { Excuse } from "./excuses.ts";
import type { Findings, Grade, Problem } from "./suite.ts";

export interface SuiteReport {
  readonly suite: string;
  readonly version: string;
  readonly passed: number;
  /** Without the excused ones. */
  readonly failed: number;
  readonly warned: number;
  readonly skipped: number;
  readonly excused: readonly Excuse[];
  /** Everything that did not pass, without the excused. */
  readonly problems: readonly Problem[];
}

/** A suite that could not be had. */
export interface MissingSuite {
  readonly suite: string;
  readonly reason: string;
}

export interface Verdict {
  readonly ok: boolean;
  readonly suites: readonly SuiteReport[];
  readonly missing: readonly MissingSuite[];
  /** Why the run is not good, a sentence each. */
  readonly complaints: readonly string[];
}

/** @param excuses of all suites */
export function judgeSuite(
  { name, version }: { readonly name: string; readonly version: string },
  { passed, problems }: Findings,
  excuses: readonly Excuse[],
): SuiteReport {
  const isFailed = (check: string) => problems.some((problem) => problem.check === check && problem.grade === "failed");
  const excused = excuses.filter(({ suite, check }) => suite === name && isFailed(check));
  const left = problems.filter(
    ({ check, grade }) => grade !== "failed" || !excused.some((excuse) => excuse.check === check),
  );
  const count = (wanted: Grade) => left.filter(({ grade }) => grade === wanted).length;
  const counts = { failed: count("failed"), warned: count("warned"), skipped: count("skipped") };
  return { suite: name, version, passed, ...counts, excused, problems: left };
}

/** What is compared with the figures that were committed last. */
export interface Standard {
  readonly excuses: readonly Excuse[];
  /** The suites that may be missing. */
  readonly mayMiss: (suite: string) => boolean;
  /** Checks that each suite has passed before. */
  readonly passedBefore: ReadonlyMap<string, number>;
}

export function judgeRun(
  suites: readonly SuiteReport[],
  missing: readonly MissingSuite[],
  { excuses, mayMiss, passedBefore }: Standard,
): Verdict {
  const complaints = [
    ...suites.filter(({ failed }) => failed > 0).map(({ suite, failed }) => `${suite}: ${failed} failed.`),
    ...suites.flatMap((report) => fewerThanBefore(report, passedBefore.get(report.suite) ?? 0)),
    ...suites.flatMap((report) => staleExcuses(report, excuses)),
    ...missing.filter(({ suite }) => !mayMiss(suite)).map(({ suite }) => `${suite} did not run.`),
  ];
  return { ok: complaints.length === 0, suites, missing, complaints };
}

/** A suite that finds less to check is no better than one that fails: discovery decides what it looks at. */
function fewerThanBefore({ suite, passed }: SuiteReport, before: number): readonly string[] {
  return passed < before ? [`${suite}: ${passed} checks passed, ${before} before.`] : [];
}

/** Of a suite that broke off nothing is known. */
function staleExcuses({ suite, passed, excused }: SuiteReport, excuses: readonly Excuse[]): readonly string[] {
  if (passed === 0) return [];
  return excuses
    .filter((excuse) => excuse.suite === suite && !excused.includes(excuse))
    .map(({ check }) => `${suite}: ${check} passes, remove its excuse.`);
}
