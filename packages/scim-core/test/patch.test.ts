import { describe, expect, it } from "vitest";
import {
  type Attributes,
  ENTERPRISE_USER_URN,
  extension,
  GROUP_URN,
  PATCH_OP_URN,
  type Patch,
  type PatchOptions,
  parsePatch,
  type ResourceType,
  text,
  USER_URN,
  userResourceType,
} from "../src/index.ts";
import { codeOf, detailOf, group, mira, TEAM_URN, testResource, user } from "./types.ts";

type Operation = { readonly op: string; readonly path?: string; readonly value?: unknown };

const parse = (operations: readonly unknown[], type: ResourceType = user, options: PatchOptions = {}): Patch =>
  parsePatch({ schemas: [PATCH_OP_URN], Operations: operations }, type, options);

const patched = (...operations: readonly Operation[]): Attributes => parse(operations).apply(mira);

const refusal = (...operations: readonly unknown[]): unknown => codeOf(() => parse(operations).apply(mira));

const enterprise = (attributes: Attributes): unknown => attributes[ENTERPRISE_USER_URN];

describe("the envelope", () => {
  it.each(["add", "Add", "ADD", "aDD"])("D01: op %s", (op) => {
    expect(patched({ op, path: "title", value: "Editor" }).title).toBe("Editor");
  });

  it.each([
    [undefined],
    [null],
    ["text"],
    [[]],
    [{}],
    [{ schemas: [], Operations: [] }],
    [{ schemas: PATCH_OP_URN, Operations: [] }],
    [{ schemas: [USER_URN], Operations: [] }],
    [{ schemas: [PATCH_OP_URN] }],
    [{ schemas: [PATCH_OP_URN], Operations: {} }],
    [{ schemas: [PATCH_OP_URN], Operations: [null] }],
    [{ schemas: [PATCH_OP_URN], Operations: [{ path: "title", value: "x" }] }],
    [{ schemas: [PATCH_OP_URN], Operations: [{ op: "move", path: "title" }] }],
    [{ schemas: [PATCH_OP_URN], Operations: [{ op: "subtract", path: "emails", value: [] }] }],
    [{ schemas: [PATCH_OP_URN], Operations: [{ op: "removeExtension" }] }],
    [{ schemas: [PATCH_OP_URN], Operations: [{ op: 1, path: "title" }] }],
  ])("D02: %j is no PATCH", (body) => {
    expect(codeOf(() => parsePatch(body, user))).toBe("invalidSyntax");
  });

  it("D02: the URN and the member names may be in another case", () => {
    const body = { Schemas: [PATCH_OP_URN.toUpperCase()], operations: [{ Op: "add", Path: "title", Value: "x" }] };
    expect(parsePatch(body, user).apply(mira).title).toBe("x");
  });

  it("J37: an empty list of operations changes nothing", () => {
    expect(parse([]).apply(mira)).toBe(mira);
  });

  it("J16: more operations than allowed are refused, also inside a path-less value", () => {
    const many = (count: number): Operation[] =>
      Array.from({ length: count }, () => ({ op: "add", path: "title", value: "x" }));
    expect(codeOf(() => parse(many(1000)))).toBe("no error");
    expect(codeOf(() => parse(many(1001)))).toBe("payloadTooLarge");
    expect(codeOf(() => parse(many(3), user, { maxOperations: 2 }))).toBe("payloadTooLarge");
    const keys = { title: "a", nickName: "b", locale: "c" };
    expect(codeOf(() => parse([{ op: "add", value: keys }], user, { maxOperations: 2 }))).toBe("payloadTooLarge");
  });

  it("J16: the comparisons of all value filters together are bounded", () => {
    const filter = Array.from({ length: 100 }, () => 'value eq "x"').join(" or ");
    const many = Array.from({ length: 21 }, () => ({ op: "remove", path: `emails[${filter}]` }));
    expect(codeOf(() => parse(many))).toBe("payloadTooLarge");
    expect(codeOf(() => parse(many.slice(0, 20)))).toBe("no error");
  });
});

