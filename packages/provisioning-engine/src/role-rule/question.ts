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
  readonly now: Date;
}

export interface Finding {
  readonly matched: boolean;
  /** What was looked at: values of the attribute, names of the groups. */
  readonly seen: readonly unknown[];
  /** Why there was no answer. */
  readonly problem?: string;
}

/** One part of an expression, what it came to, and the parts that it is made of. */
export interface Branch {
  readonly source: string;
  /** Whether the answer needed it; what it did not need was looked at for the explanation alone. */
  readonly taken: boolean;
  readonly outcome: object;
  readonly children: readonly Branch[];
}

/**
 * One that cannot be asked, for example since the host gave up an attribute, never matches and says why: no push fails
 * because of a rule.
 */
export interface Question {
  /** Why it cannot be asked. */
  readonly problem?: string;
  /** Where in the expression the problem is. */
  readonly position?: number | undefined;
  /** What works here and may surprise. */
  readonly warnings?: readonly { readonly message: string; readonly position: number }[];
  ask(facts: RuleFacts): Finding;
  /** What every part comes to; only of an expression. */
  explain?(facts: RuleFacts): Branch;
}

export function unaskable(problem: string, where: { readonly position?: number | undefined } = {}): Question {
  return { problem, position: where.position, ask: () => ({ matched: false, seen: [] }) };
}
