import type { Query, QueryResult, ScimError } from "@muster/scim-core";
import { beforeAll, describe, expect, it } from "vitest";
import { memoryStore } from "../../src/storage/memory/index.ts";
import { countingStore } from "../counting-store.ts";
import { openWorld, refusedWith, type World } from "../harness.ts";

/** Twelve hundred people: every hundredth a boss, every other one shares an address. */
const PEOPLE = 1200;
const { store, calls } = countingStore(memoryStore());
let world: World;

beforeAll(async () => {
  world = await openWorld({ store });
  for (let number = 0; number < PEOPLE; number++) {
    const userName = `p${String(number).padStart(4, "0")}@acme.test`;
    const email = number % 2 === 0 ? { email: "shared@acme.test" } : {};
    await world.create({ userName, title: number % 100 === 0 ? "Boss" : "Writer", ...email });
  }
});

const names = ({ resources }: QueryResult): readonly string[] =>
  resources.map(({ attributes }) => String(attributes.userName).slice(1, 5));

/** The looks at people that a query takes, and its answer. */
async function counted(filter: string | undefined, query: Partial<Query>) {
  calls.length = 0;
  const result = await world.search("User", filter, query);
  return { result, calls: calls.filter((call) => call.startsWith("users.")) };
}

async function walk(filter: string | undefined, query: Partial<Query>): Promise<readonly QueryResult[]> {
  const pages = [await world.search("User", filter, { ...query, after: "" })];
  for (let next = pages[0]?.next; next !== undefined; next = pages.at(-1)?.next) {
    pages.push(await world.search("User", filter, { ...query, after: next }));
  }
  return pages;
}

describe("a list by index", () => {
  it("C05: has its total from a counter when nothing is filtered", async () => {
    const { result, calls: made } = await counted(undefined, { startIndex: 1190, count: 5 });
    expect([result.totalResults, names(result)[0], made]).toEqual([PEOPLE, "1189", ["users.count", "users.find"]]);
    expect((await counted(undefined, { count: 0 })).calls).toEqual(["users.count"]);
  });

  it("C05: has its total from an index when an equality is the whole filter", async () => {
    const { result, calls: made } = await counted('emails.value eq "SHARED@acme.test"', { count: 2 });
    expect([result.totalResults, names(result), made]).toEqual([600, ["0000", "0002"], ["users.count", "users.find"]]);
  });

  it("C05: of what is unique costs one look", async () => {
    for (const [filter, total] of [
      ['userName eq "P0007@acme.test"', 1],
      ['userName eq "nobody@acme.test"', 0],
      ['userName eq "p0007@acme.test" and emails eq "shared@acme.test"', 0],
    ] as const) {
      const { result, calls: made } = await counted(filter, { count: 9 });
      expect([result.totalResults, result.resources.length, made]).toEqual([total, total, ["users.find"]]);
    }
    const beyond = await counted('userName eq "p0007@acme.test"', { startIndex: 2 });
    expect(beyond.result).toEqual({ totalResults: 1, resources: [] });
    expect((await counted('userName eq "p0007@acme.test"', { count: 0 })).result.totalResults).toBe(1);
  });

  it("C05: looks only at what the index names, and evaluates only the rest", async () => {
    const filter = 'emails eq "shared@acme.test" and title eq "boss"';
    const { result, calls: made } = await counted(filter, { count: 2 });
    expect([result.totalResults, names(result)]).toEqual([12, ["0000", "0100"]]);
    expect(made).toEqual(["users.count", "users.find", "users.find"]);
  });

  it("is refused before the first look when it would take too many", async () => {
    for (const query of [{ sort: { by: "title", descending: false } }, {}]) {
      const filter = query.sort === undefined ? "title pr" : undefined;
      calls.length = 0;
      const { status, message } = await refusedWith(
        "tooMany",
        world.search("User", filter, { ...query, scannedResources: PEOPLE - 1 }),
      );
      expect([status, calls]).toEqual([400, ["users.count"]]);
      expect(message).toContain("more than 1199 resources");
      expect((await world.search("User", filter, { ...query, scannedResources: PEOPLE })).totalResults).toBe(PEOPLE);
    }
    const narrow = { scannedResources: 600 };
    const found = await world.search("User", 'emails eq "shared@acme.test" and title eq "Boss"', narrow);
    expect(found.totalResults).toBe(12);
    expect((await world.search("User", undefined, { scannedResources: 1 })).totalResults).toBe(PEOPLE);
  });
});

