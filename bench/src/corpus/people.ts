/**
 * Made-up people, the same ones in every run.
 *
 * @module
 */
import { ENTERPRISE_USER_URN, USER_URN } from "@muster/scim-core";

/** A User as an identity provider posts it. */
export interface Person {
  readonly schemas: readonly string[];
  readonly userName: string;
  readonly externalId: string;
  readonly [attribute: string]: unknown;
}

const GIVEN_NAMES = ["Mira", "Jonas", "Ines", "Tariq", "Sofia", "Emeka", "Yuki"];
const FAMILY_NAMES = ["Okafor", "Lindqvist", "Moreau", "Tanaka", "Alvarez"];
const DEPARTMENTS = ["Docs", "Support", "Engineering"];

/** @param index tells people apart; every attribute follows from it */
export function person(index: number): Person {
  const givenName = pick(GIVEN_NAMES, index);
  const familyName = pick(FAMILY_NAMES, index);
  const userName = `person-${index}@acme.example`;
  return {
    schemas: [USER_URN, ENTERPRISE_USER_URN],
    userName,
    externalId: `external-${index}`,
    displayName: `${givenName} ${familyName}`,
    title: index % 4 === 0 ? "Editor" : "Writer",
    active: index % 10 !== 0,
    name: { givenName, familyName, formatted: `${givenName} ${familyName}` },
    emails: [
      { value: userName, type: "work", primary: true },
      { value: `person-${index}@home.example`, type: "home", primary: false },
    ],
    phoneNumbers: [{ value: `+49-30-${1_000_000 + index}`, type: "work" }],
    [ENTERPRISE_USER_URN]: { department: pick(DEPARTMENTS, index), employeeNumber: String(10_000 + index) },
  };
}

function pick(names: readonly string[], index: number): string {
  return names[index % names.length] ?? "";
}
