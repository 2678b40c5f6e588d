/**
 * What a PATCH does to the members of a group (RFC 7644 §3.5.2).
 *
 * @module
 */
import type { Json } from "../../json.ts";
import { type Ability, DIALECTS, PATCH } from "../abilities.ts";
import type { ConformanceCase } from "../conformance-case.ts";
import { verifyEqual, verifyStatus } from "../statements.ts";
import type { Made } from "../world.ts";
import { createPeople, membersOf, sortedIds } from "./group-people.ts";

/** A PATCH of a group of Ada and Bob; Cleo is not in it. */
interface MemberRow {
  readonly id: string;
  readonly clause: string;
  readonly title: string;
  readonly needs?: readonly Ability[];
  readonly operations: (people: People, group: Made) => readonly Json[];
  readonly leaves: (people: People) => readonly Made[];
}

interface People {
  readonly ada: Made;
  readonly bob: Made;
  readonly cleo: Made;
}

const PATCH_OP = "RFC 7644 §3.5.2";
const REMOVE = "RFC 7644 §3.5.2.2";

const memberRows: readonly MemberRow[] = [
  {
    id: "D05",
    clause: "RFC 7644 §3.5.2.1",
    title: "add keeps the members that are there",
    operations: ({ cleo }) => [{ op: "add", path: "members", value: [{ value: cleo.id }] }],
    leaves: ({ ada, bob, cleo }) => [ada, bob, cleo],
  },
  {
    id: "D06",
    clause: "RFC 7644 §3.5.2.1",
    title: "add of a member that is there makes no second one",
    operations: ({ ada }) => [{ op: "add", path: "members", value: [{ value: ada.id, display: "Ada" }] }],
    leaves: ({ ada, bob }) => [ada, bob],
  },
  {
    id: "D16",
    clause: REMOVE,
    title: "remove with a filter removes that member only",
    operations: ({ ada }) => [{ op: "remove", path: `members[value eq "${ada.id}"]` }],
    leaves: ({ bob }) => [bob],
  },
  {
    id: "D16",
    clause: REMOVE,
    title: "remove of a member that is not in the group removes nobody",
    operations: ({ ada, cleo }) => [
      { op: "remove", path: `members[value eq "${cleo.id}"]` },
      { op: "add", path: "members", value: [{ value: ada.id }] },
    ],
    leaves: ({ ada, bob }) => [ada, bob],
  },
  {
    id: "D17",
    clause: "Microsoft Entra ID",
    title: "remove with a list of values removes those only",
    needs: [DIALECTS],
    operations: ({ ada }) => [{ op: "Remove", path: "members", value: [{ $ref: null, value: ada.id }] }],
    leaves: ({ bob }) => [bob],
  },
  {
    id: "D18",
    clause: "CWE-943",
    title: "quotes in such a value widen nothing",
    needs: [DIALECTS],
    operations: () => [{ op: "Remove", path: "members", value: [{ value: 'x" or value pr or value eq "' }] }],
    leaves: ({ ada, bob }) => [ada, bob],
  },
  {
    id: "D19",
    clause: REMOVE,
    title: "remove without a filter removes all members",
    operations: () => [{ op: "remove", path: "members" }],
    leaves: () => [],
  },
  {
    id: "D41",
    clause: "Okta",
    title: "a rename that repeats the id leaves the members",
    needs: [DIALECTS],
    operations: (_people, { id, name }) => [{ op: "replace", value: { id, displayName: `${name}-renamed` } }],
    leaves: ({ ada, bob }) => [ada, bob],
  },
  {
    id: "D42",
    clause: "Okta",
    title: "replace by an empty array removes all members",
    operations: () => [{ op: "replace", path: "members", value: [] }],
    leaves: () => [],
  },
  {
    id: "D52",
    clause: "RFC 7644 §3.5.2.3",
    title: "replace leaves exactly the members that it names",
    operations: ({ cleo }) => [{ op: "replace", path: "members", value: [{ value: cleo.id }] }],
    leaves: ({ cleo }) => [cleo],
  },
  {
    id: "D25",
    clause: PATCH_OP,
    title: "several operations on members go in order",
    operations: ({ ada, cleo }) => [
      { op: "add", path: "members", value: [{ value: cleo.id }] },
      { op: "remove", path: `members[value eq "${ada.id}"]` },
    ],
    leaves: ({ bob, cleo }) => [bob, cleo],
  },
  {
    id: "J09",
    clause: "RFC 7643 §4.2",
    title: "a member with its type is the same member",
    operations: ({ cleo }) => [{ op: "add", path: "members", value: [{ value: cleo.id, type: "User" }] }],
    leaves: ({ ada, bob, cleo }) => [ada, bob, cleo],
  },
];

export const memberCases: readonly ConformanceCase[] = memberRows.map(memberCase);

function memberCase({ id, clause, title, needs = [], operations, leaves }: MemberRow): ConformanceCase {
  return {
    id,
    clause,
    title,
    needs: [PATCH, ...needs],
    run: async (world) => {
      const [ada, bob, cleo] = await createPeople(world);
      const group = await world.createGroup([ada, bob]);
      const everybody = { ada, bob, cleo };
      verifyStatus(await world.patch(group.path, ...operations(everybody, group)), 200, 204);
      verifyEqual("The members", await membersOf(world, group.path), sortedIds(leaves(everybody)));
    },
  };
}
