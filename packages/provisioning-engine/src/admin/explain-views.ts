/**
 * What rules, explanations and writes that were only tried show.
 *
 * @module
 */
import type { Change, EventName } from "../events.ts";
import type { AccountKind, GroupId, RoleMapping, SyncCause, TenantId } from "../ports/index.ts";
import type { RuleDecision } from "../role-rule/evaluate-rules.ts";
import type { RuleRemark } from "../role-rule/rule-remark.ts";
import type { Account } from "./views.ts";

/** By what somebody who is pushed is known, in the order in which it is asked. */
export type MatchKey = "externalId" | "userName" | "retained" | "email";

/** What would become of one person, and why. */
export interface PersonExplanation {
  /** `refused`: the directory would be told why. */
  readonly outcome: "created" | "changed" | "unchanged" | "refused";
  /** The account as it is; null for somebody new. */
  readonly before: Account | null;
  /** The account as it would be; null when the push of somebody new is refused. */
  readonly after: Account | null;
  /** What decides the kind: the directory's word, a rule, what it was before, or the fallback of somebody new. */
  readonly kindSource: "directory" | "rule" | "kept" | "default";
  /** The seat that the person would hold or wait for, and the seats of that kind. */
  readonly seat: {
    readonly kind: AccountKind;
    readonly state: "held" | "waiting" | "none";
    readonly used: number;
    readonly limit: number | null;
  } | null;
  readonly failures: readonly ExpectedFailure[];
  /** Whom the person is taken for, and by what; every key that was asked before it did not match. */
  readonly link: {
    readonly by: MatchKey | null;
    readonly account: string | null;
    readonly considered: readonly { readonly by: MatchKey; readonly matched: boolean }[];
  };
  /** Names that nobody registered, near misses of an attribute. */
  readonly unknownAttributes: readonly string[];
  readonly trace: RuleDecision["trace"];
}

/** What the rules decide about somebody. */
export interface Place {
  readonly kind: AccountKind;
  readonly role: string | null;
  readonly contentRole: string | null;
  /** Groups that rules give. */
  readonly groups: readonly string[];
}

/** Somebody for whom something would change. */
export interface PersonImpact {
  readonly account: { readonly id: string; readonly userName: string; readonly name: string };
  readonly before: Place;
  readonly after: Place;
  /** Why the person would stay what they are, or null. */
  readonly refused: { readonly cause: SyncCause; readonly message: string } | null;
}

/** What rules would change for everybody, as far as was looked. */
export interface RuleImpact {
  readonly examined: number;
  readonly changed: number;
  /** The first 100 of those for whom something would change. */
  readonly people: readonly PersonImpact[];
  /** How many more active people, or fewer, would need a seat of the kind. */
  readonly seats: Readonly<
    Record<AccountKind, { readonly change: number; readonly used: number; readonly limit: number | null }>
  >;
  /** Ask again with it for those who were not looked at yet. */
  readonly nextCursor?: string;
}

/** The rules in effect; at a child its parent's, read-only. */
export interface RoleRulesView extends RoleMapping {
  /** The tenant whose rules these are. */
  readonly owner: TenantId;
  readonly readOnly: boolean;
  /** Whether people have yet to be looked at again after a change. */
  readonly reviewing: boolean;
  /** What works and may surprise. */
  readonly warnings: readonly RuleRemark[];
  /** Of rules that were only tried: what would change for the first 1000 people. */
  readonly impact?: RuleImpact;
}

/** An entry that the list of sync failures would get. */
export interface ExpectedFailure {
  readonly cause: SyncCause;
  /** The name of whom it is about. */
  readonly subject: string;
  readonly message: string;
}

/** What a write would do that was only tried. */
export interface Simulation {
  /** How many events there would be; the first 100 are shown. */
  readonly total: number;
  readonly events: readonly {
    readonly type: EventName;
    readonly tenant: TenantId;
    readonly account: string | null;
    readonly group: GroupId | null;
    readonly changes: readonly Change[];
  }[];
  readonly failures: readonly ExpectedFailure[];
}

/** The answer of a write; with `simulate` what it would have been, and what would happen beside it. */
export type Simulated<View> = View & { readonly simulation?: Simulation };
