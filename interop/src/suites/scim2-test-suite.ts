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
    return (withServer) => withServer([], (target) => run(binary, target));
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

/**
 * Reads its list of results: a line `  [FAIL] REQUIREMENT/check`, and under it, indented, what it has to say.
 *
 * @param stdout of a verbose run
 */
export function parseTestSuite(stdout: string): Findings {
  let passed = 0;
  const problems: Problem[] = [];
  const lines = stdout.split("\n");
  for (const [index, line] of lines.entries()) {
    const [, symbol = "", check = ""] = /^ {2}\[(PASS|FAIL|WARN|SKIP)\] (\S.*)$/.exec(line) ?? [];
    const grade = GRADES.get(symbol);
    if (symbol === "PASS") passed += 1;
    if (grade !== undefined) problems.push({ check, grade, message: messageBelow(lines, index) });
  }
  return { passed, problems };
}

function messageBelow(lines: readonly string[], index: number): string {
  const following = lines.slice(index + 1);
  const end = following.findIndex((line) => !/^ {9}/.test(line));
  return following
    .slice(0, Math.max(end, 0))
    .map((line) => line.trim())
    .join("\n");
}
