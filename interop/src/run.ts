/**
 * Runs the suites one after the other: two at a time would measure each other.
 *
 * @module
 */
import { InteropError } from "./errors.ts";
import { EXCUSES } from "./excuses.ts";
import type { Suite, WithServer } from "./suite.ts";
import { judgeRun, judgeSuite, type MissingSuite, type Standard, type SuiteReport, type Verdict } from "./verdict.ts";

export interface RunOptions {
  readonly suites: readonly Suite[];
  readonly withServer: WithServer;
  readonly standard: Omit<Standard, "excuses">;
  /** Hears what happens next. */
  readonly note: (text: string) => void;
}

/** A suite that is missing, or that broke off, is reported, and the others run. */
export async function runSuites({ suites, withServer, standard, note }: RunOptions): Promise<Verdict> {
  const reports: SuiteReport[] = [];
  const missing: MissingSuite[] = [];
  for (const suite of suites) {
    note(`${suite.name}, ${suite.version}`);
    const outcome = await runSuite(suite, withServer);
    if ("reason" in outcome) missing.push(outcome);
    else reports.push(outcome);
  }
  return judgeRun(reports, missing, { ...standard, excuses: EXCUSES });
}

async function runSuite(suite: Suite, withServer: WithServer): Promise<SuiteReport | MissingSuite> {
  try {
    const run = await suite.prepare();
    return judgeSuite(suite, await run(withServer), EXCUSES);
  } catch (error) {
    if (!(error instanceof InteropError)) throw error;
    if (error.code === "missing") return { suite: suite.name, reason: error.message };
    const broken = { check: "the suite itself", grade: "failed", message: error.message } as const;
    return judgeSuite(suite, { passed: 0, problems: [broken] }, EXCUSES);
  }
}
