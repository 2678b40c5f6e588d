import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { TEST_RESOURCES } from "../../src/host/test-resources.ts";
import { type Answer, openScimSession, type ScimSession, STORES } from "../scim-session.ts";

const TEST = "urn:ietf:params:scim:schemas:test:2.0:TestResource";
const EXTENSION = "urn:ietf:params:scim:schemas:extension:test:2.0:TestResource";

describe("without --test-resources", () => {
  it("there is no such endpoint", async () => {
    const scim = await openScimSession("memory");
    expect((await scim.send("GET", "/TestResources")).status).toBe(404);
    expect((await scim.send("GET", "/ResourceTypes")).body.totalResults).toBe(2);
    await scim.close();
  });
});

describe.each(STORES)("/TestResources on %s", (store) => {
  let scim: ScimSession;
  let count = 0;
  beforeEach(async () => {
    scim = await openScimSession(store, { resourceTypes: [TEST_RESOURCES] });
  });
  afterEach(() => scim.close());

  const whole = (given: object = {}) => ({
    schemas: [TEST, EXTENSION],
    identifier: `id-${++count}`,
    [EXTENSION]: { extRequired: "there" },
    ...given,
  });
  const post = (given?: object) => scim.send("POST", "/TestResources", whole(given));
  const create = async (given?: object): Promise<string> => {
    const created = await post(given);
    expect(created.status, created.text).toBe(201);
    return `/TestResources/${created.body.id}`;
  };
  const read = async (path: string) => (await scim.send("GET", path)).body;
  const find = async (filter: string) =>
    (await scim.send("GET", `/TestResources?filter=${encodeURIComponent(filter)}`)).body;
  const refused = (answer: Answer, status: number, scimType?: string) =>
    expect([answer.status, answer.body?.scimType], answer.text).toEqual([status, scimType]);

  it("A01, A28, J40: is created, with everything that was sent and nothing else", async () => {
    const sent = whole({
      externalId: "Ext-1",
      caseExactString: "aBc",
      integerAttr: 9007199254740991,
      booleanAttr: false,
      dateTimeAttr: "2026-05-01T02:00:00+02:00",
      binaryAttr: "3q2+7w==",
      referenceAttr: "https://example.com/x",
      alwaysReturnedAttr: "here",
      multiStrings: ["alpha", "beta", "gamma"],
      complexAttr: { sub1: "one", sub2: 2, sub3: true },
      multiComplex: [{ value: "one", type: "a", primary: true }, { value: "two" }],
      [EXTENSION]: { extString: "x", extRequired: "y", extInteger: 3 },
    });
    const { status, headers, body } = await scim.send("POST", "/TestResources", sent);
    const { id, meta, ...rest } = body;
    expect(status).toBe(201);
    expect(rest).toEqual(sent);
    expect(meta).toMatchObject({ resourceType: "TestResource", location: headers.get("location") });
    expect(await read(`/TestResources/${id}`)).toEqual(body);
  });

  it("G01, G02, G06: discovery lists the type and both schemas, fully characterised", async () => {
    const types = (await scim.send("GET", "/ResourceTypes")).body.Resources;
    expect(types.find(({ name }: { name: string }) => name === "TestResource")).toMatchObject({
      endpoint: "/TestResources",
      schema: TEST,
      schemaExtensions: [{ schema: EXTENSION, required: true }],
    });
    const { attributes } = await read(`/Schemas/${TEST}`);
    const named = (name: string) => attributes.find((attribute: { name: string }) => attribute.name === name);
    expect(named("identifier")).toMatchObject({ required: true, uniqueness: "server", caseExact: false });
    expect(named("writeOnlyAttr")).toMatchObject({ mutability: "writeOnly", returned: "never" });
    expect(named("immutableAttr").mutability).toBe("immutable");
    expect(named("requestOnlyAttr").returned).toBe("request");
    expect(named("alwaysReturnedAttr").returned).toBe("always");
    expect(named("referenceAttr")).toMatchObject({ type: "reference", referenceTypes: ["uri"], caseExact: true });
    expect(named("complexAttr").subAttributes.map(({ type }: { type: string }) => type)).toEqual([
      "string",
      "integer",
      "boolean",
    ]);
    expect((await read(`/Schemas/${EXTENSION}`)).attributes).toHaveLength(3);
  });

  it("A11: the required attribute and the required extension must be there", async () => {
    refused(await post({ identifier: undefined }), 400, "invalidValue");
    refused(await post({ identifier: "  " }), 400, "invalidValue");
    refused(await post({ [EXTENSION]: undefined }), 400, "invalidValue");
    refused(await post({ [EXTENSION]: { extString: "x" } }), 400, "invalidValue");
    expect((await read("/TestResources")).totalResults).toBe(0);
  });

  it("A11, D20: neither can be taken away later", async () => {
    const path = await create();
    refused(await scim.patch(path, { op: "remove", path: "identifier" }), 400, "mutability");
    refused(await scim.patch(path, { op: "remove", path: `${EXTENSION}:extRequired` }), 400, "mutability");
    refused(await scim.patch(path, { op: "remove", path: EXTENSION }), 400, "mutability");
    refused(await scim.patch(path, { op: "replace", path: "identifier", value: "" }), 400, "invalidValue");
    refused(await scim.send("PUT", path, { schemas: [TEST], identifier: "x" }), 400, "invalidValue");
  });

  it("A17, A18: the read-only attribute is ignored in bodies, and PATCH refuses it", async () => {
    const path = await create({ readOnlyAttr: "mine" });
    expect(await read(path)).not.toHaveProperty("readOnlyAttr");
    await scim.send("PUT", path, whole({ readOnlyAttr: "mine" }));
    expect(await read(path)).not.toHaveProperty("readOnlyAttr");
    refused(await scim.patch(path, { op: "add", path: "readOnlyAttr", value: "mine" }), 400, "mutability");
  });

  it("J13: the immutable attribute is set once", async () => {
    const path = await create({ identifier: "one" });
    const set = (value: string) => scim.patch(path, { op: "replace", path: "immutableAttr", value });
    expect((await set("first")).body.immutableAttr).toBe("first");
    expect((await set("first")).status).toBe(200);
    refused(await set("second"), 400, "mutability");
    refused(await scim.patch(path, { op: "remove", path: "immutableAttr" }), 400, "mutability");
    const put = (given: object) => scim.send("PUT", path, whole({ identifier: "one", ...given }));
    refused(await put({ immutableAttr: "second" }), 400, "mutability");
    expect((await put({})).body.immutableAttr).toBe("first");
  });

  it("A21, B26, J30: what is write-only is never seen again, by no way", async () => {
    const path = await create({ writeOnlyAttr: "hunter2" });
    const answers = [
      await scim.send("GET", `${path}?attributes=writeOnlyAttr`),
      await scim.patch(path, { op: "replace", path: "writeOnlyAttr", value: "hunter2" }),
      await scim.send("PUT", path, whole({ writeOnlyAttr: "hunter2" })),
      await scim.send("GET", "/TestResources"),
    ];
    for (const { status, text } of answers) {
      expect(status).toBe(200);
      expect(text).not.toContain("hunter2");
    }
    refused(await scim.send("GET", "/TestResources?filter=writeOnlyAttr%20sw%20%22h%22"), 403, "sensitive");
    refused(await scim.send("GET", "/TestResources?sortBy=writeOnlyAttr"), 403, "sensitive");
    refused(await post({ writeOnlyAttr: 7 }), 400, "invalidValue");
  });

  it("C12, C16: request, always and default", async () => {
    const path = await create({ requestOnlyAttr: "asked", alwaysReturnedAttr: "here", caseExactString: "x" });
    expect(await read(path)).not.toHaveProperty("requestOnlyAttr");
    expect(await read(`${path}?attributes=requestOnlyAttr`)).toMatchObject({
      requestOnlyAttr: "asked",
      alwaysReturnedAttr: "here",
    });
    expect(await read(`${path}?attributes=identifier`)).not.toHaveProperty("caseExactString");
    const excluded = await read(`${path}?excludedAttributes=alwaysReturnedAttr,caseExactString`);
    expect(excluded.alwaysReturnedAttr).toBe("here");
    expect(excluded).not.toHaveProperty("caseExactString");
    expect((await find('requestOnlyAttr eq "asked"')).totalResults).toBe(1);
  });

  it("C12: what is returned on request comes back to who wrote it, and to nobody else", async () => {
    const created = await post({ requestOnlyAttr: "asked" });
    expect(created.body.requestOnlyAttr).toBe("asked");
    const path = `/TestResources/${created.body.id}`;
    const other = await scim.patch(path, { op: "replace", path: "integerAttr", value: 1 });
    expect(other.body).not.toHaveProperty("requestOnlyAttr");
    const patched = await scim.patch(path, { op: "replace", value: { requestOnlyAttr: "again" } });
    expect(patched.body.requestOnlyAttr).toBe("again");
    const put = (query: string) => scim.send("PUT", path + query, whole({ requestOnlyAttr: "put" }));
    expect((await put("")).body.requestOnlyAttr).toBe("put");
    expect((await put("?attributes=identifier")).body).not.toHaveProperty("requestOnlyAttr");
    expect((await put("?excludedAttributes=requestOnlyAttr")).body).not.toHaveProperty("requestOnlyAttr");
  });

  it("A10: two attributes are unique, without case, on POST, PUT and PATCH", async () => {
    const first = await create({ identifier: "Straße", uniqueString: "u" });
    const second = await create({ identifier: "other" });
    for (const given of [{ identifier: "STRAßE" }, { uniqueString: "U" }]) {
      refused(await post(given), 409, "uniqueness");
      refused(await scim.send("PUT", second, whole(given)), 409, "uniqueness");
      refused(await scim.patch(second, { op: "replace", value: given }), 409, "uniqueness");
    }
    expect((await read(second)).identifier).toBe("other");
    expect((await scim.patch(first, { op: "replace", path: "identifier", value: "sTRAßE" })).status).toBe(200);
    expect((await post({ uniqueString: "U" })).body.detail).toContain("uniqueString");
  });

  it("A10, A20: a value is free again when it was given up or its resource deleted", async () => {
    const first = await create({ identifier: "a", uniqueString: "u" });
    await scim.patch(first, { op: "remove", path: "uniqueString" });
    const second = await create({ identifier: "b", uniqueString: "u" });
    expect((await scim.send("DELETE", second)).status).toBe(204);
    expect((await scim.send("GET", second)).status).toBe(404);
    expect((await scim.send("DELETE", second)).status).toBe(404);
    await create({ identifier: "b", uniqueString: "u" });
  });

  it("J02: of eight that are created at the same time with one value, one is", async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => post({ identifier: "same" })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409, 409, 409, 409]);
  });

  it("B01, B04: filters compare as caseExact says", async () => {
    await create({ identifier: "Alpha", caseExactString: "Beta", caseInsensitiveString: "Gamma", binaryAttr: "AAAA" });
    const totals = async (...filters: readonly string[]) =>
      Promise.all(filters.map(async (filter) => (await find(filter)).totalResults));
    expect(
      await totals(
        'identifier eq "aLPHA"',
        'caseInsensitiveString eq "gamma"',
        'caseExactString eq "Beta"',
        'caseExactString eq "beta"',
        'binaryAttr eq "AAAA"',
        'binaryAttr eq "aaaa"',
        'identifier eq "alpha" and caseExactString eq "beta"',
        'identifier eq "alpha" or caseExactString eq "beta"',
        'not (identifier eq "alpha")',
        `${EXTENSION}:extRequired eq "THERE"`,
        'identifier eq "nobody"',
      ),
    ).toEqual([1, 1, 1, 0, 1, 0, 0, 1, 0, 1, 0]);
  });

  it("B01: finds by id and externalId", async () => {
    const path = await create({ externalId: "Ext-1" });
    await create({ externalId: "Ext-2" });
    const { id } = await read(path);
    expect((await find(`id eq "${id}"`)).Resources.map((one: { id: string }) => one.id)).toEqual([id]);
    expect((await find('externalId eq "Ext-1"')).Resources.map((one: { id: string }) => one.id)).toEqual([id]);
    expect((await find('externalId eq "ext-1"')).totalResults).toBe(0);
    expect((await find(`id eq "${id}" and externalId eq "Ext-2"`)).totalResults).toBe(0);
  });

  it("B14: compares dateTimes as instants, integers as numbers", async () => {
    await create({ dateTimeAttr: "2026-05-01T02:00:00+02:00", integerAttr: 9 });
    for (const filter of ['dateTimeAttr eq "2026-05-01T00:00:00Z"', "integerAttr lt 10", "integerAttr gt 8"]) {
      expect((await find(filter)).totalResults, filter).toBe(1);
    }
  });

  it.each([
    ["J33", "integerAttr", 2 ** 53],
    ["J33", "integerAttr", 1.5],
    ["A22", "integerAttr", "7"],
    ["A22", "booleanAttr", "maybe"],
    ["A23", "caseExactString", 7],
    ["A22", "dateTimeAttr", "2026-02-30T00:00:00Z"],
    ["A22", "dateTimeAttr", "yesterday"],
    ["J32", "binaryAttr", "not base64!"],
    ["J32", "binaryAttr", "AAAAA"],
    ["J32", "referenceAttr", "no uri"],
    ["J32", "referenceAttr", "javascript:alert(1)"],
    ["A22", "multiStrings", { a: 1 }],
    ["A22", "complexAttr", "text"],
    ["A22", "complexAttr", { sub2: "two" }],
    [
      "A26",
      "multiComplex",
      [
        { value: "a", primary: true },
        { value: "b", primary: true },
      ],
    ],
  ])("%s, D45: %s does not take %j", async (_requirement, name, value) => {
    refused(await post({ [name]: value }), 400, "invalidValue");
    const path = await create();
    refused(await scim.patch(path, { op: "replace", path: name, value }), 400, "invalidValue");
    expect(await read(path)).not.toHaveProperty(name);
  });

  it("D03, D05, D12, D16, D26: PATCH of complex and multi-valued attributes", async () => {
    const path = await create({
      complexAttr: { sub1: "one", sub2: 2 },
      multiStrings: ["a"],
      multiComplex: [{ value: "x", type: "t", primary: true }, { value: "y" }],
    });
    const patched = await scim.patch(
      path,
      { op: "add", value: { complexAttr: { sub3: true } } },
      { op: "add", path: "multiStrings", value: ["A", "b"] },
      { op: "replace", path: 'multiComplex[value eq "Y"].primary', value: true },
      { op: "remove", path: 'multiComplex[type eq "t"].type' },
    );
    expect(patched.body).toMatchObject({
      complexAttr: { sub1: "one", sub2: 2, sub3: true },
      multiStrings: ["a", "b"],
      multiComplex: [
        { value: "x", primary: false },
        { value: "y", primary: true },
      ],
    });
    await scim.patch(
      path,
      { op: "remove", path: 'multiComplex[value eq "x"]' },
      { op: "remove", path: "multiStrings" },
    );
    const left = await read(path);
    expect(left.multiComplex).toEqual([{ value: "y", primary: true }]);
    expect(left).not.toHaveProperty("multiStrings");
  });

  it("D24, D29: a PATCH that fails half-way changes nothing", async () => {
    const path = await create({ caseExactString: "before" });
    const before = await read(path);
    const first = { op: "replace", path: "caseExactString", value: "after" };
    refused(await scim.patch(path, first, { op: "replace", path: "nothing", value: 1 }), 400, "invalidPath");
    refused(await scim.patch(path, first, { op: "replace", path: "integerAttr", value: "x" }), 400, "invalidValue");
    expect(await read(path)).toEqual(before);
  });

  it("A18, A19: PUT clears what it leaves out, and never creates", async () => {
    const path = await create({ identifier: "one", caseExactString: "x", multiStrings: ["a"] });
    const replaced = await scim.send("PUT", path, whole({ identifier: "one", integerAttr: 1 }));
    expect(replaced.body).toMatchObject({ identifier: "one", integerAttr: 1 });
    expect(replaced.body).not.toHaveProperty("caseExactString");
    expect(replaced.body).not.toHaveProperty("multiStrings");
    refused(await scim.send("PUT", "/TestResources/nobody", whole()), 404);
  });

  it("E01 to E05, D27: versions, and conditions on them", async () => {
    const path = await create({ integerAttr: 1 });
    const { headers, body } = await scim.send("GET", path);
    const etag = headers.get("etag") ?? "";
    expect(body.meta.version).toBe(etag);
    expect((await scim.send("GET", path, undefined, { "if-none-match": etag })).status).toBe(304);
    const same = await scim.patch(path, { op: "replace", path: "integerAttr", value: 1 });
    expect(same.body.meta).toEqual(body.meta);
    await scim.patch(path, { op: "replace", path: "integerAttr", value: 2 });
    const stale = { "if-match": etag };
    const patch = {
      schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
      Operations: [{ op: "remove", path: "integerAttr" }],
    };
    refused(await scim.send("PUT", path, whole(), stale), 412);
    refused(await scim.send("PATCH", path, patch, stale), 412);
    refused(await scim.send("DELETE", path, undefined, stale), 412);
    expect((await scim.send("DELETE", path, undefined, { "if-match": "*" })).status).toBe(204);
  });

  it("C01, C05, C09, C10: pages and sorted lists", async () => {
    for (const [identifier, integerAttr] of [
      ["a", 2],
      ["b", undefined],
      ["c", 10],
      ["d", 1],
    ] as const) {
      await create({ identifier, integerAttr });
    }
    const list = async (query: string) => {
      const { totalResults, Resources = [] } = await read(`/TestResources?${query}`);
      return [totalResults, Resources.map((one: { identifier: string }) => one.identifier).join("")];
    };
    expect(await list("count=2")).toEqual([4, "ab"]);
    expect(await list("count=2&startIndex=3")).toEqual([4, "cd"]);
    expect(await list("count=0")).toEqual([4, ""]);
    expect(await list("sortBy=integerAttr")).toEqual([4, "dacb"]);
    expect(await list("sortBy=integerAttr&sortOrder=descending&count=2")).toEqual([4, "bc"]);
    const sorted = {
      schemas: ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"],
      filter: "integerAttr pr",
      count: 1,
    };
    const searched = await scim.send("POST", "/TestResources/.search", sorted);
    expect(searched.body).toMatchObject({ totalResults: 3, itemsPerPage: 1 });
  });

  it("A32, A33, J34: unknown and inherited names reach nothing", async () => {
    const path = await create({ colour: "red", constructor: "x", idеntifier: "cyrillic" });
    expect(Object.keys(await read(path)).sort()).toEqual(["schemas", "id", "identifier", EXTENSION, "meta"].sort());
    refused(await scim.patch(path, { op: "add", path: "__proto__.x", value: 1 }), 400, "invalidPath");
    refused(await scim.patch(path, { op: "add", path: "constructor", value: 1 }), 400, "invalidPath");
  });

  it("J02: the resource of one type is none of another", async () => {
    const path = await create();
    const id = path.split("/").at(-1);
    for (const other of ["/Users", "/Groups"]) refused(await scim.send("GET", `${other}/${id}`), 404);
  });

  it("R62: writes are audited by the names of what changed, and are no sync events", async () => {
    const path = await create({ externalId: "e", caseExactString: "secret" });
    await scim.patch(path, { op: "replace", path: "caseExactString", value: "other" });
    await scim.patch(path, { op: "replace", path: "caseExactString", value: "other" });
    await scim.send("DELETE", path);
    const { admin } = scim.server.provisioning;
    const { items } = await admin.audit.list("acme", { limit: 3 });
    expect(items.map(({ action, subject, before, after }) => [action, subject.type, before, after])).toEqual([
      ["resource.deleted", "TestResource", { externalId: "e" }, null],
      ["resource.updated", "TestResource", null, { changed: ["caseExactString"] }],
      ["resource.created", "TestResource", null, { externalId: "e" }],
    ]);
    refused(await post({ identifier: undefined }), 400, "invalidValue");
    expect((await admin.syncEvents.list("acme")).items).toEqual([]);
    expect((await admin.syncFailures.list("acme")).items).toEqual([]);
  });
});
