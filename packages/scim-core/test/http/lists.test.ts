import { describe, expect, it } from "vitest";
import {
  type Answer,
  filtered,
  GROUP_URN,
  LIST_URN,
  listed,
  openScim,
  type Scim,
  SEARCH_URN,
  USER_URN,
} from "../harness.ts";

const NAMES = ["anna", "bert", "cleo", "dora", "emil"];

async function withUsers(names: readonly string[] = NAMES, limits = {}): Promise<Scim> {
  const scim = openScim({ limits });
  for (const name of names) await scim.createUser(name, name === "cleo" ? {} : { title: `T-${name}` });
  return scim;
}

const page = ({ body }: Answer): readonly unknown[] => [body.totalResults, body.startIndex, body.itemsPerPage];

describe("pages", () => {
  it("C01: begin at 1 and do not overlap", async () => {
    const scim = await withUsers();
    const first = await scim.get("/Users?startIndex=1&count=2");
    const second = await scim.get("/Users?startIndex=3&count=2");
    expect(first.body.schemas).toEqual([LIST_URN]);
    expect([...listed(first), ...listed(second)].toSorted()).toEqual(["anna", "bert", "cleo", "dora"]);
  });

  it.each([
    ["C02", "count=0", [5, 1, 0]],
    ["C03", "startIndex=0&count=2", [5, 1, 2]],
    ["C03", "startIndex=-7&count=2", [5, 1, 2]],
    ["C04", "count=-1", [5, 1, 0]],
    ["C05", "startIndex=4&count=5", [5, 4, 2]],
    ["C06", "count=3", [5, 1, 3]],
    ["C07", "startIndex=6&count=5", [5, 6, 0]],
    ["C07", "startIndex=99999999&count=5", [5, 99999999, 0]],
  ])("%s: %s", async (_id, query, expected) => {
    const answer = await (await withUsers()).get(`/Users?${query}`);
    expect(answer.status).toBe(200);
    expect(page(answer)).toEqual(expected);
    expect(listed(answer)).toHaveLength(Number(expected[2]));
  });

  it.each(["startIndex=abc", "count=abc", "count=1.5", "startIndex=1e9999", "startIndex=0x10"])(
    "C08: %s is refused",
    async (query) => {
      expect(await (await withUsers()).get(`/Users?${query}`)).toMatchObject({ status: 400, body: { status: "400" } });
    },
  );

  it("G09: hold no more than the maximum, whatever is asked for", async () => {
    const scim = await withUsers(NAMES, { maxResults: 3 });
    expect(page(await scim.get("/Users?count=99999999"))).toEqual([5, 1, 3]);
    expect((await scim.get("/ServiceProviderConfig")).body).toMatchObject({ filter: { maxResults: 3 } });
  });

  it("G10: have a size when none is asked for, from which paging goes on", async () => {
    const scim = await withUsers(NAMES, { defaultResults: 2 });
    const seen: unknown[] = [];
    for (let startIndex = 1; startIndex <= 5; ) {
      const answer = await scim.get(`/Users?startIndex=${startIndex}`);
      seen.push(...listed(answer));
      startIndex += Number(answer.body.itemsPerPage);
    }
    expect(seen.toSorted()).toEqual(NAMES);
  });

  it("C02: an empty connection has an empty list, which is no error", async () => {
    const answer = await openScim().get(filtered("/Users", 'userName eq "nobody"'));
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ schemas: [LIST_URN], totalResults: 0 });
  });

  it.each(["cursor", "cursor=", "cursor=abc&count=2"])("I01: ?%s is no reason to fail", async (query) => {
    expect((await (await withUsers()).get(`/Users?${query}`)).status).toBe(200);
  });
});

describe("order", () => {
  it("C09: descending", async () => {
    const answer = await (await withUsers()).get("/Users?sortBy=userName&sortOrder=descending");
    expect(listed(answer)).toEqual(NAMES.toReversed());
  });

  it("C10: what has no value comes last when ascending", async () => {
    expect(listed(await (await withUsers()).get("/Users?sortBy=title")).at(-1)).toBe("cleo");
  });

  it("C11: what has no value comes first when descending", async () => {
    expect(listed(await (await withUsers()).get("/Users?sortBy=title&sortOrder=descending")).at(0)).toBe("cleo");
  });
});

