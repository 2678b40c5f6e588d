/**
 * Pages by cursor (RFC 9865).
 *
 * @module
 */
import { SEARCH_REQUEST_URN } from "../../../urn.ts";
import { FILTER, OTHER_TENANT } from "../abilities.ts";
import type { Answer } from "../client.ts";
import type { ConformanceCase } from "../conformance-case.ts";
import { verify, verifyBody, verifyEqual, verifyRefusal, verifyStatus } from "../statements.ts";
import { idsOf, type World } from "../world.ts";
import { sortedIds } from "./group-people.ts";

const CLAUSE = "RFC 9865 §2";
const ERRORS = "RFC 9865 §2.1";
const INVALID_CURSOR = { status: [400], scimType: ["invalidCursor"] };

export const cursorCases: readonly ConformanceCase[] = [
  {
    id: "J22",
    clause: CLAUSE,
    title: "an empty cursor begins, the last page has no nextCursor, and together they hold everybody once",
    needs: [FILTER],
    run: async (world) => {
      const people = await world.createUsers(5);
      const pages = await walk(world, async () => undefined);
      verifyEqual("Who is on the pages", pages.flatMap(idsOf).toSorted(), sortedIds(people));
      verify(pages.length >= 3, `Five people are on ${pages.length} pages of two.`);
    },
  },
  {
    id: "J22",
    clause: CLAUSE,
    title: "the first page has no previousCursor",
    needs: [FILTER],
    run: async (world) => {
      await world.createUsers(3);
      verifyBody("The first page", (await page(world, "")).body, {
        nextCursor: { $type: "string" },
        previousCursor: { $absent: true },
      });
    },
  },
  {
    id: "J22",
    clause: "RFC 9865 §3",
    title: "a search request takes a cursor too",
    needs: [FILTER],
    run: async (world) => {
      await world.createUsers(3);
      const filter = `userName sw "${world.mark}"`;
      const body = { schemas: [SEARCH_REQUEST_URN], filter, count: 2, cursor: "" };
      const answer = await world.send({ method: "POST", path: "/Users/.search", body });
      verifyStatus(answer, 200);
      verifyBody(answer.call, answer.body, { nextCursor: { $type: "string" }, Resources: { $length: 2 } });
    },
  },
  {
    id: "J23",
    clause: ERRORS,
    title: "a cursor that the service never gave is invalidCursor",
    run: async ({ query }) => verifyRefusal(await query("/Users", { cursor: "nonsense", count: "2" }), INVALID_CURSOR),
  },
  {
    id: "J23",
    clause: ERRORS,
    title: "a count that is no number is refused",
    run: async ({ query }) =>
      verifyRefusal(await query("/Users", { cursor: "", count: "abc" }), {
        status: [400],
        scimType: ["invalidCount", "invalidValue"],
      }),
  },
  {
    id: "J24",
    clause: ERRORS,
    title: "a cursor goes with its filter only",
    needs: [FILTER],
    run: async (world) => {
      await world.createUsers(3);
      const cursor = String((await page(world, "")).body.nextCursor);
      const answer = await world.query("/Users", { cursor, count: "2", filter: "userName pr" });
      verifyRefusal(answer, INVALID_CURSOR);
    },
  },
  {
    id: "J24",
    clause: "RFC 9865 §6",
    title: "a cursor that was changed is refused",
    needs: [FILTER],
    run: async (world) => {
      await world.createUsers(3);
      const cursor = String((await page(world, "")).body.nextCursor);
      const changed = `${cursor.slice(0, -2)}${cursor.endsWith("A") ? "BB" : "AA"}`;
      verifyRefusal(await request(world, changed), INVALID_CURSOR);
    },
  },
  {
    id: "J24",
    clause: "RFC 9865 §6",
    title: "a cursor of one tenant is nothing to the other",
    needs: [FILTER, OTHER_TENANT],
    run: async (world) => {
      await world.createUsers(3);
      const cursor = String((await page(world, "")).body.nextCursor);
      const filter = encodeURIComponent(`userName sw "${world.mark}"`);
      const stranger = world.connect(world.service.features.otherTenant ?? {});
      const path = `/Users?filter=${filter}&count=2&cursor=${encodeURIComponent(cursor)}`;
      verifyRefusal(await stranger({ method: "GET", path }), INVALID_CURSOR);
    },
  },
  {
    id: "J26",
    clause: CLAUSE,
    title: "people who are deleted during the walk cost nobody else",
    needs: [FILTER],
    run: async (world) => {
      const people = await world.createUsers(6);
      const deleted = new Set<string>();
      const pages = await walk(world, async (ids) => {
        const [first = ""] = ids;
        deleted.add(first);
        verifyStatus(await world.send({ method: "DELETE", path: `/Users/${encodeURIComponent(first)}` }), 204);
      });
      const seen = new Set(pages.flatMap(idsOf));
      const missed = people.filter(({ id }) => !deleted.has(id) && !seen.has(id));
      verifyEqual("Who was missed", sortedIds(missed), []);
    },
  },
];

/** More pages than a case has people: a walk that does not end is a failure, not a wait. */
const MAX_PAGES = 10;

/** Reads pages of two until there is no nextCursor. */
async function walk(world: World, between: (ids: readonly string[]) => Promise<void>): Promise<readonly Answer[]> {
  const pages: Answer[] = [];
  for (let cursor: unknown = ""; typeof cursor === "string"; ) {
    verify(pages.length < MAX_PAGES, "The walk does not end.");
    const answer = await page(world, cursor);
    pages.push(answer);
    cursor = answer.body.nextCursor;
    if (pages.length === 1) await between(idsOf(answer));
  }
  return pages;
}

async function page(world: World, cursor: string): Promise<Answer> {
  const answer = await request(world, cursor);
  verifyStatus(answer, 200);
  return answer;
}

function request({ query, mark }: World, cursor: string): Promise<Answer> {
  return query("/Users", { filter: `userName sw "${mark}"`, count: "2", cursor });
}
