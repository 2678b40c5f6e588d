/**
 * The rules of a connection, as they are kept.
 *
 * @module
 */

import type { AccountKind } from "./account.ts";
import type { DirectoryGroupId, GroupId } from "./identifiers.ts";

/** The rules of a connection, in the order in which they are asked. */
export interface RoleMapping {
  /** 0 until rules are set; one more with each change. */
  readonly version: number;
  /** `priority`: the first match decides a slot. `highest`: of all matches the one with the highest role does. */
  readonly strategy: "priority" | "highest";
  readonly rules: readonly RoleRule[];
  /** Attributes whose value is the role itself: the directory's word, which comes before every rule. */
  readonly roleAttribute: string | null;
  readonly contentRoleAttribute: string | null;
}

export interface RoleRule {
  /** Stable across changes of the rule. */
  readonly id: string;
  readonly name: string | null;
  /** Lower comes first; rules of one priority come in their order. */
  readonly priority: number;
  readonly when: RuleCondition;
  readonly then: RuleGrant;
}

/** Exactly one question about a person. */
export type RuleCondition =
  | { readonly attribute: AttributeTest }
  | { readonly group: GroupTest }
  /** An expression of the Entra language; true, or the text `True`, matches. */
  | { readonly expression: string };

type RuleValue = string | number | boolean;

/** A look at the values of one attribute: one that passes is enough; `notEquals` passes when none is equal. */
export type AttributeTest = { readonly path: string } & (
  | { readonly equals: RuleValue }
  | { readonly notEquals: RuleValue }
  | { readonly in: readonly RuleValue[] }
  | { readonly contains: string }
  | { readonly startsWith: string }
  | { readonly endsWith: string }
  | { readonly present: boolean }
);

/** A pushed group that the person is in effect a member of. */
export type GroupTest =
  | { readonly id: DirectoryGroupId }
  | { readonly externalId: string }
  /** Compared without case, as the directory's names are. */
  | { readonly displayName: string };

/** What a matching rule gives. */
export interface RuleGrant {
  readonly kind?: AccountKind | undefined;
  readonly role?: string | undefined;
  readonly contentRole?: string | undefined;
  readonly groups?: readonly GroupId[] | undefined;
}
