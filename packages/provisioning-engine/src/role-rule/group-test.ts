/**
 * Whether somebody is in a pushed group. Group sync decides which memberships are in effect (R31, R32).
 *
 * @module
 */
import type { DirectoryGroupRecord, GroupTest } from "../ports/index.ts";
import type { Question } from "./question.ts";

type Named = Pick<DirectoryGroupRecord, "id" | "externalId" | "displayName">;

export function groupQuestion(test: GroupTest): Question {
  const isMeant = meant(test);
  return {
    ask: ({ groups }) => ({ matched: groups.some(isMeant), seen: groups.map(({ displayName }) => displayName) }),
  };
}

function meant(test: GroupTest): (group: Named) => boolean {
  if ("id" in test) return ({ id }) => id === test.id;
  if ("externalId" in test) return ({ externalId }) => externalId === test.externalId;
  const name = test.displayName.toLowerCase();
  return ({ displayName }) => displayName.toLowerCase() === name;
}
