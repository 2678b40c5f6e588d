/**
 * Conditions of rules, each with what it means in plain words of JavaScript.
 *
 * @module
 */
import type { DirectoryUserRecord, RuleCondition } from "../../src/ports/index.ts";

interface Meaning {
  readonly when: RuleCondition;
  holds(user: DirectoryUserRecord): boolean;
}

function attributeOf({ attributes }: DirectoryUserRecord, name: string): unknown {
  return attributes[name];
}

export const CONDITIONS: readonly Meaning[] = [
  ...[0, 1, 3].map((n) => ({
    when: { attribute: { path: "userName", startsWith: `person${n}` } },
    holds: ({ userName }: DirectoryUserRecord) => userName.toLowerCase().startsWith(`person${n}`),
  })),
  { when: { expression: "IsPresent([externalId])" }, holds: ({ externalId }) => externalId !== null },
  {
    when: { expression: 'IIF(Left([userName], 7)="person2", "True", "False")' },
    holds: ({ userName }) => userName.startsWith("person2"),
  },
  {
    when: { expression: 'Switch([title], "False", "Title 1", "True", "Title 4", "True")' },
    holds: (user) => ["Title 1", "Title 4"].includes(`${attributeOf(user, "title")}`),
  },
  {
    when: { expression: 'IIF(Replace([userName], , "^([a-z]+)+[0-9]", , "x", , )="x@acme.test", "True", "False")' },
    holds: ({ userName }) => /^[a-z]+[0-9]@acme\.test$/.test(userName),
  },
];

export function isHeld(when: RuleCondition, user: DirectoryUserRecord): boolean {
  const found = CONDITIONS.find((condition) => JSON.stringify(condition.when) === JSON.stringify(when));
  if (found === undefined) throw new Error(`Nobody knows what ${JSON.stringify(when)} means.`);
  return found.holds(user);
}
