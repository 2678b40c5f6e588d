/**
 * The twelve requests that Okta's review begins with. Written for this project from Okta's public description: its own
 * file has no licence.
 *
 * @module
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readTranscript, replayTranscript, type StepResult, type Transcript } from "@muster/scim-core/testing";
import { InteropError } from "../errors.ts";
import { ROOT } from "../paths.ts";
import type { Findings, Problem, Suite, Target } from "../suite.ts";

const FILE = join(ROOT, "interop", "okta-spec.json");

/** Okta wants the groups within this time. */
const GROUPS_LIMIT_MS = 600;

export const OKTA_SPEC: Suite = {
  name: "okta-spec",
  version: "12 requests",
  foreign: false,
  prepare: async () => {
    const transcript = readTranscript(JSON.parse(readFileSync(FILE, "utf8")));
    return (withServer) => withServer([], (target) => run(transcript, target));
  },
};

async function run(transcript: Transcript, target: Target): Promise<Findings> {
  await createSomebody(target);
  const groups = stopwatch(`${target.baseUrl}/Groups`);
  const results = await replayTranscript({ transcript, ...target, fetch: groups.fetch });
  return judgeOkta(transcript, results, groups.elapsedMs());
}

/** The test begins on a server that has a user already. */
async function createSomebody({ baseUrl, token }: Target): Promise<void> {
  const response = await fetch(`${baseUrl}/Users`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/scim+json" },
    body: JSON.stringify({
      schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"],
      userName: "first@brightharbor.example",
      name: { givenName: "Fay", familyName: "First" },
      emails: [{ value: "first@brightharbor.example", type: "work", primary: true }],
      active: true,
    }),
  });
  if (!response.ok) throw new InteropError("unreadable", `okta-spec: the first user was refused (${response.status}).`);
}

/** Measures the requests to one address. */
function stopwatch(url: string) {
  let elapsed = Number.POSITIVE_INFINITY;
  return {
    elapsedMs: (): number => elapsed,
    fetch: async (request: Request): Promise<Response> => {
      const started = performance.now();
      const response = await fetch(request);
      if (request.url === url) elapsed = performance.now() - started;
      return response;
    },
  };
}

/**
 * Counts as Okta does: every status, every expected value and the one response time is an assertion. Of a step that
 * failed none counts as passed.
 *
 * @param groupsMs how long the answer with the groups took
 */
export function judgeOkta(transcript: Transcript, results: readonly StepResult[], groupsMs: number): Findings {
  const failed = results.filter(({ failures }) => failures.length > 0);
  const problems = failed.map(
    ({ name, failures }): Problem => ({ check: name, grade: "failed", message: failures.join("\n") }),
  );
  const passed = transcript.steps
    .filter(({ name }) => results.some((result) => result.name === name && result.failures.length === 0))
    .reduce((sum, { expect }) => sum + 1 + Object.keys(expect.bodyPaths).length, 0);
  if (groupsMs < GROUPS_LIMIT_MS) return { passed: passed + 1, problems };
  const message = `The answer took ${Math.round(groupsMs)} ms, expected less than ${GROUPS_LIMIT_MS} ms.`;
  return { passed, problems: [...problems, { check: "groups are listed in time", grade: "failed", message }] };
}
