/**
 * Pages, order and search requests (RFC 7644 §3.4.2, §3.4.3).
 *
 * @module
 */
import { LIST_RESPONSE_URN, SEARCH_REQUEST_URN } from "../../../urn.ts";
import type { JsonObject } from "../../json.ts";
import { FILTER, GROUPS, optionalAttribute, SORT, userAttribute } from "../abilities.ts";
import type { Answer } from "../client.ts";
import type { ConformanceCase } from "../conformance-case.ts";
import { configuredNumber, resourcesOf } from "../service.ts";
import { verify, verifyBody, verifyEqual, verifyNoFault, verifyRefusal, verifyStatus } from "../statements.ts";
import { idsOf, type World } from "../world.ts";
import { createPeople } from "./filter-table.ts";

const PAGES = "RFC 7644 §3.4.2.4";
/** Dora has none. */
const TITLE = [userAttribute("title"), optionalAttribute("title")];
const TITLES = { bob: { title: "b" }, ada: { title: "A" }, cleo: { title: "c" }, dora: {} };

export const listCases: readonly ConformanceCase[] = [
  {
    id: "C01",
    clause: PAGES,
    title: "pages begin at 1, do not overlap, and hold everybody",
    needs: [FILTER],
    run: async (world) => {
      const people = await world.createUsers(5);
      const pages = await Promise.all(["1", "3", "5"].map((startIndex) => page(world, { startIndex, count: "2" })));
      verifyEqual(
        "The sizes of the pages",
        pages.map(({ body }) => body.itemsPerPage),
        [2, 2, 1],
      );
      verifyEqual("Who is on the pages", pages.flatMap(idsOf).toSorted(), people.map(({ id }) => id).toSorted());
    },
  },
  {
    id: "C01",
    clause: "RFC 7644 §3.4.2",
    title: "a list is a ListResponse of whole resources",
    needs: [FILTER],
    run: async (world) => {
      const { path } = await world.createUser();
      const answer = await page(world, {});
      verifyBody(answer.call, answer.body, {
        schemas: [LIST_RESPONSE_URN],
        totalResults: 1,
        Resources: { $length: 1 },
      });
      verifyEqual("The person in the list", resourcesOf(answer)?.[0], await world.read(path));
    },
  },
  ...(
    [
      [
        "C02",
        "count=0 answers the number alone",
        { count: "0" },
        { totalResults: 3, Resources: { $absentOrEmpty: true } },
      ],
      [
        "C03",
        "startIndex 0 means 1",
        { startIndex: "0", count: "2" },
        { totalResults: 3, startIndex: 1, itemsPerPage: 2 },
      ],
      ["C03", "startIndex -7 means 1", { startIndex: "-7" }, { totalResults: 3, startIndex: 1, itemsPerPage: 3 }],
      ["C04", "a negative count means 0", { count: "-1" }, { totalResults: 3, Resources: { $absentOrEmpty: true } }],
      [
        "C05",
        "totalResults does not depend on the page",
        { startIndex: "3", count: "1" },
        { totalResults: 3, startIndex: 3 },
      ],
      [
        "C06",
        "itemsPerPage is the number of resources",
        { startIndex: "2", count: "9" },
        { itemsPerPage: 2, Resources: { $length: 2 } },
      ],
      [
        "C07",
        "a page past the end is empty, and no error",
        { startIndex: "9" },
        { totalResults: 3, Resources: { $absentOrEmpty: true } },
      ],
    ] satisfies readonly (readonly [string, string, Record<string, string>, JsonObject])[]
  ).map(
    ([id, title, parameters, expected]): ConformanceCase => ({
      id,
      clause: PAGES,
      title,
      needs: [FILTER],
      run: async (world) => {
        await world.createUsers(3);
        const answer = await page(world, parameters);
        verifyBody(answer.call, answer.body, expected);
      },
    }),
  ),
  {
    id: "C02",
    clause: PAGES,
    title: "count=0 without a filter",
    run: async ({ query }) => {
      const answer = await query("/Users", { count: "0" });
      verifyStatus(answer, 200);
      verifyBody(answer.call, answer.body, { totalResults: { $type: "number" }, Resources: { $absentOrEmpty: true } });
    },
  },
  ...[{ startIndex: "abc" }, { count: "abc" }, { count: "1.5" }].map(
    (parameters): ConformanceCase => ({
      id: "C08",
      clause: "RFC 7644 §3.12",
      title: `${new URLSearchParams(parameters)} is refused`,
      run: async ({ query }) => verifyRefusal(await query("/Users", parameters), { status: [400] }),
    }),
  ),
  ...(
    [
      ["C09", "descending", { sortBy: "userName", sortOrder: "descending" }, ["dora", "cleo", "bob", "ada"]],
      ["C09", "ascending, which is the default", { sortBy: "userName" }, ["ada", "bob", "cleo", "dora"]],
      ["C09", "without case", { sortBy: "title", sortOrder: "ascending" }, ["ada", "bob", "cleo", "dora"]],
      ["C10", "who has no value comes last", { sortBy: "title" }, ["ada", "bob", "cleo", "dora"]],
      [
        "C11",
        "in descending order first",
        { sortBy: "title", sortOrder: "descending" },
        ["dora", "cleo", "bob", "ada"],
      ],
    ] as const
  ).map(
    ([id, title, parameters, expected]): ConformanceCase => ({
      id,
      clause: "RFC 7644 §3.4.2.3",
      title: `sorted by ${parameters.sortBy}: ${title}`,
      needs: [SORT, FILTER, ...TITLE],
      run: async (world) => {
        const people = await createPeople(world, TITLES);
        const answer = await page(world, parameters);
        verifyEqual(
          "The order",
          idsOf(answer),
          expected.map((name) => people.get(name)?.id),
        );
      },
    }),
  ),
  {
    id: "C09",
    clause: "RFC 7644 §3.4.2.3",
    title: "the order holds over the pages",
    needs: [SORT, FILTER, ...TITLE],
    run: async (world) => {
      const people = await createPeople(world, TITLES);
      const sorted = { sortBy: "userName", count: "2" };
      const pages = [
        await page(world, { ...sorted, startIndex: "1" }),
        await page(world, { ...sorted, startIndex: "3" }),
      ];
      const expected = ["ada", "bob", "cleo", "dora"].map((name) => people.get(name)?.id);
      verifyEqual("The order over two pages", pages.flatMap(idsOf), expected);
    },
  },
  {
    id: "G09",
    clause: "RFC 7643 §5",
    title: "a count above filter.maxResults is no error, and answers no more than that",
    run: async ({ service, query }) => {
      const maxResults = configuredNumber(service, "filter", "maxResults") ?? 0;
      const answer = await query("/Users", { count: "2000000000", attributes: "userName" });
      verifyStatus(answer, 200);
      verify(idsOf(answer).length <= maxResults, `A page holds more than filter.maxResults, which is ${maxResults}.`);
    },
  },
  {
    id: "G10",
    clause: PAGES,
    title: "a page without a count says how to go on",
    run: async ({ createUser, query }) => {
      await createUser();
      const answer = await query("/Users", { attributes: "userName" });
      verifyStatus(answer, 200);
      verifyBody(answer.call, answer.body, { startIndex: 1, itemsPerPage: idsOf(answer).length });
      verify(idsOf(answer).length > 0, "A page without a count holds nobody: a client cannot go on.");
    },
  },
  {
    id: "I01",
    clause: "RFC 9865 §2",
    title: "a cursor is answered or refused, and no fault",
    run: async ({ query }) => {
      for (const cursor of ["", "nonsense"]) verifyNoFault(await query("/Users", { cursor, count: "1" }));
    },
  },
  {
    id: "B31",
    clause: "RFC 7644 §3.4.3",
    title: "POST /Users/.search answers as GET does",
    needs: [FILTER],
    run: async (world) => {
      const { id } = await world.createUser({ displayName: "Ada" });
      const answer = await search(world, "/Users/.search", { attributes: ["displayName"], startIndex: 1, count: 10 });
      verifyBody(answer.call, answer.body, {
        schemas: [LIST_RESPONSE_URN],
        totalResults: 1,
        "Resources.0.id": id,
        "Resources.0.displayName": "Ada",
        "Resources.0.userName": { $absent: true },
      });
    },
  },
  {
    id: "B32",
    clause: "RFC 7644 §3.4.3",
    title: "POST /.search looks at people and groups together",
    needs: [FILTER, GROUPS],
    run: async (world) => {
      const name = `${world.mark}-both`;
      const user = await world.createUser({ displayName: name });
      const group = await world.createGroup([], { displayName: name });
      const answer = await search(world, "/.search", { filter: `displayName eq "${name}"` });
      verifyEqual("What the search finds", idsOf(answer).toSorted(), [user.id, group.id].toSorted());
      verifyEqual("totalResults", answer.body.totalResults, 2);
    },
  },
  {
    id: "B31",
    clause: "RFC 7644 §3.4.3",
    title: "a search request without its schema is refused",
    run: async ({ send }) => {
      const body = { filter: "userName pr", count: 0 };
      verifyRefusal(await send({ method: "POST", path: "/Users/.search", body }), { status: [400] });
    },
  },
];

/** A page of the people of the case. */
async function page({ query, mark }: World, parameters: Readonly<Record<string, string>>): Promise<Answer> {
  const answer = await query("/Users", { filter: `userName sw "${mark}"`, ...parameters });
  verifyStatus(answer, 200);
  return answer;
}

async function search({ send, mark }: World, path: string, more: JsonObject): Promise<Answer> {
  const body = { schemas: [SEARCH_REQUEST_URN], filter: `userName sw "${mark}"`, ...more };
  const answer = await send({ method: "POST", path, body });
  verifyStatus(answer, 200);
  return answer;
}
