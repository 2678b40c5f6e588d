import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../src/testing/json.ts";
import { type Answer, filtered, listed, openScim, type Scim, type ScimOptions, SEARCH_URN } from "../harness.ts";

const NAMES = ["anna", "bert", "cleo", "dora", "emil", "finn", "gina"];
const SECRET = "a secret of at least thirty-two characters";
const cursorSecret = async (): Promise<string> => SECRET;

async function withUsers(options: ScimOptions = {}, names: readonly string[] = NAMES): Promise<Scim> {
  const scim = openScim({ ...options, domain: { cursorSecret, ...options.domain } });
  for (const name of names) await scim.createUser(name, { title: name < "d" ? "early" : "late" });
  return scim;
}

const cursorOf = ({ body }: Answer): string => encodeURIComponent(String(body.nextCursor));

/** Follows the cursors from the first page to the last. */
async function walk(scim: Scim, path: string): Promise<readonly Answer[]> {
  const address = path + (path.includes("?") ? "&" : "?");
  const pages = [await scim.get(`${address}cursor`)];
  for (let page = pages.at(-1); page?.body.nextCursor !== undefined; page = pages.at(-1)) {
    pages.push(await scim.get(`${address}cursor=${cursorOf(page)}`));
  }
  return pages;
}

const refused = ({ status, body }: Answer): readonly unknown[] => [status, body.scimType];

describe("a walk by cursor", () => {
  it("J22: begins with an empty cursor, and has no next one on the last page", async () => {
    const scim = await withUsers();
    for (const first of ["cursor", "cursor="]) {
      const { status, body } = await scim.get(`/Users?${first}&count=3`);
      expect(status).toBe(200);
      expect(body).toMatchObject({ totalResults: 7, itemsPerPage: 3, nextCursor: expect.any(String) });
      for (const absent of ["previousCursor", "startIndex"]) expect(body).not.toHaveProperty(absent);
    }
    const pages = await walk(scim, "/Users?count=3");
    expect(pages.map(({ body }) => body.itemsPerPage)).toEqual([3, 3, 1]);
    expect(pages.flatMap((page) => listed(page)).toSorted()).toEqual(NAMES);
  });

  it("J22: a page that holds all of it is the last", async () => {
    const scim = await withUsers();
    for (const count of [7, 8]) {
      const { body } = await scim.get(`/Users?cursor&count=${count}`);
      expect(body.itemsPerPage).toBe(7);
      expect(body).not.toHaveProperty("nextCursor");
    }
    const empty = await scim.get(`${filtered("/Users", 'userName eq "nobody"')}&cursor`);
    expect(empty.body).toMatchObject({ totalResults: 0, itemsPerPage: 0, Resources: [] });
    expect(empty.body).not.toHaveProperty("nextCursor");
  });

  it("G09, G10: pages have the sizes that pages by index have", async () => {
    const scim = await withUsers({ limits: { defaultResults: 2, maxResults: 4 } });
    expect((await scim.get("/Users?cursor")).body.itemsPerPage).toBe(2);
    expect((await scim.get("/Users?cursor&count=999999")).body.itemsPerPage).toBe(4);
  });

  it("RFC 9865 §2: the size of a page and what is shown may change on the way", async () => {
    const scim = await withUsers();
    const first = await scim.get("/Users?cursor&count=2");
    const rest = await scim.get(`/Users?cursor=${cursorOf(first)}&count=9&attributes=userName`);
    expect([...listed(first), ...listed(rest)].toSorted()).toEqual(NAMES);
    expect(rest.body.Resources).toContainEqual({
      schemas: expect.anything(),
      id: expect.anything(),
      userName: expect.anything(),
    });
  });

  it("B31: is the same in a search request", async () => {
    const scim = await withUsers();
    const search = (more: JsonObject) =>
      scim.send("POST", "/Users/.search", { schemas: [SEARCH_URN], count: 4, ...more });
    const first = await search({ cursor: "" });
    const second = await search({ Cursor: String(first.body.nextCursor) });
    expect([...listed(first), ...listed(second)].toSorted()).toEqual(NAMES);
    expect(second.body).not.toHaveProperty("nextCursor");
    expect(refused(await search({ cursor: 7 }))).toEqual([400, "invalidCursor"]);
    expect((await search({ cursor: null })).body).toMatchObject({ startIndex: 1 });
  });

  it("C09: keeps to the order that was asked for", async () => {
    const scim = await withUsers();
    const pages = await walk(scim, "/Users?count=2&sortBy=userName&sortOrder=descending");
    expect(pages.flatMap((page) => listed(page))).toEqual(NAMES.toReversed());
    const tied = await walk(scim, "/Users?count=2&sortBy=title");
    expect(tied.flatMap((page) => listed(page, "title"))).toEqual([
      ...Array(3).fill("early"),
      ...Array(4).fill("late"),
    ]);
    expect(tied.flatMap((page) => listed(page)).toSorted()).toEqual(NAMES);
  });

  it.each(["", "&sortBy=userName", "&sortBy=title&sortOrder=descending"])(
    "J26: loses nobody when those of the page before are deleted%s",
    async (order) => {
      const scim = await withUsers();
      const seen: unknown[] = [];
      let cursor = "";
      do {
        const page = await scim.get(`/Users?count=2&cursor=${cursor}${order}`);
        seen.push(...listed(page));
        for (const id of listed(page, "id")) await scim.send("DELETE", `/Users/${id}`);
        cursor = page.body.nextCursor === undefined ? "" : cursorOf(page);
      } while (cursor !== "");
      expect(seen.toSorted()).toEqual(NAMES);
    },
  );

  it("B32: goes over all resource types, and ends where they end", async () => {
    const scim = await withUsers();
    for (const name of ["authors", "buyers", "crew"]) await scim.createGroup(name);
    for (const count of [1, 3, 5, 7, 10, 11]) {
      const seen: unknown[] = [];
      const totals = new Set<unknown>();
      let cursor: unknown = "";
      while (cursor !== undefined) {
        const body = { schemas: [SEARCH_URN], count, cursor: String(cursor) };
        const page = await scim.send("POST", "/.search", body);
        seen.push(...listed(page, "id"));
        totals.add(page.body.totalResults);
        expect(page.body.itemsPerPage).toBe(Math.min(count, 10 - seen.length + listed(page).length));
        cursor = page.body.nextCursor;
      }
      expect([seen.length, new Set(seen).size, [...totals]]).toEqual([10, 10, [10]]);
    }
  });

  it("J22: of one type, full and last, while the others are empty", async () => {
    const scim = await withUsers();
    const page = await scim.send("POST", "/.search", { schemas: [SEARCH_URN], count: 7, cursor: "" });
    expect(page.body).not.toHaveProperty("nextCursor");
  });
});

