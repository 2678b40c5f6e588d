/**
 * One step of a run, and what is known of it afterwards.
 *
 * @module
 */
import type { ArchiveOptions } from "../../src/index.ts";
import type { Visitor } from "./browser.ts";
import type { State, TenantState } from "./state.ts";
import type { Outcome, World } from "./world.ts";

/** Who acts. A machine's steps may change less than a person's. */
export type Author = "directory" | "person" | "machine";

export interface Step {
  readonly author: Author;
  /** What it does, as a run prints it. */
  readonly title: string;
  run(world: World, before: State): Promise<Did>;
}

/** What a step did; `nothing` when there was nobody to do it to. */
export interface Did {
  readonly outcome: Outcome;
  /** The tenant that was acted on. */
  readonly tenantId: string;
  /** Ids of accounts that were deleted on purpose. */
  readonly deletes?: readonly string[];
  /** Whether the directory said which kind the person is. */
  readonly saysKind?: boolean;
  /** The same request as one that just succeeded. */
  readonly repeats?: boolean;
  /** The token is another connection's. */
  readonly intrudes?: boolean;
  /** The root's connection was to be archived, in this way. */
  readonly archives?: ArchiveOptions;
  /** Everything that was committed has had its effect. */
  readonly drained?: boolean;
  /** It only asks what would be. */
  readonly asks?: boolean;
  /** What the same question was answered, each time. */
  readonly answers?: readonly unknown[];
  /** Whoever acts lacks the right. */
  readonly oversteps?: boolean;
  /** Who came from the identity provider. */
  readonly visitor?: Visitor;
  /** A field that the directory owns was asked for, of this account. */
  readonly locked?: string;
}

export const NOTHING: Outcome = { status: 0, code: null, body: null };

/** One of several, by any number. */
export function pick<Item>(items: readonly Item[], n: number): Item | undefined {
  return items[n % Math.max(1, items.length)];
}

export function tenantState(state: State, tenantId: string): TenantState {
  const found = state.get(tenantId);
  if (found === undefined) throw new Error(`There is no tenant ${tenantId}.`);
  return found;
}
