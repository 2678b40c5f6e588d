/**
 * github.com/scim2/test-suite: the sentences of RFC 7643 and 7644 as checks, in Go.
 *
 * @module
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCommand } from "../command.ts";
import { type GoTests, goTestBinary } from "../go.ts";
import { readReport } from "../report.ts";
import type { Findings, Grade, Problem, Suite, Target } from "../suite.ts";

const NAME = "scim2-test-suite";

const TESTS: GoTests = {
  module: "github.com/scim2/test-suite",
  version: "v0.0.0-20260328090300-3d80a46970a0",
  sum: "h1:TPD+93dttXiV2VobNPkYOB+S//TvXAwecBCooIbZ8oE=",
  package: "./compliance/",
};

export const SCIM2_TEST_SUITE: Suite = {
  name: NAME,
  version: TESTS.version,
  foreign: true,
  prepare: async () => {
    const binary = await goTestBinary(TESTS);
    return (withServer) => withServer(["--test-resources"], (target) => run(binary, target));
  },
};

async function run(binary: string, { baseUrl, token }: Target): Promise<Findings> {
  const folder = mkdtempSync(join(tmpdir(), "muster-interop-"));
  try {
    const args = ["-test.v", `-scim.url=${baseUrl}`, `-scim.token=${token}`, "-scim.report=report.txt"];
    return readReport(NAME, await runCommand(binary, args, { cwd: folder }), parseTestSuite);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const GRADES: ReadonlyMap<string, Grade> = new Map([
  ["FAIL", "failed"],
  ["WARN", "warned"],
  ["SKIP", "skipped"],
]);

const MESSAGE_INDENT = " ".repeat(9);

/**
 * Reads its list of results: a line `  [FAIL] REQUIREMENT/check`, and under it, indented, what it has to say.
 *
 * @param stdout of a verbose run
 */
export function parseTestSuite(stdout: string): Findings {
  const entries: { readonly symbol: string; readonly check: string; readonly message: string[] }[] = [];
  for (const line of stdout.split("\n")) {
    const [, symbol, check] = /^ {2}\[(PASS|FAIL|WARN|SKIP)\] (\S.*)$/.exec(line) ?? [];
    if (symbol !== undefined && check !== undefined) entries.push({ symbol, check, message: [] });
    else if (line.startsWith(MESSAGE_INDENT)) entries.at(-1)?.message.push(line.trim());
  }
  const problems = entries.flatMap(({ symbol, check, message }): readonly Problem[] => {
    const grade = GRADES.get(symbol);
    return grade === undefined ? [] : [{ check, grade, message: message.join("\n") }];
  });
  return { passed: entries.length - problems.length, problems };
}
