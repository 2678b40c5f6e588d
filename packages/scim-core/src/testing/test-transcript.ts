/**
 * Transcripts as test cases of any test runner.
 *
 * @module
 */
import assert from "node:assert/strict";
import { replayTranscript, type StepResult } from "./replay-transcript.ts";
import type { Transcript } from "./transcript.ts";

/** The part of a test runner that the kit needs: vitest, node:test, mocha and jest have it. */
export interface TranscriptRunner {
  describe(name: string, body: () => void): unknown;
  it(name: string, body: () => Promise<void>): unknown;
}

/** A running server with one connection that has no data. */
export interface TranscriptTarget {
  readonly baseUrl: string;
  readonly token: string;
  close(): Promise<void>;
}

export interface TranscriptTestOptions {
  readonly runner: TranscriptRunner;
  readonly transcript: Transcript;
  /** Called once per transcript, when the first of its cases runs; closed when the last step was played. */
  readonly newService: () => Promise<TranscriptTarget>;
  /** The global `fetch` when absent. */
  readonly fetch?: ((request: Request) => Promise<Response>) | undefined;
  /** Lets a failed optional step fail its case too. */
  readonly requireOptional?: boolean | undefined;
}

/**
 * Registers one case per step. The transcript is played once, in order, whichever cases the runner picks, because every
 * step builds on those before it.
 *
 * @param options the runner, the transcript, and how to make a server
 * @example
 * import { describe, it } from "vitest";
 * testTranscript({ runner: { describe, it }, transcript, newService: startServer });
 */
export function testTranscript(options: TranscriptTestOptions): void {
  const { runner, transcript } = options;
  let played: Promise<readonly StepResult[]> | undefined;
  runner.describe(`${transcript.idp} (${transcript.variant})`, () => {
    transcript.steps.forEach(({ name }, index) => {
      runner.it(name, async () => {
        played ??= play(options);
        judge((await played)[index], options.requireOptional === true);
      });
    });
  });
}

async function play({ newService, transcript, fetch }: TranscriptTestOptions): Promise<readonly StepResult[]> {
  const service = await newService();
  try {
    return await replayTranscript({ transcript, baseUrl: service.baseUrl, token: service.token, fetch });
  } finally {
    await service.close();
  }
}

function judge(result: StepResult | undefined, requireOptional: boolean): void {
  assert.ok(result !== undefined, "The step was not played.");
  if (result.optional && !requireOptional) return;
  assert.ok(result.failures.length === 0, result.failures.join("\n"));
}
