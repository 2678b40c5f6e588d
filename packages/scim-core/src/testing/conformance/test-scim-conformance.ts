/**
 * The kit as test cases of any test runner.
 *
 * @module
 */
import assert from "node:assert/strict";
import { caseName } from "./conformance-case.ts";
import { type ConformanceResult, judgeCase } from "./judge-case.ts";
import { SECTIONS } from "./sections.ts";
import { type ConformanceTarget, openSession, type Session } from "./session.ts";

/** The part of a test runner that the kit needs: vitest, node:test, mocha and jest have it. */
export interface ConformanceRunner {
  describe(name: string, body: () => void): unknown;
  /** The context of vitest and node:test can skip a running case; without it a skipped case counts as passed. */
  it(name: string, body: (...context: readonly unknown[]) => Promise<void>): unknown;
}

export interface ConformanceTestOptions extends ConformanceTarget {
  readonly runner: ConformanceRunner;
  /** Told of every result, for runners that cannot show a skip. */
  readonly onResult?: ((result: ConformanceResult) => void) | undefined;
}

/**
 * Registers one case per requirement, grouped by section. The service is read once, when the first case runs.
 *
 * @param options the runner, where the service is, and a token of it
 * @example
 * import { describe, it } from "vitest";
 * testScimConformance({ runner: { describe, it }, baseUrl: "http://127.0.0.1:3000/scim/v2/1", token });
 */
export function testScimConformance(options: ConformanceTestOptions): void {
  const { runner, onResult } = options;
  let opened: Promise<Session> | undefined;
  for (const section of SECTIONS) {
    runner.describe(section.name, () => {
      for (const testCase of section.cases) {
        runner.it(caseName(testCase), async (...context) => {
          opened ??= openSession(options);
          const result = await judgeCase(section, testCase, await opened);
          onResult?.(result);
          report(result, context[0]);
        });
      }
    });
  }
}

function report(result: ConformanceResult, context: unknown): void {
  if (result.outcome === "skipped" && canSkip(context)) context.skip(result.reason);
  if (result.outcome === "failed") assert.fail(result.reason);
}

function canSkip(context: unknown): context is { skip(reason: string): unknown } {
  // vitest hands over a function with properties.
  const holds = (typeof context === "object" || typeof context === "function") && context !== null;
  return holds && "skip" in context && typeof context.skip === "function";
}