describe("filters", () => {
  it.each([
    ["B01", 'userName eq "ANNA"', ["anna"]],
    ["B02", 'USERNAME eq "anna"', ["anna"]],
    ["B03", 'userName EQ "anna" AND title PR', ["anna"]],
    ["B06", "not (title pr)", ["cleo"]],
    ["B10", `${USER_URN}:userName eq "bert"`, ["bert"]],
    ["B16", 'userName eq "an\\"na"', []],
    ["B23", 'userName eq "anna" or userName eq "bert" and title eq "T-cleo"', ["anna"]],
  ])("%s: %s", async (_id, filter, expected) => {
    const answer = await (await withUsers()).get(filtered("/Users", filter));
    expect(answer.status).toBe(200);
    expect(listed(answer)).toEqual(expected);
  });

  it.each([
    ["B15", "active gt true"],
    ["B19", 'userName is "anna"'],
    ["B20", 'userName eq "anna" ?'],
    ["B21", 'userName eq "anna'],
    ["B22", '(userName eq "anna"'],
    ["B30", 'nobody eq "anna"'],
    ["J16", `userName eq "${"x".repeat(9000)}"`],
    ["B28", `${"(".repeat(500)}title pr${")".repeat(500)}`],
  ])("%s: 400 invalidFilter for %s", async (_id, filter) => {
    const { status, body } = await (await withUsers()).get(filtered("/Users", filter));
    expect(status).toBe(400);
    expect(body.scimType).toBe("invalidFilter");
  });

  it("B26: a filter on the password tells nothing about it", async () => {
    const scim = openScim();
    await scim.createUser("ada", { password: "hunter2" });
    const answers = await Promise.all(
      ["hunter2", "wrong"].map((guess) => scim.get(filtered("/Users", `password eq "${guess}"`))),
    );
    expect(answers[0]?.status).toBe(answers[1]?.status);
    expect(listed(answers[0] ?? (await scim.get("/Users")))).toEqual([]);
  });

  it("B27: an id is an id, not a piece of a filter", async () => {
    const id = encodeURIComponent('x" or userName pr or id eq "');
    expect((await (await withUsers()).get(`/Users/${id}`)).status).toBe(404);
  });

  it("B29: sixteen groups of alternatives are answered at once", async () => {
    const filter = Array.from({ length: 16 }, () => '(userName eq "anna" or title pr)').join(" and ");
    const scim = await withUsers();
    const started = performance.now();
    expect(listed(await scim.get(filtered("/Users", filter)))).toHaveLength(4);
    expect(performance.now() - started).toBeLessThan(1000);
  });

  it("J36: + and %20 are both a blank", async () => {
    const scim = await withUsers();
    expect(listed(await scim.get("/Users?filter=userName+eq+%22anna%22"))).toEqual(["anna"]);
    expect(listed(await scim.get("/Users?filter=userName%20eq%20%22anna%22"))).toEqual(["anna"]);
  });

  it("parameters that nobody knows are ignored, before and after", async () => {
    const scim = await withUsers();
    expect(listed(await scim.get("/Users?aadOptscim062020&filter=userName%20eq%20%22anna%22&x=1"))).toEqual(["anna"]);
  });
});

describe("searching by POST", () => {
  const search = { schemas: [SEARCH_URN], filter: 'userName sw "a" or title eq "T-bert"', attributes: ["userName"] };

  it("B31: finds in one type what GET would find", async () => {
    const answer = await (await withUsers()).send("POST", "/Users/.search", { ...search, startIndex: 1, count: 1 });
    expect(answer.status).toBe(200);
    expect(page(answer)).toEqual([2, 1, 1]);
    expect(answer.body.Resources).toEqual([{ schemas: [USER_URN], id: expect.any(String), userName: "anna" }]);
  });

  it("B31: takes only POST", async () => {
    const { status, headers } = await openScim().get("/Users/.search");
    expect([status, headers.get("allow")]).toEqual([405, "POST"]);
  });

  it.each([{}, { schemas: [] }, { schemas: [USER_URN] }, { schemas: [SEARCH_URN], filter: 7 }])(
    "B31: 400 for what is no search request: %j",
    async (body) => {
      expect((await openScim().send("POST", "/Users/.search", body)).status).toBe(400);
    },
  );

  it("B32: finds in all types, one page over all of them", async () => {
    const scim = await withUsers(["anna", "bert"]);
    await scim.createGroup("authors");
    await scim.createGroup("buyers");
    const kinds = async (more: object): Promise<readonly unknown[]> => {
      const { body } = await scim.send("POST", "/.search", { schemas: [SEARCH_URN], ...more });
      const resources = Array.isArray(body.Resources) ? body.Resources : [];
      return [body.totalResults, resources.map(({ userName, displayName }) => userName ?? displayName)];
    };
    expect(await kinds({})).toEqual([4, ["anna", "bert", "authors", "buyers"]]);
    expect(await kinds({ startIndex: 2, count: 2 })).toEqual([4, ["bert", "authors"]]);
    expect(await kinds({ startIndex: 4, count: 9 })).toEqual([4, ["buyers"]]);
    expect(await kinds({ count: 0 })).toEqual([4, []]);
    expect(await kinds({ startIndex: 5 })).toEqual([4, []]);
  });

  it("B32: a type that lacks the attribute has no match; a filter that no type knows is wrong", async () => {
    const scim = await withUsers(["anna"]);
    await scim.createGroup("anna");
    const all = (filter: string): Promise<Answer> => scim.send("POST", "/.search", { schemas: [SEARCH_URN], filter });
    expect((await all('userName eq "anna"')).body.totalResults).toBe(1);
    expect((await all("id pr")).body.totalResults).toBe(2);
    expect((await all('meta.resourceType eq "Group"')).body).toMatchObject({
      totalResults: 1,
      Resources: [{ schemas: [GROUP_URN], displayName: "anna" }],
    });
    expect(await all('nobody eq "anna"')).toMatchObject({ status: 400, body: { scimType: "invalidFilter" } });
  });
});
