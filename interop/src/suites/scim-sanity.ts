/**
 * scim-sanity: a life of a user and of a group, in Python.
 *
 * @module
 */
import { join } from "node:path";
import { runCommand } from "../command.ts";
import { InteropError } from "../errors.ts";
import { pythonCommands } from "../python.ts";
import { readReport } from "../report.ts";
import type { Findings, Grade, Problem, Suite, Target } from "../suite.ts";

const NAME = "scim-sanity";

export const SCIM_SANITY: Suite = {
  name: NAME,
  version: "0.7.4",
  foreign: true,
  prepare: async () => {
    const command = join(await pythonCommands(), "scim-sanity");
    return (withServer) => withServer([], (target) => run(command, target));
  },
};

async function run(command: string, { baseUrl, token }: Target): Promise<Findings> {
  const args = ["probe", baseUrl, "--token", token, "--i-accept-side-effects", "--json-output"];
  return readReport(NAME, await runCommand(command, args), parseSanity);
}

/** The part of its JSON that counts. */
interface Probe {
  readonly results: readonly {
    readonly name: string;
    readonly status: string;
    readonly phase?: string;
    readonly message?: string;
  }[];
}

const GRADES: ReadonlyMap<string, Grade> = new Map([
  ["fail", "failed"],
  ["error", "failed"],
  ["warn", "warned"],
  ["skip", "skipped"],
]);

/**
 * @param stdout of a run with `--json-output`
 * @throws {InteropError} `unreadable` for anything but its JSON, or a status that it did not have before
 */
export function parseSanity(stdout: string): Findings {
  const { results } = readProbe(stdout);
  const problems = results.flatMap(({ name, status, phase, message }): readonly Problem[] => {
    if (status === "pass") return [];
    const grade = GRADES.get(status);
    if (grade === undefined) throw new InteropError("unreadable", `${NAME}: "${status}" is a status it never had.`);
    return [{ check: phase === undefined ? name : `${phase}: ${name}`, grade, message: message ?? "" }];
  });
  return { passed: results.length - problems.length, problems };
}

function readProbe(stdout: string): Probe {
  try {
    const probe: Probe = JSON.parse(stdout);
    return probe;
  } catch (cause) {
    throw new InteropError("unreadable", `${NAME} printed no JSON: ${stdout.slice(0, 500)}`, { cause });
  }
}
