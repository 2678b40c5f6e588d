/**
 * What a rule asks about a person, and what came of it.
 *
 * @module
 */
import type { FilterCandidate } from "@muster/scim-core";
import type { DirectoryGroupRecord } from "../ports/index.ts";

/** A person as rules see them. */
export interface RuleFacts {
  readonly resource: FilterCandidate;
  /** Pushed groups that the person is in effect a member of; read only when a rule asks for groups. */
  readonly groups: readonly Pick<DirectoryGroupRecord, "id" | "externalId" | "displayName">[];
}

export interface Finding {
  readonly matched: boolean;
  /** What was looked at: values of the attribute, names of the groups. */
  readonly seen: readonly unknown[];
}

/**
 * One that cannot be asked, for example since the host gave up an attribute, never matches and says why: no push fails
 * because of a rule.
 */
export interface Question {
  /** Why it cannot be asked. */
  readonly problem?: string;
  ask(facts: RuleFacts): Finding;
}

export function unaskable(problem: string): Question {
  return { problem, ask: () => ({ matched: false, seen: [] }) };
}
