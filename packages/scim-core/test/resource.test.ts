import { describe, expect, it } from "vitest";
import {
  type Attributes,
  ENTERPRISE_USER_URN,
  extension,
  flag,
  GROUP_URN,
  type ParsedResource,
  parseResource,
  type ResourceType,
  text,
  USER_URN,
  userResourceType,
  viewResource,
} from "../src/index.ts";
import { codeOf, detailOf, group, TEAM_URN, TEST_URN, team, testResource, user } from "./types.ts";

const parse = (body: object, type: ResourceType = user): ParsedResource =>
  parseResource({ schemas: [USER_URN], userName: "mira", ...body }, type, "create");

const attributesOf = (body: object): Attributes => {
  const { userName, ...attributes } = parse(body).attributes;
  return attributes;
};

const test = (body: object): Attributes => {
  const { identifier, ...attributes } = parseResource(
    { schemas: [TEST_URN], identifier: "1", ...body },
    testResource,
    "create",
  ).attributes;
  return attributes;
};

const refusal = (body: object): unknown => codeOf(() => parse(body));

describe("the body", () => {
  it.each([undefined, null, 5, "text", [], true])("A04: %j is no resource", (body) => {
    expect(codeOf(() => parseResource(body, user, "create"))).toBe("invalidSyntax");
  });

  it("A12: schemas is needed", () => {
    expect(codeOf(() => parseResource({ userName: "mira" }, user, "create"))).toBe("invalidSyntax");
    expect(refusal({ schemas: USER_URN })).toBe("invalidSyntax");
  });

  it("A13: schemas contains the resource's URN, in any case, beside whatever else", () => {
    expect(refusal({ schemas: [] })).toBe("invalidValue");
    expect(refusal({ schemas: [GROUP_URN] })).toBe("invalidValue");
    expect(refusal({ schemas: [ENTERPRISE_USER_URN, 5] })).toBe("invalidValue");
    expect(refusal({ schemas: [USER_URN.toLowerCase(), "urn:example:unknown"] })).toBe("no error");
  });

  it("A09, A17: what is read-only is ignored", () => {
    const body = { id: "x", meta: { version: "1", resourceType: "Group" }, groups: [{ value: "g" }] };
    expect(attributesOf(body)).toEqual({});
  });

  it("A11: a required attribute is needed", () => {
    for (const userName of [undefined, null, "", " "]) expect(refusal({ userName })).toBe("invalidValue");
    expect(detailOf(() => parse({ userName: null }))).toBe("userName is required. Map it in the identity provider.");
    expect(codeOf(() => parseResource({ schemas: [GROUP_URN] }, group, "replace"))).toBe("invalidValue");
  });

  it("A14: names ignore case", () => {
    const body = { EXTERNALID: "e", Name: { GIVENNAME: "m" }, emails: [{ VALUE: "v" }] };
    expect(attributesOf(body)).toEqual({ externalId: "e", name: { givenName: "m" }, emails: [{ value: "v" }] });
  });

  it("A15: one attribute in two spellings is refused", () => {
    expect(refusal({ username: "other" })).toBe("invalidSyntax");
    expect(refusal({ name: { givenName: "a", givenname: "b" } })).toBe("invalidSyntax");
    expect(refusal({ "name.givenName": "a", "NAME.givenname": "b" })).toBe("invalidSyntax");
    expect(refusal({ name: {}, "name.givenName": "a" })).toBe("invalidSyntax");
    expect(refusal({ [`${USER_URN}:userName`]: "x" })).toBe("invalidSyntax");
    expect(refusal({ [TEAM_URN]: { badge: "1" }, [TEAM_URN.toUpperCase()]: { badge: "2" } })).toBe("invalidSyntax");
    expect(refusal({ [TEAM_URN]: { badge: "1" }, [`${TEAM_URN}:badge`]: "1" })).toBe("invalidSyntax");
  });

  it("A16: null, [] and empty text are unassigned", () => {
    const body = {
      displayName: null,
      emails: [],
      phoneNumbers: null,
      title: "",
      name: { givenName: "" },
      roles: [null, ""],
    };
    expect(attributesOf({ ...body, [TEAM_URN]: null, [ENTERPRISE_USER_URN]: { department: null } })).toEqual({});
  });

  it("A21: a password is checked, and not kept", () => {
    expect(attributesOf({ password: "hunter2" })).toEqual({});
    expect(refusal({ password: 5 })).toBe("invalidValue");
    expect(test({ writeOnlyAttr: "x" })).toEqual({});
  });

  it("A32: what nobody knows is not kept", () => {
    expect(
      attributesOf({ favouriteColour: "red", department: "bare name", "urn:example:x": { a: 1 }, name: { pet: "y" } }),
    ).toEqual({});
  });

  it("A33: names of JavaScript are names like any other that nobody knows", () => {
    const body = JSON.parse(
      `{"__proto__":{"title":"x"},"constructor":{"a":1},"name":{"__proto__":{"givenName":"x"}},"emails":[{"__proto__":{"value":"x"}}],` +
        `"${TEAM_URN}":{"__proto__":{"badge":"x"}},"${TEAM_URN}:__proto__":{"badge":"x"},"${USER_URN}":{"constructor":1}}`,
    ) as object;
    expect(attributesOf(body)).toEqual({});
    expect(parse(body).unknown).toEqual([`${TEAM_URN}:__proto__`, `${TEAM_URN}:__proto__`]);
    expect(({} as Record<string, unknown>).title).toBeUndefined();
  });

  it("R18: what only looks like an attribute of an extension is told, shortened", () => {
    const { attributes, unknown } = parse({
      [TEAM_URN]: { "isTeamAccount ": "True", [`x${"y".repeat(200)}`]: 1, schemas: [TEAM_URN] },
    });
    expect(attributes).toEqual({ userName: "mira" });
    expect(unknown).toEqual([`${TEAM_URN}:isTeamAccount `, `${TEAM_URN}:x${"y".repeat(99)}…`]);
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`name${at}`, 1]));
    expect(parse({ [TEAM_URN]: many }).unknown).toHaveLength(20);
  });

  it("D07, D09: dotted and flat names are tolerated", () => {
    expect(
      attributesOf({ "name.givenName": "m", "name.familyName": "o", [`${TEAM_URN}:isTeamAccount`]: "True" }),
    ).toEqual({
      name: { givenName: "m", familyName: "o" },
      [TEAM_URN]: { isTeamAccount: true },
    });
  });

  it("R19: an extension object counts though its URN is not listed, under any spelling of the URN", () => {
    expect(attributesOf({ [TEAM_URN.toUpperCase()]: { ISTEAMACCOUNT: false } })).toEqual({
      [TEAM_URN]: { isTeamAccount: false },
    });
    expect(refusal({ [TEAM_URN]: "True" })).toBe("invalidValue");
  });

  it("a required extension, and a required attribute of one that is there, are needed", () => {
    const must = userResourceType([
      extension("urn:example:must", { badge: text({ required: true }) }, { required: true }),
    ]);
    const may = userResourceType([extension("urn:example:may", { badge: text({ required: true }), note: text() })]);
    expect(codeOf(() => parse({}, must))).toBe("invalidValue");
    expect(codeOf(() => parse({ "urn:example:must": { badge: "1" } }, must))).toBe("no error");
    expect(codeOf(() => parse({}, may))).toBe("no error");
    expect(codeOf(() => parse({ "urn:example:may": { note: "1" } }, may))).toBe("invalidValue");
  });
});

