/**
 * The recorded traffic of seven clients, optional steps included.
 *
 * @module
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readTranscript, replayTranscript, type Transcript } from "@muster/scim-core/testing";
import { ROOT } from "../paths.ts";
import type { Findings, Suite, WithServer } from "../suite.ts";

const FOLDER = join(ROOT, "packages", "scim-core", "test", "fixtures", "transcripts");

export const TRANSCRIPTS: Suite = {
  name: "transcripts",
  version: "7 clients",
  foreign: false,
  prepare: async () => {
    const transcripts = readdirSync(FOLDER)
      .filter((file) => file.endsWith(".json"))
      .map((file) => readTranscript(JSON.parse(readFileSync(join(FOLDER, file), "utf8"))));
    return (withServer) => playAll(transcripts, withServer);
  },
};

/** One after the other: each begins with a server that has no data. */
async function playAll(transcripts: readonly Transcript[], withServer: WithServer): Promise<Findings> {
  const all: Findings[] = [];
  for (const transcript of transcripts) {
    all.push(await withServer([], (target) => play(transcript, target)));
  }
  return {
    passed: all.reduce((sum, { passed }) => sum + passed, 0),
    problems: all.flatMap(({ problems }) => problems),
  };
}

async function play(
  transcript: Transcript,
  target: { readonly baseUrl: string; readonly token: string },
): Promise<Findings> {
  const steps = await replayTranscript({ transcript, ...target });
  const problems = steps
    .filter(({ failures }) => failures.length > 0)
    .map(({ name, failures }) => ({
      check: `${transcript.idp} (${transcript.variant}): ${name}`,
      grade: "failed" as const,
      message: failures.join("\n"),
    }));
  return { passed: steps.length - problems.length, problems };
}
