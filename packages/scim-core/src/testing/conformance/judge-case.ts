/**
 * One case against one service: not able, passed, or failed, and why.
 *
 * @module
 */
import type { Ability } from "./abilities.ts";
import { type ConformanceCase, type ConformanceSection, caseName } from "./conformance-case.ts";
import type { Session } from "./session.ts";
import { openWorld } from "./world.ts";

interface CaseFacts {
  /** The section's name. */
  readonly section: string;
  /** The requirement, such as `D16`. */
  readonly id: string;
  /** Where it is written, such as `RFC 7644 §3.5.2.2`. */
  readonly clause: string;
  readonly title: string;
  /** Clause, requirement and title in one. */
  readonly name: string;
}

/** What became of a case. The reason of a skip is what the service lacks, of a failure what it did instead. */
export type ConformanceResult =
  | (CaseFacts & { readonly outcome: "passed" })
  | (CaseFacts & { readonly outcome: "failed" | "skipped"; readonly reason: string });

export async function judgeCase(
  section: ConformanceSection,
  testCase: ConformanceCase,
  session: Session,
): Promise<ConformanceResult> {
  const { id, clause, title } = testCase;
  const facts = { section: section.name, id, clause, title, name: caseName(testCase) };
  const lack = inability([...section.needs, ...(testCase.needs ?? [])], session);
  if (lack !== undefined) return { ...facts, outcome: "skipped", reason: lack };
  const reason = await failureOf(testCase, session);
  return reason === undefined ? { ...facts, outcome: "passed" } : { ...facts, outcome: "failed", reason };
}

function inability(needs: readonly Ability[], { service }: Session): string | undefined {
  for (const ability of needs) {
    const lack = ability(service);
    if (lack !== undefined) return lack;
  }
  return undefined;
}

/** What is made is cleared away whatever happened; a case that leaves something behind has not passed. */
async function failureOf(testCase: ConformanceCase, session: Session): Promise<string | undefined> {
  const world = openWorld(session);
  const failure = await attempt(() => testCase.run(world));
  const remains = await attempt(() => world.close());
  return failure ?? (remains === undefined ? undefined : `What the case made could not be deleted: ${remains}`);
}

async function attempt(work: () => Promise<void>): Promise<string | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