describe("add", () => {
  it("D03: without a path merges sub-attributes", () => {
    expect(patched({ op: "add", value: { name: { middleName: "K." } } }).name).toEqual({
      givenName: "Mira",
      familyName: "Okafor",
      middleName: "K.",
    });
  });

  it("D05: of a value that is there is no change", () => {
    expect(patched({ op: "add", path: "emails", value: [{ value: "mira@home.example", type: "home" }] })).toBe(mira);
    expect(patched({ op: "add", path: "emails", value: { value: "MIRA@HOME.example" } })).toBe(mira);
  });

  it("D06: of a value that is there under more words completes it", () => {
    const { emails } = patched({ op: "add", path: "emails", value: [{ value: "mira@home.example", display: "Home" }] });
    expect(emails).toEqual([
      { value: "Mira@Example.com", type: "work", primary: true },
      { value: "mira@home.example", type: "home", display: "Home" },
    ]);
  });

  it("J31: the same value of another type is another value", () => {
    const { emails } = patched({ op: "add", path: "emails", value: [{ value: "mira@home.example", type: "other" }] });
    expect(emails).toHaveLength(3);
  });

  it("J31: values that repeat within one request are stored once", () => {
    const value = [{ value: "1" }, { value: "1" }, { value: "2", type: "fax" }, { value: "2", type: "FAX" }];
    expect(patched({ op: "add", path: "phoneNumbers", value }).phoneNumbers).toEqual([
      { value: "1" },
      { value: "2", type: "FAX" },
    ]);
  });

  it("D14: to an unmatched equality creates the element", () => {
    const { phoneNumbers } = patched({ op: "Add", path: 'phoneNumbers[type eq "mobile"].value', value: "1" });
    expect(phoneNumbers).toEqual([{ type: "mobile", value: "1" }]);
  });

  it("D14: the same filter in the same request finds what it created", () => {
    const { addresses } = patched(
      { op: "Add", path: 'addresses[type eq "work"].streetAddress', value: "12 Quay Street" },
      { op: "Add", path: 'addresses[type eq "work"].postalCode', value: "00100" },
    );
    expect(addresses).toEqual([{ type: "work", streetAddress: "12 Quay Street", postalCode: "00100" }]);
  });

  it("J39: several equalities, and Entra's quoted Boolean, create a well-typed element", () => {
    const { roles } = patched(
      { op: "Add", path: 'roles[primary eq "True"].value', value: "editor" },
      { op: "Add", path: 'roles[primary eq "True"].display', value: "Editor" },
      { op: "Add", path: 'roles[type eq "app" and display eq "Reader"].value', value: "reader" },
    );
    expect(roles).toEqual([
      { primary: true, value: "editor", display: "Editor" },
      { type: "app", display: "Reader", value: "reader" },
    ]);
  });

  it.each([
    'emails[type ne "other"]',
    'emails[type co "zz"]',
    'emails[type eq "a" or type eq "b"]',
    "emails[type eq null]",
  ])("D14: %s describes no element to create", (path) => {
    expect(codeOf(() => parse([{ op: "add", path: `${path}.value`, value: "x" }]).apply({ userName: "a" }))).toBe(
      path.includes("ne") || path.includes("null") ? "noTarget" : "noTarget",
    );
  });

  it("adds to simple values", () => {
    const strings = { identifier: "1", multiStrings: ["a"] };
    const patch = parse([{ op: "add", path: "multiStrings", value: ["A", "b"] }], testResource);
    expect(patch.apply(strings).multiStrings).toEqual(["a", "b"]);
  });
});

describe("replace", () => {
  it("D04: of a complex attribute leaves what is not mentioned", () => {
    expect(patched({ op: "replace", path: "name", value: { givenName: "Mim" } }).name).toEqual({
      givenName: "Mim",
      familyName: "Okafor",
    });
  });

  it("D04: a null sub-attribute is unassigned", () => {
    expect(patched({ op: "replace", path: "name", value: { givenName: null } }).name).toEqual({ familyName: "Okafor" });
    expect(patched({ op: "replace", path: "name", value: { givenName: "", familyName: null } })).not.toHaveProperty(
      "name",
    );
  });

  it("D12: of a filtered sub-attribute touches only the match", () => {
    const { emails } = patched({ op: "replace", path: 'emails[type eq "home"].value', value: "new@home.example" });
    expect(emails).toEqual([
      { value: "Mira@Example.com", type: "work", primary: true },
      { value: "new@home.example", type: "home" },
    ]);
  });

  it("D13: without a match is noTarget, and nothing else happens", () => {
    expect(refusal({ op: "replace", path: 'emails[type eq "other"].value', value: "x" })).toBe("noTarget");
    expect(refusal({ op: "replace", path: 'ims[type eq "other"]', value: { value: "x" } })).toBe("noTarget");
  });

  it("D13: with replaceCreatesMissing creates", () => {
    const patch = parse([{ op: "replace", path: 'emails[type eq "other"].value', value: "x@y" }], user, {
      replaceCreatesMissing: true,
    });
    expect(patch.apply(mira).emails).toContainEqual({ type: "other", value: "x@y" });
  });

  it("D26: a new primary value takes the mark from the old one", () => {
    const { emails } = patched({ op: "replace", path: 'emails[type eq "home"].primary', value: "True" });
    expect(emails).toEqual([
      { value: "Mira@Example.com", type: "work", primary: false },
      { value: "mira@home.example", type: "home", primary: true },
    ]);
    const twice = [
      { value: "mira@home.example", type: "home", primary: true },
      { value: "mira@home.example", display: "Home" },
    ];
    expect(patched({ op: "add", path: "emails", value: twice }).emails).toEqual([
      { value: "Mira@Example.com", type: "work", primary: false },
      { value: "mira@home.example", type: "home", primary: true, display: "Home" },
    ]);
    const added = patched({ op: "add", path: "emails", value: { value: "third@x", primary: true } });
    expect((added.emails as Attributes[]).map(({ primary }) => primary)).toEqual([false, undefined, true]);
  });

  it("A26: two primary values at once are refused", () => {
    const two = [
      { value: "a", primary: true },
      { value: "b", primary: "true" },
    ];
    expect(refusal({ op: "replace", path: "emails", value: two })).toBe("invalidValue");
    expect(refusal({ op: "replace", path: 'emails[value co "@"].primary', value: true })).toBe("invalidValue");
  });

  it("D44: emails[primary eq true].value", () => {
    const { emails } = patched({ op: "replace", path: "emails[primary eq true].value", value: "m@x" });
    expect(emails).toContainEqual({ value: "m@x", type: "work", primary: true });
  });

  it("D47: of a filtered element with an object puts it in place of the match", () => {
    const { emails } = patched({
      op: "replace",
      path: 'emails[type eq "work"]',
      value: { value: "new@x", display: "N" },
    });
    expect(emails).toEqual([
      { type: "work", value: "new@x", display: "N" },
      { value: "mira@home.example", type: "home" },
    ]);
  });

  it("D52: of a multi-valued attribute with one object leaves exactly that", () => {
    expect(patched({ op: "replace", path: "emails", value: { value: "only@x" } }).emails).toEqual([
      { value: "only@x" },
    ]);
  });

  it("reaches a sub-attribute of each value when nothing selects", () => {
    const { emails } = patched({ op: "replace", path: "emails.display", value: "E" });
    expect((emails as Attributes[]).map(({ display }) => display)).toEqual(["E", "E"]);
    expect(patched({ op: "replace", path: "ims.value", value: "x" }).ims).toEqual([{ value: "x" }]);
  });

  it("J31: values that become the same are one", () => {
    const { emails } = patched(
      {
        op: "replace",
        path: "emails",
        value: [
          { value: "a", type: "x" },
          { value: "a", type: "y" },
        ],
      },
      {
        op: "replace",
        path: 'emails[type eq "y"].type',
        value: "x",
      },
    );
    expect(emails).toEqual([{ value: "a", type: "x" }]);
  });
});

