import { describe, expect, it } from "vitest";
import { LIST_RESPONSE_URN, listResponse, parseQuery, type Query, SEARCH_REQUEST_URN } from "../src/index.ts";
import { parseWalk } from "../src/list.ts";
import { codeOf, user } from "./types.ts";

const limits = { maxResults: 200, defaultResults: 100, scannedResources: 1000 };
const get = (query: string): Query => parseQuery(new URLSearchParams(query), user, limits);
const search = (body: object): Query => parseQuery({ schemas: [SEARCH_REQUEST_URN], ...body }, user, limits);

describe("parseQuery", () => {
  it.each([
    ["C01", "", { startIndex: 1, count: 100 }],
    ["C01", "startIndex=3&count=2", { startIndex: 3, count: 2 }],
    ["C02", "count=0", { count: 0 }],
    ["C03", "startIndex=0", { startIndex: 1 }],
    ["C03", "startIndex=-7", { startIndex: 1 }],
    ["C04", "count=-1", { count: 0 }],
    ["G09", "count=5000", { count: 200 }],
    ["C07", "startIndex=999999999999999", { startIndex: 999_999_999_999_999 }],
    ["I01", "cursor=abc&x=1&aadOptscim062020", { startIndex: 1 }],
    ["C09", "sortBy=Name.FamilyName&sortOrder=Descending", { sort: { by: "name.familyName", descending: true } }],
    ["C09", "sortBy=emails", { sort: { by: "emails.value", descending: false } }],
    ["C09", "sortBy=meta.lastModified", { sort: { by: "meta.lastModified", descending: false } }],
  ])("%s: ?%s", (_id, query, expected) => {
    expect(get(query)).toMatchObject(expected);
  });

  it.each([
    ["C08", "startIndex=abc", "invalidValue"],
    ["C08", "count=1.5", "invalidValue"],
    ["C08", "count=1e3", "invalidValue"],
    ["C08", "count=99999999999999999999", "invalidValue"],
    ["B19", "filter=userName zz 1", "invalidFilter"],
    ["C09", "sortBy=colour", "invalidPath"],
    ["C09", "sortBy=name", "invalidPath"],
    ["C09", "sortBy=userName&sortOrder=sideways", "invalidValue"],
    ["J30", "sortBy=password", "sensitive"],
  ])("%s: ?%s is %s", (_id, query, code) => {
    expect(codeOf(() => get(query))).toBe(code);
  });

  it("J36: + and %20 are both a space", () => {
    expect(get("filter=userName+eq+%22a%22")).toEqual({
      ...get("filter=userName%20eq%20%22a%22"),
      selection: expect.anything(),
    });
  });

  it.each([
    ["C12", "attributes=userName,title"],
    ["C12", "attributes=userName&attributes=title"],
    ["C13", "attributes=%20USERNAME%20,+Title,"],
    ["C19", "attributes=userName,title,nobody,a.b.c"],
  ])("%s: ?%s selects both", (_id, query) => {
    const { selection } = get(query);
    expect(["userName", "title", "displayName"].map((name) => selection.includes(name))).toEqual([true, true, false]);
  });

  it("what is said twice is not silently taken once", () => {
    for (const query of ["filter=a&filter=b", "count=1&count=2", "startIndex=1&startIndex=1", "sortBy=a&sortBy=b"]) {
      expect(codeOf(() => get(query))).toBe("invalidValue");
    }
  });

  it("an empty parameter asks for nothing", () => {
    const query = get("filter=&sortBy=&startIndex=&count=&attributes=");
    expect(query).toEqual({ startIndex: 1, count: 100, scannedResources: 1000, selection: expect.anything() });
    expect(query.selection.includes("displayName")).toBe(true);
  });

  it("B31: a search request says the same in JSON", () => {
    const query = search({
      filter: "title pr",
      STARTINDEX: 2,
      count: "5",
      sortBy: "userName",
      attributes: ["userName"],
      excludedAttributes: null,
    });
    expect(query).toMatchObject({ startIndex: 2, count: 5, sort: { by: "userName", descending: false } });
    expect(query.filter).toMatchObject({ kind: "present" });
    expect([query.selection.includes("userName"), query.selection.includes("title")]).toEqual([true, false]);
  });

  it.each([
    ["invalidSyntax", null],
    ["invalidSyntax", []],
    ["invalidSyntax", {}],
    ["invalidSyntax", { schemas: [LIST_RESPONSE_URN] }],
    ["invalidValue", { schemas: [SEARCH_REQUEST_URN], filter: 5 }],
    ["invalidValue", { schemas: [SEARCH_REQUEST_URN], count: "many" }],
    ["invalidValue", { schemas: [SEARCH_REQUEST_URN], count: {} }],
    ["invalidValue", { schemas: [SEARCH_REQUEST_URN], attributes: 5 }],
  ])("B31: %s for %j", (code, body) => {
    expect(codeOf(() => parseQuery(body, user, limits))).toBe(code);
  });
});

describe("parseWalk", () => {
  const walk = (query: string) => parseWalk(new URLSearchParams(query), limits);

  it.each([
    ["J22", "cursor", { cursor: "", count: 100 }],
    ["J22", "cursor=&count=5", { cursor: "", count: 5 }],
    ["J22", "cursor=abc&count=5&startIndex=", { cursor: "abc", count: 5 }],
    ["G09", "cursor&count=5000", { count: 200 }],
    ["J24", "cursor&filter=a&sortBy=b&sortOrder=c&attributes=d", { subject: ["a", "b", "c"] }],
  ])("%s: ?%s", (_id, query, expected) => {
    expect(walk(query)).toMatchObject(expected);
  });

  it("J22: goes by index without a cursor", () => {
    expect(walk("count=5&startIndex=2")).toBeUndefined();
    expect(parseWalk({ schemas: [SEARCH_REQUEST_URN], cursor: null }, limits)).toBeUndefined();
  });

  it.each([
    ["invalidCount", "cursor&count=0"],
    ["invalidCount", "cursor&count=-1"],
    ["invalidCount", "cursor&count=abc"],
    ["invalidCount", "cursor&count=1.5"],
    ["invalidCursor", "cursor=a&cursor=b"],
    ["invalidValue", "cursor&startIndex=1"],
    ["invalidValue", "cursor&filter=a&filter=b"],
  ])("J23: %s for ?%s", (code, query) => {
    expect(codeOf(() => walk(query))).toBe(code);
  });

  it("J23: invalidCursor for what is no text", () => {
    const search = { schemas: [SEARCH_REQUEST_URN], cursor: 5 };
    expect(codeOf(() => parseWalk(search, limits))).toBe("invalidCursor");
  });
});

describe("listResponse", () => {
  it("C05, C06, C07: counts what there is and what is in it", () => {
    expect(listResponse([{ id: "a" }], { totalResults: 7, startIndex: 3 })).toEqual({
      schemas: [LIST_RESPONSE_URN],
      totalResults: 7,
      startIndex: 3,
      itemsPerPage: 1,
      Resources: [{ id: "a" }],
    });
    expect(listResponse([], { totalResults: 7, startIndex: 99 })).toMatchObject({ itemsPerPage: 0, Resources: [] });
  });

  it("J22: says where a walk goes on, and leaves out what a walk does not know", () => {
    expect(listResponse([{ id: "a" }], { nextCursor: "x" })).toEqual({
      schemas: [LIST_RESPONSE_URN],
      itemsPerPage: 1,
      nextCursor: "x",
      Resources: [{ id: "a" }],
    });
  });
});
