/**
 * What rules, explanations and writes that were only tried show.
 *
 * @module
 */
import type { Change, EventName } from "../events.ts";
import type { AccountId, AccountKind, GroupId, RoleMapping, SyncCause, TenantId } from "../ports/index.ts";
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

/** What somebody is at a tenant. */
export interface Place {
  readonly kind: AccountKind;
  readonly role: string | null;
  readonly contentRole: string | null;
  readonly status: Account["status"];
  readonly suspended: boolean;
  /** Whether a connection manages the account. */
  readonly managed: boolean;
  /** Whether the identity provider alone may change it now. */
  readonly locked: boolean;
  /** Ids of all groups that the person is in. */
  readonly groups: readonly GroupId[];
}

export interface PersonName {
  readonly id: AccountId;
  readonly userName: string;
  readonly name: string;
}

/** Somebody for whom something would change, or would be refused. */
export interface PersonImpact extends Pick<PersonExplanation, "kindSource" | "trace"> {
  /** `refused`: the person would stay what they are. */
  readonly outcome: "created" | "changed" | "removed" | "refused";
  readonly account: PersonName;
  /** Null for somebody new. */
  readonly before: Place | null;
  /** Null for somebody who would be gone. */
  readonly after: Place | null;
  /** What the list of sync failures would say of the person. */
  readonly failures: readonly ExpectedFailure[];
}

/** Some of many. */
export interface People<Person = PersonName> {
  readonly total: number;
  /** The first 100. */
  readonly first: readonly Person[];
}

/** Seats of one kind. */
export interface SeatCount {
  readonly used: number;
  readonly waiting: number;
  readonly limit: number | null;
}

/** What would become of everybody at a tenant, as far as was looked. */
export interface Impact {
  /** How many people there are before and after, together. */
  readonly examined: number;
  /** For whom something would be different, people who would come or go included. */
  readonly changed: number;
  /** How many of them would get another kind, another role, and so on; somebody may count several times. */
  readonly changes: Readonly<Record<keyof Place, number>>;
  /** Who would stay what they are although something else is wanted of them. */
  readonly refused: number;
  readonly people: readonly PersonImpact[];
  readonly seats: Readonly<Record<AccountKind, { readonly before: SeatCount; readonly after: SeatCount }>>;
  /** Who waits for a seat now and would get one. */
  readonly admitted: People;
  /** Who would wait for a seat, in the order of the queue. */
  readonly waiting: People<PersonName & { readonly kind: AccountKind }>;
  /** How many people the list of sync failures would be about, by cause. */
  readonly failures: Readonly<Partial<Record<SyncCause, number>>>;
  /** There are more people than were looked at: `explain` goes on with it. */
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
  /** How many events there would be at the tenant that is asked; the first 100 are shown. */
  readonly total: number;
  readonly events: readonly {
    readonly type: EventName;
    readonly tenant: TenantId;
    readonly account: string | null;
    readonly group: GroupId | null;
    readonly changes: readonly Change[];
  }[];
  readonly failures: readonly ExpectedFailure[];
  /** What would have become of people when the work in the background is done, too. */
  readonly impact: Impact;
}

/** What a write answers that has nothing to show, unless it was only tried. */
export interface Tried {
  readonly simulation?: Simulation;
}

/** The answer of a write; with `simulate` what it would have been, and what would happen beside it. */
export type Simulated<View> = View & Tried;
