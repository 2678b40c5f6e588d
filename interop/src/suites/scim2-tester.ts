/**
 * scim2-tester through scim2-cli: checks made from the server's own schemas, in Python.
 *
 * @module
 */
import { join } from "node:path";
import { runCommand } from "../command.ts";
import { pythonCommands } from "../python.ts";
import { readReport } from "../report.ts";
import type { Findings, Grade, Problem, Suite, Target } from "../suite.ts";

const NAME = "scim2-tester";

export const SCIM2_TESTER: Suite = {
  name: NAME,
  version: "0.5.2 (scim2-cli 0.6.0)",
  foreign: true,
  prepare: async () => {
    const command = join(await pythonCommands(), "scim2");
    // Without custom types: the suite fills every dateTime with a random identifier.
    return (withServer) => withServer([], (target) => run(command, target));
  },
};

async function run(command: string, { baseUrl, token }: Target): Promise<Findings> {
  const args = ["--url", baseUrl, "--header", `Authorization: Bearer ${token}`, "test"];
  return readReport(NAME, await runCommand(command, args), parseTester);
}

/** Everything from SUCCESS to ACCEPTABLE is within the RFC; a DEVIATION is from a recommendation. */
const GRADES: ReadonlyMap<string, Grade | "passed"> = new Map([
  ["SUCCESS", "passed"],
  ["COMPLIANT", "passed"],
  ["ACCEPTABLE", "passed"],
  ["DEVIATION", "warned"],
  ["ERROR", "failed"],
  ["CRITICAL", "failed"],
  ["SKIPPED", "skipped"],
]);

/**
 * Reads its list of results: a line `ERROR check_name`, and under it the reason, of which the first line is indented.
 *
 * @param stdout of the run
 */
export function parseTester(stdout: string): Findings {
  const entries: { readonly status: string; readonly check: string; readonly message: string[] }[] = [];
  for (const line of stdout.split("\n")) {
    const [, status, check] = /^([A-Z]+) (\w+)$/.exec(line) ?? [];
    if (status !== undefined && check !== undefined && GRADES.has(status)) entries.push({ status, check, message: [] });
    else entries.at(-1)?.message.push(line.trim());
  }
  const problems = entries.flatMap(({ status, check, message }): readonly Problem[] => {
    const grade = GRADES.get(status);
    if (grade === undefined || grade === "passed") return [];
    return [{ check, grade, message: message.join("\n").trim() }];
  });
  return { passed: entries.length - problems.length, problems };
}