describe("a walk", () => {
  it("J22: costs a look per page, and ends with the last of them", async () => {
    const pages = await walk(undefined, { count: 400 });
    expect(pages.map(({ resources, totalResults }) => [resources.length, totalResults])).toEqual([
      [400, PEOPLE],
      [400, PEOPLE],
      [400, PEOPLE],
    ]);
    expect(new Set(pages.flatMap(names)).size).toBe(PEOPLE);
    expect((await counted(undefined, { count: 10, after: "" })).calls).toEqual(["users.count", "users.find"]);
  });

  it("J22: over what an index names", async () => {
    const pages = await walk('emails eq "shared@acme.test"', { count: 250 });
    expect(pages.map(({ resources }) => resources.length)).toEqual([250, 250, 100]);
    expect((await walk('userName eq "p0007@acme.test"', { count: 1 })).map(names)).toEqual([["0007"]]);
  });

  it("J22: looks no further than for one more than fits, and counts nothing for it", async () => {
    const { result, calls: made } = await counted('title eq "Boss"', { count: 3, after: "" });
    expect([names(result), result.totalResults, made]).toEqual([["0000", "0100", "0200"], undefined, ["users.find"]]);
    const pages = await walk('title eq "Boss"', { count: 5 });
    expect(pages.flatMap(names)).toEqual(
      Array.from({ length: 12 }, (_, index) => String(index * 100).padStart(4, "0")),
    );
    expect(pages.map(({ resources }) => resources.length)).toEqual([5, 5, 2]);
  });

  it("C05: tells the total of what fits on one page", async () => {
    expect(await walk('title eq "Boss"', { count: 12 })).toMatchObject([{ totalResults: 12 }]);
    expect(await walk('title eq "Clerk"', { count: 12 })).toEqual([{ totalResults: 0, resources: [] }]);
  });

  it("goes on where it had to stop looking: pages are short, and nobody is refused", async () => {
    const pages = await walk('title eq "Boss"', { count: 5, scannedResources: 130 });
    expect(pages.flatMap(names)).toHaveLength(12);
    expect(pages).toHaveLength(10);
    for (const { resources } of pages) expect(resources.length).toBeLessThanOrEqual(2);
  });

  it("C09, J26: keeps an order, for which it looks at everybody again", async () => {
    const sort = { by: "title", descending: true } as const;
    const pages = await walk('emails eq "shared@acme.test"', { count: 290, sort });
    expect(pages.map(({ totalResults, resources }) => [totalResults, resources.length])).toEqual([
      [600, 290],
      [600, 290],
      [600, 20],
    ]);
    const titles = pages.flatMap(({ resources }) => resources.map(({ attributes }) => attributes.title));
    expect(titles).toEqual([...Array(588).fill("Writer"), ...Array(12).fill("Boss")]);
    expect(new Set(pages.flatMap(names)).size).toBe(600);
    const tooMany = world.search("User", undefined, { after: "", sort, scannedResources: 100 });
    await refusedWith("tooMany", tooMany);
  });

  it("J23: takes no place for one that is none", async () => {
    const sort = { by: "title", descending: false };
    const error: ScimError = await refusedWith("invalidCursor", world.search("User", undefined, { after: "x", sort }));
    expect(error.status).toBe(400);
  });

  it.each([
    ["of everybody", undefined, undefined],
    ["of a filter", "title pr", undefined],
    ["in an order", undefined, { by: "displayName", descending: true }],
    ["in an order that says nothing", "title pr", { by: "nickName", descending: false }],
  ])("J26: %s loses nobody and meets nobody twice while others come and go", async (_what, filter, sort) => {
    const own = await openWorld();
    for (let number = 0; number < 30; number++) {
      const name = `p${String(number).padStart(4, "0")}`;
      await own.create({ userName: `${name}@acme.test`, name, title: "x" });
    }
    const query = { count: 4, ...(sort && { sort }) };
    const seen: string[] = [];
    for (let after: string | undefined = ""; after !== undefined; ) {
      const page: QueryResult = await own.search("User", filter, { ...query, after });
      seen.push(...names(page));
      for (const { id } of page.resources) await own.remove(id);
      await own.create({ userName: `q${seen.length}@acme.test`, name: "a", title: "x" });
      after = seen.length > 200 ? undefined : page.next;
    }
    const expected = Array.from({ length: 30 }, (_, number) => String(number).padStart(4, "0"));
    expect(seen.filter((name) => /^\d{4}$/.test(name)).toSorted()).toEqual(expected);
    expect(new Set(seen).size).toBe(seen.length);
  });
});