describe("remove", () => {
  it("D15: without a path is noTarget", () => {
    expect(refusal({ op: "remove" })).toBe("noTarget");
    expect(refusal({ op: "remove", value: { title: "x" } })).toBe("noTarget");
    expect(refusal({ op: "Remove", path: "", value: [] })).toBe("noTarget");
  });

  it("D16: with a filter removes only what matches", () => {
    expect(patched({ op: "remove", path: 'emails[type eq "work"]' }).emails).toEqual([
      { value: "mira@home.example", type: "home" },
    ]);
  });

  it("D19: of the last value unassigns the attribute", () => {
    expect(patched({ op: "remove", path: "emails[value pr]" })).not.toHaveProperty("emails");
  });

  it("D20: of a required attribute is refused", () => {
    expect(refusal({ op: "remove", path: "userName" })).toBe("mutability");
    expect(refusal({ op: "replace", path: "userName", value: "" })).toBe("invalidValue");
    expect(refusal({ op: "replace", path: "userName", value: null })).toBe("invalidValue");
    expect(refusal({ op: "replace", path: "userName", value: "  " })).toBe("invalidValue");
  });

  it("D12: a part of a required attribute changes, and goes, as long as something of it stays", () => {
    const attributes = user.schema.attributes.map((one) => (one.name === "emails" ? { ...one, required: true } : one));
    const strict = { ...user, schema: { ...user.schema, attributes } };
    const work = 'emails[type eq "work"].value';
    const { emails } = parse([{ op: "replace", path: work, value: "new@b.test" }], strict).apply(mira);
    expect(emails).toContainEqual({ value: "new@b.test", type: "work", primary: true });
    const last = { ...mira, emails: [{ value: "a@b.test", type: "work" }] };
    expect(codeOf(() => parse([{ op: "remove", path: 'emails[type eq "work"]' }], strict).apply(last))).toBe(
      "mutability",
    );
  });

  it("D25: a required attribute may be removed and set again in one request", () => {
    const operations = [
      { op: "remove", path: "displayName" },
      { op: "add", path: "displayName", value: "First" },
      { op: "replace", path: "displayName", value: "Last" },
    ];
    expect(parse(operations, group).apply({ displayName: "Docs" })).toEqual({ displayName: "Last" });
  });

  it("D31: of what is not there is no error and no change", () => {
    const paths = [
      "title",
      "name.middleName",
      'ims[type eq "x"]',
      'emails[type eq "x"].display',
      "costCenter",
      "isTeamAccount",
    ];
    for (const path of paths.slice(0, 5)) expect(patched({ op: "remove", path })).toBe(mira);
  });

  it("D32: of sub-attributes", () => {
    expect(patched({ op: "remove", path: "name.givenName" }).name).toEqual({ familyName: "Okafor" });
    const { emails } = patched({ op: "remove", path: 'emails[type eq "work"].primary' });
    expect(emails).toContainEqual({ value: "Mira@Example.com", type: "work" });
    const names = [
      { op: "remove", path: "name.givenName" },
      { op: "remove", path: "name.familyName" },
    ];
    expect(patched(...names)).not.toHaveProperty("name");
  });

  it("D17: with values removes those, whatever is stored beside them", () => {
    const value = [{ value: "MIRA@home.example" }];
    expect(patched({ op: "Remove", path: "emails", value }).emails).toEqual([
      { value: "Mira@Example.com", type: "work", primary: true },
    ]);
    expect(patched({ op: "Remove", path: "emails", value: [{ value: "mira@home.example", type: "work" }] })).toBe(mira);
    expect(patched({ op: "Remove", path: "emails", value: "mira@home.example" }).emails).toHaveLength(1);
  });

  it("D17: with an empty list removes nothing", () => {
    expect(patched({ op: "Remove", path: "emails", value: [] })).toBe(mira);
  });

  it("D18: quotes in such a value widen nothing", () => {
    const value = [{ value: 'x" or value pr or value eq "' }];
    expect(patched({ op: "Remove", path: "emails", value })).toBe(mira);
  });

  it("D17: of a single-valued attribute ignores the value", () => {
    expect(patched({ op: "Remove", path: "displayName", value: "whatever" })).not.toHaveProperty("displayName");
    expect(enterprise(patched({ op: "Remove", path: "manager", value: "m-1" }))).toEqual({ department: "Docs" });
  });
});

