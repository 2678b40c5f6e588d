/**
 * The kit as a sequence of results, for commands and scripts.
 *
 * @module
 */
import { type ConformanceResult, judgeCase } from "./judge-case.ts";
import { SECTIONS } from "./sections.ts";
import { type ConformanceTarget, openSession } from "./session.ts";

export interface ConformanceRunOptions extends ConformanceTarget {
  /** Names of sections, see `CONFORMANCE_SECTIONS`; all when absent. */
  readonly only?: readonly string[] | undefined;
}

/**
 * Checks a SCIM service over HTTP, case by case, and tells each result as it comes. The cases work on people and groups
 * of their own, which they delete; they never touch others.
 *
 * @param options where the service is, a token of it, and what discovery cannot tell
 * @throws {TypeError} for a section that does not exist
 * @throws {ConformanceError} with the first result, when there is no SCIM service, or it refuses the token
 * @example
 * for await (const result of runScimConformance({ baseUrl: "https://app.example.com/scim/v2/1", token })) {
 *   if (result.outcome === "failed") console.error(result.name, result.reason);
 * }
 */
export function runScimConformance(options: ConformanceRunOptions): AsyncIterable<ConformanceResult> {
  const { only = SECTIONS.map(({ name }) => name) } = options;
  const unknown = only.find((name) => !SECTIONS.some((section) => section.name === name));
  if (unknown !== undefined) throw new TypeError(`There is no section ${JSON.stringify(unknown)}.`);
  return results(options, only);
}

async function* results(target: ConformanceTarget, only: readonly string[]): AsyncGenerator<ConformanceResult> {
  const session = await openSession(target);
  for (const section of SECTIONS.filter(({ name }) => only.includes(name))) {
    for (const testCase of section.cases) yield await judgeCase(section, testCase, session);
  }
}