describe("values", () => {
  it.each([true, "true", "True", "TRUE", ["True"], [true]])("A24: active %j is true", (active) => {
    expect(attributesOf({ active })).toEqual({ active: true });
  });

  it.each(["False", "false", false])("A25: isTeamAccount %j is false", (isTeamAccount) => {
    expect(attributesOf({ [TEAM_URN]: { isTeamAccount } })).toEqual({ [TEAM_URN]: { isTeamAccount: false } });
  });

  it.each(["yes", "1", 1, 0, "", " true", [true, false], {}])("A22: active %j is refused", (active) => {
    expect(refusal({ active })).toBe("invalidValue");
  });

  it("R17: the refusal names the attribute and what came", () => {
    expect(detailOf(() => parse({ [TEAM_URN]: { isTeamAccount: "maybe" } }))).toBe(
      `isTeamAccount (${TEAM_URN}) must be a boolean; got "maybe".`,
    );
    expect(detailOf(() => parse({ emails: [{ value: "a" }, { value: 7 }] }))).toBe(
      "emails, value 2, value must be a string without NUL and lone surrogates; got 7.",
    );
  });

  it.each([
    { title: 5 },
    { title: true },
    { title: ["a", "b"] },
    { name: "Mira" },
    { name: [{}, {}] },
    { emails: "a", phoneNumbers: 5 },
    { emails: [{ value: ["a", "b"] }] },
    { title: "a\u0000" },
    { title: "\udfff" },
  ])("A23: %j is of the wrong type", (body) => {
    expect(refusal(body)).toBe("invalidValue");
  });

  it("A26: two primary values are refused", () => {
    expect(
      refusal({
        emails: [
          { value: "a", primary: true },
          { value: "b", primary: "True" },
        ],
      }),
    ).toBe("invalidValue");
    expect(
      refusal({
        emails: [
          { value: "a", primary: true },
          { value: "b", primary: false },
        ],
      }),
    ).toBe("no error");
  });

  it("A27: a type that nobody suggested is kept", () => {
    expect(attributesOf({ emails: [{ value: "a", type: "billing" }] })).toEqual({
      emails: [{ value: "a", type: "billing" }],
    });
  });

  it("J31: the same value and type is stored once", () => {
    const emails = [{ value: "A@x", type: "work" }, { value: "a@X", type: "Work", display: "A" }, { value: "a@x" }];
    expect(attributesOf({ emails })).toEqual({
      emails: [{ value: "A@x", type: "Work", display: "A" }, { value: "a@x" }],
    });
    expect(test({ multiStrings: ["a", "A", "b"] })).toEqual({ multiStrings: ["a", "b"] });
  });

  it("J38, OneLogin: one object for many, an array around one, text for an object", () => {
    expect(attributesOf({ emails: { value: "a" } })).toEqual({ emails: [{ value: "a" }] });
    expect(attributesOf({ emails: "a" })).toEqual({ emails: [{ value: "a" }] });
    expect(attributesOf({ emails: ["a", "b"] })).toEqual({ emails: [{ value: "a" }, { value: "b" }] });
    expect(attributesOf({ name: [{ givenName: "m" }] })).toEqual({ name: { givenName: "m" } });
    expect(attributesOf({ [ENTERPRISE_USER_URN]: { manager: "m-1" } })).toEqual({
      [ENTERPRISE_USER_URN]: { manager: { value: "m-1" } },
    });
  });

  it("OneLogin: values that its template left empty are none", () => {
    const body = {
      phoneNumbers: [{ value: "", type: "work" }],
      [ENTERPRISE_USER_URN]: { manager: { value: "", displayName: " " } },
    };
    expect(attributesOf(body)).toEqual({});
  });

  it("J32: base64 is checked", () => {
    for (const value of ["AAEC", "AAE=", "AA==", "-_-_", "AAE"])
      expect(test({ binaryAttr: value })).toEqual({ binaryAttr: value });
    for (const value of ["A", "AAE==", "A A=", "===="])
      expect(codeOf(() => test({ binaryAttr: value }))).toBe("invalidValue");
  });

  it("J32: references are checked and kept as they are", () => {
    for (const value of ["https://x.example/a?b=c#d", "../Users/1", "urn:example:a"]) {
      expect(test({ referenceAttr: value })).toEqual({ referenceAttr: value });
    }
    for (const value of ["a b", "javascript:alert(1)", "JavaScript:x", "<x>"]) {
      expect(codeOf(() => test({ referenceAttr: value }))).toBe("invalidValue");
    }
  });

  it("J33: integers are kept exactly or refused", () => {
    expect(test({ integerAttr: Number.MAX_SAFE_INTEGER })).toEqual({ integerAttr: Number.MAX_SAFE_INTEGER });
    for (const value of [2 ** 53, -(2 ** 53), 1.5, "1", JSON.parse("9007199254740993")]) {
      expect(codeOf(() => test({ integerAttr: value }))).toBe("invalidValue");
    }
    expect(test({ decimalAttr: 1.5 })).toEqual({ decimalAttr: 1.5 });
    expect(codeOf(() => test({ decimalAttr: 1e300 }))).toBe("invalidValue");
  });

  it("B14: dateTimes are checked", () => {
    for (const value of ["2026-02-28T23:59:59Z", "2026-02-28T23:59:59.123+02:00", "2026-02-28T23:59:59"]) {
      expect(test({ dateTimeAttr: value })).toEqual({ dateTimeAttr: value });
    }
    for (const value of [
      "2026-02-30T00:00:00Z",
      "2026-02-28",
      "now",
      "2026-13-01T00:00:00Z",
      "2026-02-28T25:00:00Z",
      5,
    ]) {
      expect(codeOf(() => test({ dateTimeAttr: value }))).toBe("invalidValue");
    }
  });

  it("J40: nothing is invented", () => {
    const body = {
      name: { givenName: "M", familyName: "O" },
      emails: [{ value: "a@x", type: "work", primary: true }],
      roles: [{ value: '{"id":"1"}' }],
    };
    expect(attributesOf(body)).toEqual(body);
  });
});