describe("what may not be changed", () => {
  it.each(["id", "meta", "meta.created", "groups", "groups.value", 'groups[value eq "x"]', "manager.displayName"])(
    "D21, D22, D23: %s is refused as read-only",
    (path) => {
      expect(refusal({ op: "replace", path, value: "x" })).toBe("mutability");
      expect(refusal({ op: "remove", path })).toBe("mutability");
    },
  );

  it("D41: read-only and unknown keys of a path-less value are ignored", () => {
    const value = { id: "g-1", displayName: "Docs", meta: { version: "x" }, groups: [], colour: "red" };
    expect(patched({ op: "replace", value })).toEqual({ ...mira, displayName: "Docs" });
    expect(
      parse([{ op: "replace", value: { id: "g-1", displayName: "G" } }], group).apply({ displayName: "F" }),
    ).toEqual({
      displayName: "G",
    });
  });

  it("J13: immutable values can be set once", () => {
    const unset = { identifier: "1" };
    const set = { identifier: "1", immutableAttr: "a" };
    const write = parse([{ op: "add", path: "immutableAttr", value: "a" }], testResource);
    const change = parse([{ op: "replace", path: "immutableAttr", value: "b" }], testResource);
    const remove = parse([{ op: "remove", path: "immutableAttr" }], testResource);
    expect(write.apply(unset)).toEqual(set);
    expect(write.apply(set)).toBe(set);
    expect(codeOf(() => change.apply(set))).toBe("mutability");
    expect(codeOf(() => remove.apply(set))).toBe("mutability");
  });

  it("J13: elements with immutable parts come and go, and do not change", () => {
    const current = { identifier: "1", multiComplex: [{ value: "a", type: "x" }] };
    const run = (operation: Operation): Attributes => parse([operation], testResource).apply(current);
    expect(run({ op: "remove", path: 'multiComplex[value eq "a"]' })).toEqual({ identifier: "1" });
    expect(run({ op: "add", path: "multiComplex", value: { value: "b", type: "y" } }).multiComplex).toHaveLength(2);
    expect(codeOf(() => run({ op: "replace", path: 'multiComplex[value eq "a"].type', value: "y" }))).toBe(
      "mutability",
    );
  });

  it("J15: old gaps elsewhere do not fail a request", () => {
    expect(parse([{ op: "add", path: "title", value: "x" }]).apply({})).toEqual({ title: "x" });
    const twoPrimaries = {
      userName: "a",
      emails: [
        { value: "a", primary: true },
        { value: "b", primary: true },
      ],
    };
    expect(parse([{ op: "add", path: "emails", value: { value: "c" } }]).apply(twoPrimaries).emails).toHaveLength(3);
    expect(parse([{ op: "add", path: "emails.display", value: "x" }]).apply(twoPrimaries).emails).toHaveLength(2);
  });
});

