/**
 * Two moments of a tenant, laid side by side. Pure.
 *
 * @module
 */
import { differences } from "../admin/differences.ts";
import type { PersonName, Place } from "../admin/explain-views.ts";
import type { AccountId } from "../ports/index.ts";
import type { Survey, SurveyedPerson } from "./survey.ts";

/** Somebody at both moments, or at one of them. */
export interface Comparison {
  readonly account: PersonName;
  readonly before: Place | null;
  readonly after: Place | null;
  /** In what the two differ; empty for somebody who came or went, too. */
  readonly fields: readonly (keyof Place)[];
}

const FIELDS: readonly (keyof Place)[] = [
  "kind",
  "role",
  "contentRole",
  "status",
  "suspended",
  "managed",
  "locked",
  "groups",
];

/** @returns everybody of either moment, in order of id */
export function compareSurveys(before: Survey, after: Survey): readonly Comparison[] {
  const ids = new Set([...before.people.keys(), ...after.people.keys()]);
  return [...ids].toSorted().flatMap((id) => compare(before.people.get(id), after.people.get(id)) ?? []);
}

function compare(before: SurveyedPerson | undefined, after: SurveyedPerson | undefined): Comparison | undefined {
  const named = after ?? before;
  if (named === undefined) return undefined;
  const isBoth = before !== undefined && after !== undefined;
  return {
    account: named.account,
    before: before?.place ?? null,
    after: after?.place ?? null,
    fields: isBoth ? FIELDS.filter((field) => differences(before.place, after.place, [field]).length > 0) : [],
  };
}

export function isChanged({ before, after, fields }: Comparison): boolean {
  return before === null || after === null || fields.length > 0;
}

/** How many people differ in what. */
export function countChanges(people: readonly Comparison[]): Readonly<Record<keyof Place, number>> {
  const count = (field: keyof Place) => people.filter(({ fields }) => fields.includes(field)).length;
  return {
    kind: count("kind"),
    role: count("role"),
    contentRole: count("contentRole"),
    status: count("status"),
    suspended: count("suspended"),
    managed: count("managed"),
    locked: count("locked"),
    groups: count("groups"),
  };
}

/** Who waited at the first moment and does not at the second. */
export function admittedOf(people: readonly Comparison[]): readonly AccountId[] {
  return people
    .filter(({ before, after }) => before?.status === "pending" && after?.status === "active")
    .map(({ account }) => account.id);
}