describe("a cursor", () => {
  it("RFC 9865 §2: has only unreserved characters, and shows nothing of what is in it", async () => {
    const scim = await withUsers();
    const { body } = await scim.get("/Users?cursor&count=2&sortBy=userName");
    expect(body.nextCursor).toMatch(/^[A-Za-z0-9._~-]+$/);
    expect(Buffer.from(String(body.nextCursor), "base64url").toString("latin1")).not.toContain("bert");
    expect((await scim.get("/Users?cursor&count=2&sortBy=userName")).body.nextCursor).not.toBe(body.nextCursor);
  });

  it.each(["abc", "%00", "../..", "x".repeat(5000), "null", "W10", "%20"])(
    "J23: %s was never given",
    async (cursor) => {
      expect(refused(await (await withUsers()).get(`/Users?cursor=${cursor}`))).toEqual([400, "invalidCursor"]);
    },
  );

  it("J24: cannot be changed in any place", async () => {
    const scim = await withUsers();
    const cursor = String((await scim.get("/Users?cursor&count=2")).body.nextCursor);
    const bytes = Buffer.from(cursor, "base64url");
    for (const at of bytes.keys()) {
      const forged = Buffer.from(bytes);
      forged[at] = (bytes[at] ?? 0) ^ 1;
      expect(refused(await scim.get(`/Users?cursor=${forged.toString("base64url")}`))).toEqual([400, "invalidCursor"]);
    }
    for (const more of ["x", "=", "%20", "!", "A"]) {
      expect(refused(await scim.get(`/Users?cursor=${cursor}${more}`))).toEqual([400, "invalidCursor"]);
    }
    for (const length of [1, 12, 28, bytes.length - 1]) {
      const cut = bytes.subarray(0, length).toString("base64url");
      expect(refused(await scim.get(`/Users?cursor=${cut}`))).toEqual([400, "invalidCursor"]);
    }
  });

  it.each([
    ["another filter", "/Users?sortBy=userName&filter=id%20pr"],
    ["no filter", "/Users?sortBy=userName"],
    ["another order", "/Users?sortBy=title&filter=userName%20pr"],
    ["the other direction", "/Users?sortBy=userName&filter=userName%20pr&sortOrder=descending"],
    ["another type", "/Groups?filter=id%20pr"],
  ])("J24: is not good for %s", async (_other, path) => {
    const scim = await withUsers();
    const first = await scim.get("/Users?cursor&count=2&sortBy=userName&filter=userName%20pr");
    expect(first.status).toBe(200);
    const answer = await scim.get(`${path}&cursor=${cursorOf(first)}`);
    expect(refused(answer)).toEqual([400, "invalidCursor"]);
    expect(answer.body.detail).toContain("begin with an empty cursor");
  });

  it("J24: is not good for another domain, but for another process, at whatever address", async () => {
    const first = await (await withUsers()).get("/Users?cursor&count=2");
    const other = await withUsers({ domain: { cursorSecret: async () => `other ${SECRET}` } });
    expect(refused(await other.get(`/Users?cursor=${cursorOf(first)}`))).toEqual([400, "invalidCursor"]);
    const twin = await withUsers({ domain: { baseUrl: "https://twin.test/scim/v2/c-1" } });
    expect((await twin.get(`/Users?cursor=${cursorOf(first)}`)).status).toBe(200);
  });

  it("J23: expires, and says within what time the next page is to be asked for", async () => {
    const time = { now: new Date("2026-03-01T12:00:00Z") };
    const scim = await withUsers({ clock: () => time.now, limits: { cursorSeconds: 60 } });
    const cursor = cursorOf(await scim.get("/Users?cursor&count=2"));
    time.now = new Date("2026-03-01T12:00:59Z");
    expect((await scim.get(`/Users?cursor=${cursor}`)).status).toBe(200);
    time.now = new Date("2026-03-01T12:01:00Z");
    const late = await scim.get(`/Users?cursor=${cursor}`);
    expect(refused(late)).toEqual([400, "expiredCursor"]);
    expect(late.body.detail).toContain("60 seconds");
  });

  it.each([
    ["invalidCount", "count=0"],
    ["invalidCount", "count=-1"],
    ["invalidCount", "count=abc"],
    ["invalidValue", "startIndex=1"],
  ])("J23: %s with %s", async (code, query) => {
    expect(refused(await (await withUsers()).get(`/Users?cursor&${query}`))).toEqual([400, code]);
  });

  it("J25: is announced, with how long it is good for", async () => {
    const scim = await withUsers({ limits: { maxResults: 77, defaultResults: 11, cursorSeconds: 60 } });
    expect((await scim.get("/ServiceProviderConfig")).body.pagination).toEqual({
      cursor: true,
      index: true,
      defaultPaginationMethod: "index",
      defaultPageSize: 11,
      maxPageSize: 77,
      cursorTimeout: 60,
    });
  });

  it("J25: without it a list goes by index, as is announced", async () => {
    const { body } = await (await withUsers()).get("/Users?count=2");
    expect(body).toMatchObject({ startIndex: 1, itemsPerPage: 2 });
    expect(body).not.toHaveProperty("nextCursor");
  });

  it("I01: means nothing to a domain that has none", async () => {
    const scim = openScim();
    await scim.createUser("anna");
    expect((await scim.get("/Users?cursor=abc&startIndex=1")).body).toMatchObject({ totalResults: 1, startIndex: 1 });
    expect((await scim.get("/ServiceProviderConfig")).body.pagination).toMatchObject({ cursor: false });
  });
});
