/**
 * Filters (RFC 7644 §3.4.2.2): operators, and the values that they compare.
 *
 * @module
 */
import { DIALECTS, GROUPS, userAttribute } from "../abilities.ts";
import type { ConformanceCase } from "../conformance-case.ts";
import { verify, verifyEqual, verifyStatus } from "../statements.ts";
import { idsOf } from "../world.ts";
import { filterCase } from "./filter-table.ts";

const FILTER = "RFC 7644 §3.4.2.2";
const ADA_AND_BOB = { ada: { displayName: "Ada {{mark}}" }, bob: { displayName: "Bob {{mark}}" } };
const FAMILY_NAME = userAttribute("name.familyName");

export const filterCases: readonly ConformanceCase[] = [
  {
    id: "B01",
    clause: FILTER,
    title: "userName eq finds in any letter case",
    run: async ({ createUser, find }) => {
      const { id, name } = await createUser();
      for (const text of [name, name.toUpperCase()]) {
        verifyEqual(`What userName eq "${text}" finds`, await find("/Users", `userName eq "${text}"`), [id]);
      }
    },
  },
  {
    id: "B01",
    clause: FILTER,
    title: "a filter that matches nobody answers 200 with an empty list",
    run: async ({ query, mark }) => {
      const answer = await query("/Users", { filter: `userName eq "${mark}-nobody"` });
      verifyStatus(answer, 200);
      verifyEqual("totalResults", answer.body.totalResults, 0);
    },
  },
  ...(
    [
      ["co", 'displayName co "DA {{mark}}"', ["ada"]],
      ["sw", 'displayName sw "aDa"', ["ada"]],
      ["ew", 'displayName ew "{{mark}}"', ["ada", "bob"]],
      ["ne", 'displayName ne "ada {{mark}}"', ["bob"]],
      ["gt", 'displayName gt "ada {{mark}}"', ["bob"]],
      ["ge", 'displayName ge "ada {{mark}}"', ["ada", "bob"]],
      ["lt", 'displayName lt "BOB {{mark}}"', ["ada"]],
      ["le", 'displayName le "BOB {{mark}}"', ["ada", "bob"]],
    ] as const
  ).map(([operator, filter, finds]) =>
    filterCase({
      id: "B01",
      clause: FILTER,
      title: `${operator} compares texts without case`,
      people: ADA_AND_BOB,
      filter,
      finds,
    }),
  ),
  filterCase({
    id: "B02",
    clause: "RFC 7643 §2.1",
    title: "names of attributes ignore case",
    needs: [FAMILY_NAME],
    people: { ada: { name: { familyName: "L{{mark}}" } }, bob: {} },
    filter: 'NAME.FamilyNAME eq "L{{mark}}"',
    finds: ["ada"],
  }),
  filterCase({
    id: "B03",
    clause: FILTER,
    title: "operators ignore case",
    people: ADA_AND_BOB,
    filter: 'displayName EQ "Ada {{mark}}" OR NOT (displayName Pr) AND userName Sw "x"',
    finds: ["ada"],
  }),
  {
    id: "B04",
    clause: "RFC 7643 §3.1",
    title: "externalId is compared with its case",
    run: async ({ createUser, find, mark }) => {
      const { id } = await createUser({ externalId: `X-${mark}` });
      verifyEqual("What the same letters find", await find("/Users", `externalId eq "X-${mark}"`), [id]);
      verifyEqual("What other letters find", await find("/Users", `externalId eq "x-${mark}"`), []);
    },
  },
  {
    id: "B04",
    clause: "RFC 7643 §3.1",
    title: "id finds one, and is compared with its case",
    run: async ({ createUser, find }) => {
      const { id } = await createUser();
      verifyEqual("What the id finds", await find("/Users", `id eq "${id}"`), [id]);
      const other = id === id.toUpperCase() ? id.toLowerCase() : id.toUpperCase();
      if (other !== id) verifyEqual("What the id in other letters finds", await find("/Users", `id eq "${other}"`), []);
    },
  },
  ...(["displayName pr", "not (displayName pr)"] as const).map((filter) =>
    filterCase({
      id: "B05",
      clause: FILTER,
      title: `${filter}: null and absent values are not there`,
      people: { ada: { displayName: "Ada" }, bob: { displayName: null }, cleo: {} },
      filter,
      finds: filter.startsWith("not") ? ["bob", "cleo"] : ["ada"],
    }),
  ),
  filterCase({
    id: "B05",
    clause: FILTER,
    title: "pr on a complex attribute",
    people: { ada: { name: { familyName: "L" } }, bob: {} },
    filter: "name pr",
    finds: ["ada"],
  }),
  filterCase({
    id: "B06",
    clause: "RFC 7644 §3.4.2.2 figure 1",
    title: "not (…) turns a filter round",
    people: ADA_AND_BOB,
    filter: 'not (displayName sw "Ada")',
    finds: ["bob"],
  }),
  {
    id: "B14",
    clause: "RFC 7643 §2.3.5",
    title: "times are compared as instants, whatever their offsets",
    run: async ({ createUser, read, find, mark }) => {
      const { path, id } = await createUser();
      const { created } = (await read(path)).meta as { created: string };
      const own = `userName sw "${mark}" and meta.created`;
      for (const [operator, seconds, offset, finds] of [
        ["ge", 0, 14, [id]],
        ["lt", 1, -12, [id]],
        ["gt", 1, -12, []],
        ["lt", 0, 14, []],
      ] as const) {
        const filter = `${own} ${operator} "${atOffset(created, seconds, offset)}"`;
        verifyEqual(`What ${filter} finds`, await find("/Users", filter), finds);
      }
    },
  },
  filterCase({
    id: "B15",
    clause: FILTER,
    title: "active eq true and false",
    people: { ada: { active: true }, bob: { active: false } },
    filter: "active eq false",
    finds: ["bob"],
  }),
  filterCase({
    id: "B25",
    clause: "Microsoft Entra ID",
    title: "a quoted Boolean is understood",
    needs: [DIALECTS],
    people: { ada: { active: true }, bob: { active: false } },
    filter: 'active eq "True"',
    finds: ["ada"],
  }),
  {
    id: "B30",
    clause: FILTER,
    title: "an unknown attribute is refused or finds nobody, never everybody",
    run: async ({ createUser, query }) => {
      await createUser();
      const answer = await query("/Users", { filter: 'unicornColour eq "pink"' });
      verifyStatus(answer, 200, 400);
      verifyEqual("What an unknown attribute finds", idsOf(answer), []);
    },
  },
  {
    id: "J12",
    clause: FILTER,
    title: "after a rename the old userName finds nobody",
    run: async ({ createUser, userBody, send, find, mark }) => {
      const { path, id, name } = await createUser();
      const userName = `${mark}-renamed@conformance.example`;
      verifyStatus(await send({ method: "PUT", path, body: userBody({ userName }) }), 200);
      verifyEqual("What the old name finds", await find("/Users", `userName eq "${name}"`), []);
      verifyEqual("What the new name finds", await find("/Users", `userName eq "${userName}"`), [id]);
    },
  },
  {
    id: "J36",
    clause: "RFC 7644 §3.4.2",
    title: "a plus in the query is a space",
    run: async ({ createUser, send }) => {
      const { id, name } = await createUser();
      const answer = await send({ method: "GET", path: `/Users?filter=userName+eq+%22${encodeURIComponent(name)}%22` });
      verifyStatus(answer, 200);
      verifyEqual("What the filter finds", idsOf(answer), [id]);
    },
  },
  {
    id: "J41",
    clause: "RFC 7643 §4.2",
    title: "displayName of a group is compared without case",
    needs: [GROUPS],
    run: async ({ createGroup, find }) => {
      const { id, name } = await createGroup();
      verifyEqual("What the name in capitals finds", await find("/Groups", `displayName eq "${name.toUpperCase()}"`), [
        id,
      ]);
    },
  },
  {
    id: "J41",
    clause: FILTER,
    title: "groups are found by a member",
    needs: [GROUPS],
    run: async ({ createUser, createGroup, find, mark }) => {
      const member = await createUser();
      const { id } = await createGroup([member]);
      await createGroup();
      const found = await find("/Groups", `displayName sw "${mark}" and members.value eq "${member.id}"`);
      verify(found.length === 1 && found[0] === id, `members.value eq found ${found.length} groups, expected the one.`);
    },
  },
];

/** The same instant some seconds later, written with another offset from UTC. */
function atOffset(instant: string, seconds: number, hours: number): string {
  const whole = Math.floor(Date.parse(instant) / 1000) * 1000;
  const shifted = new Date(whole + seconds * 1000 + hours * 3_600_000).toISOString().slice(0, 19);
  const sign = hours < 0 ? "-" : "+";
  return `${shifted}${sign}${String(Math.abs(hours)).padStart(2, "0")}:00`;
}
