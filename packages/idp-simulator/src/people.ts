/**
 * Deterministic, plausible people and groups at brightharbor.example: person number 7 is the same one in every run.
 *
 * @module
 */
import { createHash } from "node:crypto";
import type { DirectoryGroup, DirectoryPerson } from "./directory.ts";

const GIVEN = (
  "Mira Tomas Priya Soren Amara Luca Ines Kofi Hana Mateo Freya Omar " +
  "Noor Jonas Leila Diego Sanna Tariq Yuki Emil Zofia Rafael Anika Bastien"
).split(" ");
const FAMILY = (
  "Okafor Lind Nair Vik Mensah Moretti Duarte Asante Kimura Rojas Berg Haddad Rahman Weber Karimi Silva Nyberg Aziz " +
  "Tanaka Holm Nowak Costa Sharma Laurent Petrov Fischer Odhiambo Larsen Marin Kaya Doyle Novak"
).split(" ");
const JOBS = [
  { title: "Technical Writer", department: "Documentation" },
  { title: "Support Engineer", department: "Support" },
  { title: "Product Manager", department: "Product" },
  { title: "Software Engineer", department: "Engineering" },
] as const;
const GROUPS = ["Docs editors", "Support", "Engineering", "Product", "Partners", "Onboarding", "Reviewers", "Sales"];

/**
 * People number `first` to `first + count - 1`. Every third one is a reader (`isTeamAccount` false), the others are
 * users.
 *
 * @param count how many
 * @param first number of the first one, from 0; two ranges that do not overlap share nobody
 * @example
 * makePeople(3).map((person) => person.userName);
 * // ["mira.okafor@brightharbor.example", "tomas.lind@…", "priya.nair@…"]
 */
export function makePeople(count: number, first = 0): readonly DirectoryPerson[] {
  return Array.from({ length: count }, (_, index) => makePerson(first + index));
}

/**
 * Groups number `first` to `first + count - 1`, named after teams.
 *
 * @param count how many
 * @param first number of the first one, from 0
 * @example
 * for (const group of makeGroups(2)) await entra.provisionGroup(group, []);
 */
export function makeGroups(count: number, first = 0): readonly DirectoryGroup[] {
  return Array.from({ length: count }, (_, index) => {
    const number = first + index;
    const displayName = numbered(pick(GROUPS, number), " ", Math.floor(number / GROUPS.length));
    return { externalId: stableId("group", number), displayName };
  });
}

function makePerson(number: number): DirectoryPerson {
  const givenName = pick(GIVEN, number);
  // The shift per round pairs every given name with every family name before any pair comes back.
  const familyName = pick(FAMILY, number + Math.floor(number / GIVEN.length));
  const round = Math.floor(number / (GIVEN.length * FAMILY.length));
  const userName = `${numbered(`${givenName}.${familyName}`.toLowerCase(), "", round)}@brightharbor.example`;
  return {
    externalId: stableId("person", number),
    userName,
    email: userName,
    givenName,
    familyName,
    displayName: `${givenName} ${familyName}`,
    ...pick(JOBS, number),
    active: true,
    isTeamAccount: number % 3 !== 2,
  };
}

function numbered(name: string, separator: string, round: number): string {
  return round === 0 ? name : `${name}${separator}${round + 1}`;
}

function pick<Item>(list: readonly Item[], index: number): Item {
  return list[index % list.length] as Item;
}

/** Shaped like the GUIDs of a directory, and the same in every run. */
function stableId(kind: string, number: number): string {
  const hex = createHash("sha256").update(`${kind} ${number}`).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