describe("members", () => {
  const members = (value: unknown): unknown =>
    parseResource({ schemas: [GROUP_URN], displayName: "g", members: value }, group, "create").attributes.members;

  it("J09, J31: are distinct ids, whatever stands beside them", () => {
    expect(members([{ value: "a", type: "User", display: "A", $ref: null }, { value: "a" }, "b"])).toEqual([
      { value: "a" },
      { value: "b" },
    ]);
    expect(members([])).toBeUndefined();
    expect(members(null)).toBeUndefined();
  });

  it("J08: more than other attributes may have", () => {
    const value = Array.from({ length: 10_001 }, (_, at) => ({ value: `u-${at}` }));
    expect(members(value)).toHaveLength(10_001);
  });

  it("J11: are no groups, and have an id", () => {
    expect(codeOf(() => members([{ value: "g", type: "Group" }]))).toBe("invalidValue");
    expect(codeOf(() => members([{ display: "A" }]))).toBe("invalidValue");
    expect(codeOf(() => members({ value: 5 }))).toBe("invalidValue");
  });
});

describe("viewResource", () => {
  it("types the values of an extension", () => {
    const view = viewResource({ userName: "a", [TEAM_URN]: { isTeamAccount: true } });
    const { isTeamAccount, badge }: { readonly isTeamAccount?: boolean; readonly badge?: string } = view.get(team);
    expect([isTeamAccount, badge]).toEqual([true, undefined]);
    // @ts-expect-error the extension has no such field
    expect(view.get(team).colour).toBeUndefined();
    expect(viewResource({}).get(team)).toEqual({});
  });

  it("answers the default of a field where the directory says nothing", () => {
    const declared = extension(TEAM_URN, {
      isTeamAccount: flag({ default: false }),
      tags: text({ multiValued: true, default: ["x"] }),
    });
    const tags: readonly string[] | undefined = viewResource({}).get(declared).tags;
    expect(tags).toEqual(["x"]);
    expect(viewResource({}).get(declared).isTeamAccount).toBe(false);
    expect(viewResource({ [TEAM_URN]: { isTeamAccount: true } }).get(declared).isTeamAccount).toBe(true);
  });
});