describe("paths", () => {
  it("D29: an unknown attribute is refused", () => {
    expect(refusal({ op: "add", path: "colour", value: "red" })).toBe("invalidPath");
    expect(refusal({ op: "add", path: `${TEAM_URN}:isTeam Account`, value: true })).toBe("invalidPath");
    expect(refusal({ op: "remove", path: 'emails[type eq "x"].colour' })).toBe("invalidPath");
  });

  it.each([
    "emails[",
    "emails[]",
    'emails[type eq "work"',
    'emails[type eq "work"]value',
    'emails[type eq "work"].value.x',
    'emails[type eq "work"].value title',
    'emails[type eq "work"][type eq "home"]',
    "emails]",
    '[type eq "work"]',
    "name..givenName",
    'name[givenName eq "x"]',
    'userName[value eq "x"]',
    "(title)",
    '"title"',
    "title eq",
    'emails[colour eq "x"]',
    "emails[type xx 1]",
    'emails[value eq "\\u0000"]',
    'emails[value eq "\\ud800"]',
  ])("D30: %s is malformed", (path) => {
    expect(refusal({ op: "replace", path, value: "x" })).toBe("invalidPath");
  });

  it("D30: a path that is no text is refused", () => {
    expect(refusal({ op: "replace", path: 5, value: "x" })).toBe("invalidPath");
    expect(refusal({ op: "replace", path: ["title"], value: "x" })).toBe("invalidPath");
  });

  it.each([
    ["D33", "x.y.z"],
    ["D34", "https://img.example/a:b/c"],
    ["D34", "urn:ietf:params:scim:x"],
    ["D35", "a]b"],
    ["D35", 'a"].value'],
    ["D18", "a\\"],
  ])("%s: the literal %s selects exactly its value", (_id, value) => {
    const photos = [{ value, type: "photo" }, { value: "other" }];
    const patch = parse([{ op: "remove", path: `photos[value eq ${JSON.stringify(value)}]` }]);
    expect(patch.apply({ userName: "a", photos })).toEqual({ userName: "a", photos: [{ value: "other" }] });
  });

  it("D36, D37: names and values of a filter ignore case where the schema does", () => {
    const { emails } = patched({ op: "replace", path: 'EMAILS[TYPE eq "WORK"].Value', value: "n@x" });
    expect(emails).toContainEqual({ value: "n@x", type: "work", primary: true });
  });

  it("D38: the core URN may stand in front", () => {
    expect(patched({ op: "replace", path: `${USER_URN}:name.givenName`, value: "M" }).name).toHaveProperty(
      "givenName",
      "M",
    );
    const { emails } = patched({ op: "replace", path: `${USER_URN}:emails[type eq "home"].value`, value: "h@x" });
    expect(emails).toContainEqual({ value: "h@x", type: "home" });
  });

  it("J30: what is never returned selects nothing", () => {
    expect(codeOf(() => parse([{ op: "remove", path: 'password[value eq "x"]' }]))).toBe("invalidPath");
    expect(codeOf(() => parse([{ op: "remove", path: 'writeOnlyAttr[value eq "x"]' }], testResource))).toBe(
      "invalidPath",
    );
  });

  it.each([
    "__proto__",
    "__proto__.polluted",
    "constructor.prototype.polluted",
    "toString.x",
    "name.__proto__",
    "emails.constructor",
    'emails[__proto__ eq "x"].value',
    'emails[type eq "x"].__proto__',
    `${TEAM_URN}:__proto__.polluted`,
    `${USER_URN}:constructor.prototype`,
    `${ENTERPRISE_USER_URN}:manager.__proto__`,
  ])("D50: %s reaches nothing", (path) => {
    expect(refusal({ op: "add", path, value: "yes" })).toBe("invalidPath");
    expect(refusal({ op: "replace", path, value: { polluted: "yes" } })).toBe("invalidPath");
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it("D50, A33: as keys of values they are ignored", () => {
    const value = JSON.parse(
      `{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"name":{"__proto__":{"polluted":1},"toString":"x"},` +
        `"${TEAM_URN}:__proto__":{"polluted":1},"${TEAM_URN}":{"__proto__":{"polluted":1}},"emails":[{"__proto__":{"polluted":1},"value":"a"}]}`,
    ) as object;
    const result = patched({ op: "add", value });
    expect(JSON.stringify(result)).not.toContain("polluted");
    expect(Object.getOwnPropertyNames(Object.prototype)).not.toContain("polluted");
    expect(Object.getPrototypeOf(result.name)).toBe(Object.prototype);
  });
});

describe("extensions", () => {
  it("D07: dotted keys are paths", () => {
    const result = patched({ op: "replace", value: { "name.givenName": "Inez", "name.familyName": "Haro" } });
    expect(result).toEqual({ ...mira, name: { givenName: "Inez", familyName: "Haro" } });
  });

  it("D08: an extension object merges", () => {
    const value = { [ENTERPRISE_USER_URN.toUpperCase()]: { costCenter: "7" } };
    expect(enterprise(patched({ op: "add", value }))).toEqual({
      department: "Docs",
      manager: { value: "m-1" },
      costCenter: "7",
    });
  });

  it("D09: a flat key reaches into the extension", () => {
    const result = patched({ op: "replace", value: { [`${ENTERPRISE_USER_URN}:department`]: "Support" } });
    expect(enterprise(result)).toHaveProperty("department", "Support");
  });

  it.each([
    ["True", true],
    ["false", false],
    ["FALSE", false],
    [true, true],
  ])("D10, A25: isTeamAccount %j is %j", (value, expected) => {
    const result = patched({ op: "Replace", path: `${TEAM_URN}:isTeamAccount`, value });
    expect(result[TEAM_URN]).toEqual({ isTeamAccount: expected });
  });

  it("R19: a path-less filtered key is a path too", () => {
    const { emails } = patched({ op: "replace", value: { 'emails[type eq "home"].value': "h@x" } });
    expect(emails).toContainEqual({ value: "h@x", type: "home" });
  });

  it("R21: null and remove unassign, and what becomes empty goes", () => {
    expect(patched({ op: "replace", path: `${TEAM_URN}:isTeamAccount`, value: null })).not.toHaveProperty([TEAM_URN]);
    expect(patched({ op: "remove", path: "isTeamAccount" })).not.toHaveProperty([TEAM_URN]);
  });

  it("D48: a whole extension by its URN", () => {
    expect(enterprise(patched({ op: "replace", path: ENTERPRISE_USER_URN, value: { department: "X" } }))).toEqual({
      department: "X",
      manager: { value: "m-1" },
    });
    for (const operation of [
      { op: "remove", path: ENTERPRISE_USER_URN },
      { op: "replace", path: ENTERPRISE_USER_URN, value: null },
      { op: "replace", value: { [ENTERPRISE_USER_URN]: null } },
    ]) {
      expect(patched(operation)).not.toHaveProperty([ENTERPRISE_USER_URN]);
    }
    expect(refusal({ op: "replace", path: ENTERPRISE_USER_URN, value: "x" })).toBe("invalidValue");
    expect(refusal({ op: "remove", path: USER_URN })).toBe("invalidPath");
  });

  it("D48: a required extension cannot be removed", () => {
    const type = userResourceType([extension("urn:example:must", { badge: text() }, { required: true })]);
    expect(codeOf(() => parse([{ op: "remove", path: "urn:example:must" }], type))).toBe("mutability");
  });

  it("D48: an object under the core URN is the core attributes", () => {
    expect(patched({ op: "add", value: { [USER_URN]: { title: "T" } } }).title).toBe("T");
  });

  it("J32: a $ref of a manager is the service's to make, and a client's is dropped", () => {
    const path = `${ENTERPRISE_USER_URN}:manager.$ref`;
    for (const op of ["add", "replace"]) expect(patched({ op, path, value: "https://evil.example/m-2" })).toEqual(mira);
    expect(patched({ op: "remove", path })).toEqual(mira);
    expect(refusal({ op: "replace", path: "groups.$ref", value: "https://evil.example" })).toBe("mutability");
  });

  it.each(["m-2", ["m-2"], { value: "m-2" }, [{ $ref: "https://evil.example/Users/m-2", value: "m-2" }]])(
    "D49, J38: manager %j",
    (value) => {
      for (const path of [`${ENTERPRISE_USER_URN}:manager`, "manager"]) {
        expect(enterprise(patched({ op: "Add", path, value }))).toEqual({
          department: "Docs",
          manager: { value: "m-2" },
        });
      }
    },
  );

  it.each(["", { value: "" }, { value: null }, null, []])("D49: manager %j clears", (value) => {
    expect(enterprise(patched({ op: "Replace", path: "manager", value }))).toEqual({ department: "Docs" });
    expect(enterprise(patched({ op: "Replace", path: "manager.value", value: "" }))).toEqual({ department: "Docs" });
  });

  it("R18: look-alikes under a registered extension are told", () => {
    const value = {
      [TEAM_URN]: { "isTeamAccount ": true, IsTeamAcount: true, schemas: [] },
      [`${TEAM_URN}:is Team`]: true,
      colour: 1,
    };
    expect(parse([{ op: "replace", value }]).unknown).toEqual([
      `${TEAM_URN}:isTeamAccount `,
      `${TEAM_URN}:IsTeamAcount`,
      `${TEAM_URN}:is Team`,
    ]);
  });
});

describe("values", () => {
  it("D39, D40: active as identity providers send it", () => {
    expect(patched({ op: "replace", value: { active: false } }).active).toBe(false);
    expect(patched({ op: "Replace", path: "active", value: "False" }).active).toBe(false);
    expect(patched({ op: "Replace", path: "active", value: ["False"] }).active).toBe(false);
  });

  it.each([null, "", []])("D43: %j unassigns an optional text", (value) => {
    expect(patched({ op: "replace", path: "displayName", value })).not.toHaveProperty("displayName");
    expect(patched({ op: "add", path: "displayName", value })).not.toHaveProperty("displayName");
  });

  it("D42, D43: null and [] clear a multi-valued attribute by replace, and do nothing by add", () => {
    for (const value of [null, [], ""]) {
      expect(patched({ op: "replace", path: "emails", value })).not.toHaveProperty("emails");
      expect(patched({ op: "add", path: "emails", value })).toBe(mira);
    }
  });

  it("J38: an array around a single value, and an object around it, are unwrapped", () => {
    expect(patched({ op: "Add", path: "title", value: ["Editor"] }).title).toBe("Editor");
    expect(patched({ op: "Add", path: "title", value: [{ value: "Editor" }] }).title).toBe("Editor");
    expect(refusal({ op: "Add", path: "title", value: ["a", "b"] })).toBe("invalidValue");
  });

  it.each([
    ["title", 5],
    ["title", true],
    ["title", { a: 1, b: 2 }],
    ["active", "maybe"],
    ["active", ""],
    ["active", 1],
    ["name", "Mira"],
    ["name.givenName", 5],
    ["emails", 5],
    ["emails", [{ value: 5 }]],
    ["emails", [["x", "y"]]],
    ["floor", "7"],
    ["floor", 1.5],
    ["floor", 2 ** 53],
    ["displayName", "a\u0000b"],
    ["displayName", "\ud800"],
    ["x509Certificates", ["%%"]],
    ["profileUrl", "javascript:alert(1)"],
    ["password", 5],
    ['emails[type eq "work"].value', 5],
    ['emails[type eq "work"].primary', "yes"],
  ])("D45: %s cannot be %j", (path, value) => {
    expect(refusal({ op: "replace", path, value })).toBe("invalidValue");
    expect(refusal({ op: "replace", value: { [path]: value } })).toBe("invalidValue");
  });

  it("D45: a value is needed, and without a path it must be an object", () => {
    expect(refusal({ op: "add", path: "title" })).toBe("invalidValue");
    for (const value of [undefined, null, "x", [{ title: "x" }], 5]) {
      expect(refusal({ op: "add", value })).toBe("invalidValue");
    }
  });

  it("D45: texts are for an admin", () => {
    expect(detailOf(() => parse([{ op: "replace", path: `${TEAM_URN}:isTeamAccount`, value: "maybe" }]))).toBe(
      `isTeamAccount (${TEAM_URN}) must be a boolean; got "maybe".`,
    );
    const long = detailOf(() => parse([{ op: "replace", path: "active", value: "x".repeat(500) }]));
    expect(long).toBe("active must be a boolean; got a text of 500 characters.");
    const secret = detailOf(() => parse([{ op: "replace", path: "password", value: ["hunter2", "x"] }]));
    expect(secret).not.toContain("hunter2");
  });

  it("A21: a password is taken, checked and forgotten", () => {
    expect(patched({ op: "replace", value: { password: "hunter2" } })).toBe(mira);
    expect(patched({ op: "replace", path: "password", value: "hunter2" })).toBe(mira);
    expect(patched({ op: "remove", path: "password" })).toBe(mira);
  });

  it("a name that is written twice is refused", () => {
    expect(refusal({ op: "replace", path: "name", value: { givenName: "a", GIVENNAME: "b" } })).toBe("invalidSyntax");
  });

  it("bounds the values of an attribute, over several requests too", () => {
    const values = (from: number, count: number): object[] =>
      Array.from({ length: count }, (_, at) => ({ value: `v${from + at}` }));
    const full = patched({ op: "add", path: "roles", value: values(0, 250) });
    expect(full.roles).toHaveLength(250);
    expect(codeOf(() => parse([{ op: "add", path: "roles", value: values(250, 1) }]).apply(full))).toBe("invalidValue");
    expect(refusal({ op: "add", path: "roles", value: values(0, 251) })).toBe("invalidValue");
  });
});

describe("the whole request", () => {
  it("D24: fails or succeeds as one, and the input stays as it was", () => {
    const before = structuredClone(mira);
    const operations = [
      { op: "replace", path: "title", value: "Editor" },
      { op: "replace", path: 'emails[type eq "work"].value', value: "changed@x" },
      { op: "replace", path: 'emails[type eq "other"].value', value: "x" },
    ];
    expect(refusal(...operations)).toBe("noTarget");
    expect(patched(...operations.slice(0, 2))).not.toEqual(before);
    expect(mira).toEqual(before);
  });

  it("D25: goes in order, each operation sees the one before", () => {
    const result = patched(
      { op: "remove", path: "emails" },
      { op: "add", path: "emails", value: { value: "a@x", type: "work" } },
      { op: "replace", path: 'emails[value eq "a@x"].display', value: "A" },
    );
    expect(result.emails).toEqual([{ value: "a@x", type: "work", display: "A" }]);
  });

  it("D27: returns the very same object when nothing changed", () => {
    const operations = [
      { op: "replace", path: "active", value: "True" },
      { op: "replace", value: { displayName: "Mira Okafor", "name.givenName": "Mira" } },
      { op: "add", path: "title", value: "x" },
      { op: "remove", path: "title" },
      { op: "replace", path: 'emails[type eq "work"].value', value: "Mira@Example.com" },
      { op: "add", path: "schemas", value: [USER_URN] },
    ];
    expect(patched(...operations)).toBe(mira);
  });

  it("a parsed patch can be applied again", () => {
    const patch = parse([{ op: "add", path: "roles", value: { value: "r" } }]);
    const first = patch.apply(mira);
    expect(patch.apply(mira)).toEqual(first);
    expect(patch.apply(first)).toBe(first);
  });
});

describe("members", () => {
  const deltas = (...operations: readonly Operation[]): Patch["membership"] => parse(operations, group).membership;
  const remove = (...ids: string[]): object => ({ kind: "remove", ids });
  const add = (...ids: string[]): object => ({ kind: "add", ids });
  const replace = (...ids: string[]): object => ({ kind: "replace", ids });

  it("D51: never pass through apply", () => {
    const patch = parse([{ op: "add", path: "members", value: [{ value: "a" }] }], group);
    const current = { displayName: "Docs" };
    expect(patch.apply(current)).toBe(current);
    expect(patch.membership).toEqual([add("a")]);
  });

  it.each([
    ["D05", { op: "Add", path: "members", value: [{ $ref: null, value: "a" }] }, [add("a")]],
    [
      "J09",
      { op: "add", path: "members", value: [{ value: "a", display: "A", type: "User" }, { value: "b" }] },
      [add("a", "b")],
    ],
    ["D06", { op: "add", path: "members", value: [{ value: "a" }, { value: "a", type: "User" }, "a"] }, [add("a")]],
    ["J38", { op: "add", path: "members", value: { value: "a" } }, [add("a")]],
    ["J38", { op: "add", path: "members", value: "a" }, [add("a")]],
    ["D36", { op: "add", path: `${GROUP_URN}:MEMBERS`, value: ["a"] }, [add("a")]],
    ["Okta", { op: "add", value: { members: [{ value: "a" }] } }, [add("a")]],
    ["D43", { op: "add", path: "members", value: [] }, []],
    ["D43", { op: "add", path: "members", value: null }, []],
    ["D16", { op: "remove", path: 'members[value eq "a"]' }, [remove("a")]],
    ["D16", { op: "remove", path: 'members[value eq "a" or value eq "b"]' }, [remove("a", "b")]],
    ["D34", { op: "remove", path: 'members[value eq "urn:uuid:a/b"]' }, [remove("urn:uuid:a/b")]],
    ["D17", { op: "Remove", path: "members", value: [{ $ref: null, value: "a" }] }, [remove("a")]],
    ["D17", { op: "Remove", path: "members", value: [{ value: "a" }, "b"] }, [remove("a", "b")]],
    ["D17", { op: "Remove", path: "members", value: [] }, []],
    ["D18", { op: "Remove", path: "members", value: [{ value: 'x" or value pr' }] }, [remove('x" or value pr')]],
    ["D19", { op: "remove", path: "members" }, [replace()]],
    ["D19", { op: "Remove", path: "members", value: null }, [replace()]],
    ["D42", { op: "replace", path: "members", value: [] }, [replace()]],
    ["D43", { op: "replace", path: "members", value: null }, [replace()]],
    ["D52", { op: "replace", path: "members", value: { value: "a" } }, [replace("a")]],
    ["Okta", { op: "replace", value: { id: "g", displayName: "D", members: [{ value: "a" }] } }, [replace("a")]],
  ])("%s: %j", (_id, operation, expected) => {
    expect(deltas(operation)).toEqual(expected);
  });

  it("D25: keep their order; neighbours of one kind become one", () => {
    const result = deltas(
      { op: "add", path: "members", value: ["a", "b"] },
      { op: "add", path: "members", value: ["b", "c"] },
      { op: "remove", path: 'members[value eq "a"]' },
      { op: "replace", path: "displayName", value: "D" },
      { op: "remove", path: "members", value: ["b"] },
      { op: "replace", path: "members", value: ["x"] },
      { op: "replace", path: "members", value: ["y"] },
    );
    expect(result).toEqual([add("a", "b", "c"), remove("a", "b"), replace("x"), replace("y")]);
  });

  it("J11: a group as a member is refused loudly", () => {
    const nested = [{ value: "g-2", type: "group" }];
    expect(codeOf(() => deltas({ op: "add", path: "members", value: nested }))).toBe("invalidValue");
    expect(detailOf(() => deltas({ op: "add", path: "members", value: nested }))).toContain("nested groups");
  });

  it.each([[{ display: "A" }], [{ value: "" }, { display: "B" }], [5], [{ value: 5 }], [null], [["a", "b"]]])(
    "D45: %j is no member",
    (...value) => {
      expect(codeOf(() => deltas({ op: "add", path: "members", value }))).toBe("invalidValue");
    },
  );

  it("J13: a member is not changed in place", () => {
    const operations = [
      { op: "replace", path: 'members[value eq "a"].value', value: "b" },
      { op: "replace", path: 'members[value eq "a"].display', value: "B" },
      { op: "replace", path: 'members[value eq "a"]', value: { value: "b" } },
      { op: "remove", path: "members.value" },
    ];
    for (const operation of operations) expect(codeOf(() => deltas(operation))).toBe("mutability");
  });

  it("D16: they are selected by their ids only", () => {
    for (const filter of [
      'type eq "User"',
      'value co "a"',
      "value pr",
      'not (value eq "a")',
      'value eq "a" and type eq "User"',
    ]) {
      expect(codeOf(() => deltas({ op: "remove", path: `members[${filter}]` }))).toBe("invalidPath");
    }
  });

  it("J08: ten thousand at once are no burden", () => {
    const value = Array.from({ length: 10_000 }, (_, at) => ({ value: `u-${at}` }));
    const started = performance.now();
    const [delta] = deltas({ op: "Remove", path: "members", value });
    expect(delta?.ids).toHaveLength(10_000);
    expect(performance.now() - started).toBeLessThan(1000);
  });

  it("are empty for other types", () => {
    expect(parse([{ op: "add", path: "emails", value: "a@x" }]).membership).toEqual([]);
  });
});
